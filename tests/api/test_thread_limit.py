"""Where the system gives no more threads: one line and status 1 at the start, a whole drain at the end."""

import os
import resource
import signal
import subprocess

import pytest
from conftest import BINARY, ROOT

# Of a user whom nothing else here runs as: the limit counts all threads of a user.
NOBODYS = 54321
ENOUGH = 24


def start(limit, **options):
    """The server, allowed that many threads. The limit does not bind root, who hands it to another user."""

    def confine():
        os.setgroups([])
        resource.setrlimit(resource.RLIMIT_NPROC, (limit, limit))
        os.setgid(NOBODYS)
        os.setuid(NOBODYS)

    command = [BINARY, "serve", "--port", "0", "--workers", "2", "--drain-seconds", "0", "--models", ROOT / "models"]
    return subprocess.Popen(command, cwd="/", preexec_fn=confine, stderr=subprocess.PIPE, text=True, **options)


def outcome(limit):
    """(status, what stderr says beside the log) of a server that is ended once it listens; status None: it listened."""
    process = start(limit)
    said = []
    for line in process.stderr:
        said.append(line)
        if '"listening"' in line:
            break
    listened = bool(said) and '"listening"' in said[-1]
    if listened:
        process.send_signal(signal.SIGTERM)
        said += process.stderr.readlines()
    status = process.wait(20)
    return listened, status, [line for line in said if not line.startswith("{")], said


@pytest.fixture(scope="module", autouse=True)
def confinable():
    if os.geteuid() != 0:
        pytest.skip("only root can hand the limit to a user of its own")
    try:
        enough = outcome(ENOUGH)
    except PermissionError:
        pytest.skip("another user may not run the program where it lies")
    assert enough[:3] == (True, 0, []), enough


def test_every_limit_is_a_line_or_a_whole_life():
    starts = 0
    for limit in range(1, ENOUGH):
        listened, status, lines, said = outcome(limit)
        if listened:
            starts += 1
            assert (status, lines) == (0, []), f"limit {limit}: {said}"
            assert '"stopped"' in said[-1], f"limit {limit}: {said}"
        else:
            assert status == 1, f"limit {limit}: {said}"
            assert len(lines) == 1, f"limit {limit}: {said}"
            assert lines[0].startswith("dss: "), lines
            assert "thread" in lines[0] or "event loop" in lines[0], lines
    assert 0 < starts < ENOUGH - 1
