"""A confined server still reaches what its settings name: PostgreSQL by socket and by port, and nothing else."""

import pathlib
import re
import subprocess
import time

import pytest
from keep_alive import Connection, get, post
from postgres import Postgres, programs
from service import BINARY, Service, clean_environment

CONFINED = ["--security-sandbox", "on", "--drain-seconds", 0]
AGAIN = "the feedback database answers again"


def sandbox_fault():
    """What the kernel lacks for a whole sandbox; nothing if it lacks nothing."""
    try:
        with Service(*CONFINED) as service:
            return service.wait_for("sandbox")["missing"]
    except AssertionError as refused:
        return str(refused)[-300:]


@pytest.fixture(scope="module", autouse=True)
def _whole_sandbox():
    if fault := sandbox_fault():
        pytest.skip(f"this kernel has no whole sandbox: {fault}")


@pytest.fixture(scope="module")
def postgres():
    if programs() is None:
        pytest.skip("PostgreSQL is not installed")
    made = Postgres()
    yield made
    made.close()


def new_key(store):
    command = [BINARY, "keys", "create", "--store", store, "--role", "admin", "--name", "test"]
    made = subprocess.run(command, env=clean_environment(), capture_output=True, text=True, timeout=60, check=True)
    return made.stdout.strip()


def wait_until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize("way", ["url", "tcp_url"])
def test_postgresql_is_reached_and_reached_again(postgres, tmp_path, way):
    """Keys and feedback in a real PostgreSQL that goes away and comes back while the server is confined."""
    secret = tmp_path / "key"
    secret.write_text("ab" * 32)
    url = getattr(postgres, way)
    key = new_key(url)
    store = ["--feedback-store", url, "--feedback-key-file", secret]
    auth = ["--auth", "keys", "--auth-store", url, "--auth-refresh-seconds", 1]
    with Service(*CONFINED, *store, *auth) as service:
        held = service.wait_for("sandbox")
        assert held["files"] and held["calls"] and held["connects"]
        with_key = f"Host: a\r\nX-API-Key: {key}\r\n".encode()
        message = post("/feedback", {"text": "a text", "label": 1}).replace(b"Host: a\r\n", with_key, 1)
        connection = Connection(service.port)
        before = 0 if way == "url" else postgres.rows()
        assert [connection.ask(message)[0] for _ in range(20)] == [202] * 20
        wait_until(lambda: postgres.rows() == before + 20)
        postgres.stop()
        assert connection.ask(message)[0] == 202
        service.wait_for("the feedback database does not answer; scoring goes on without it")
        postgres.start()
        service.wait_for(AGAIN, seconds=60)
        wait_until(lambda: postgres.rows() == before + 21)
        # A key that is made now is read through the connection that was opened within the sandbox.
        young = new_key(url)
        asked = get("/stats").replace(b"Host: a\r\n", f"Host: a\r\nX-API-Key: {young}\r\n".encode(), 1)
        wait_until(lambda: Connection(service.port).ask(asked)[0] == 200)
        assert service.stop() == 0


def test_without_a_database_no_connection_can_be_opened():
    with Service(*CONFINED) as service:
        assert service.wait_for("sandbox")["connects"] is False
        status = pathlib.Path(f"/proc/{service.pid}/status").read_text(encoding="ascii")
        assert re.search(r"^Seccomp:\s+2$", status, re.MULTILINE)
