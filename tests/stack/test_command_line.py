"""What the command refuses, and that nothing stays behind however it is ended."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from conftest import BINARY, ROOT, free_ports, wait_until

RUN = ROOT / "deploy/stack/run"
FLAGS = ("--port", "--prometheus-port", "--alertmanager-port")


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        (("--port", "70000"), "70000 is not a port: one from 1 to 65535"),
        (("--alertmanager-port", "0"), "0 is not a port"),
        (("--prometheus-port", "http"), "http is not a port"),
        (("--port", "9090"), "must be three different ports"),
        (("--faster", "0.5"), "--faster is at least 1"),
    ],
)
def test_wrong_arguments_are_refused_by_name(arguments, cause, tmp_path):
    done = subprocess.run([RUN, *arguments, "--folder", tmp_path], capture_output=True, text=True, timeout=30)
    assert done.returncode == 2 and cause in done.stderr
    assert "Traceback" not in done.stderr


def process_ids(folder: Path) -> set[int]:
    """Of all processes that have the folder's name among their arguments, or write to a file in it."""
    found = set()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
            output = os.readlink(entry / "fd/1")
        except OSError:
            continue
        if output.startswith(str(folder)) or any(str(folder).encode() in word for word in words):
            found.add(int(entry.name))
    return found


def as_from_a_terminal():
    """A test run in the background may hand down signals that are ignored."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


@pytest.fixture
def running(tmp_path):
    """The script's process, with the three others behind it."""
    ports = [word for pair in zip(FLAGS, map(str, free_ports(3)), strict=True) for word in pair]
    process = subprocess.Popen(
        [RUN, *ports, "--folder", tmp_path, "--binary", BINARY],
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=as_from_a_terminal,
    )
    assert any(line.startswith("Ctrl-C") for line in process.stdout), "the stack did not start"
    assert len(process_ids(tmp_path)) == 4
    yield process
    for process_id in process_ids(tmp_path):
        os.kill(process_id, signal.SIGKILL)
    process.wait(10)


@pytest.mark.parametrize("signals", [(signal.SIGHUP,), (signal.SIGINT,) * 4], ids=["hang-up", "impatience"])
def test_nothing_stays_behind(running, signals, tmp_path):
    for number in signals:
        running.send_signal(number)
        time.sleep(0.3)
    assert running.wait(60) == 0
    wait_until(lambda: not process_ids(tmp_path), 5, "all processes have ended")


def test_the_parts_die_with_a_runner_that_is_killed(running, tmp_path):
    running.kill()
    assert running.wait(10) == -signal.SIGKILL
    wait_until(lambda: not process_ids(tmp_path), 5, "all processes have ended")
