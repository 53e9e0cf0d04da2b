"""The server under test: `dss serve` on a free port, with and without an operator's token."""

import os
import pathlib
import secrets
import socket
import subprocess
import time

import pytest
import requests

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = ROOT / os.environ.get("DSS_BINARY", "build/release/dss")


class Server:
    """A running server. `session` has no retries and no proxy."""

    def __init__(self, log, *flags):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.session = requests.Session()
        self.session.trust_env = False
        command = [BINARY, "serve", "--port", str(self.port), *flags]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        self.wait_until_ready()

    def wait_until_ready(self):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            assert self.process.poll() is None, f"the server ended with status {self.process.returncode}"
            try:
                if self.get("/readyz").status_code == 200:
                    return
            except requests.ConnectionError:
                time.sleep(0.05)
        pytest.fail("the server was not ready within 20 s")

    def get(self, path, **options):
        return self.session.get(self.url + path, timeout=10, **options)

    def analyze(self, **body):
        return self.session.post(self.url + "/analyze", json=body, timeout=10)

    def post(self, body: bytes, content_type="application/json"):
        headers = {"Content-Type": content_type} if content_type else {}
        return self.session.post(self.url + "/analyze", data=body, headers=headers, timeout=10)

    def stop(self):
        self.process.terminate()
        self.process.wait(15)


@pytest.fixture(scope="session")
def start(tmp_path_factory):
    """start(*flags) → a Server, stopped at the end."""
    if not BINARY.exists():
        pytest.skip(f"{BINARY} is not built")
    running = []

    def run(*flags):
        log = tmp_path_factory.mktemp("server") / "log"
        with log.open("wb") as stream:
            running.append(Server(stream, *flags))
        return running[-1]

    yield run
    for server in running:
        server.stop()


@pytest.fixture(scope="session")
def server(start):
    return start()


@pytest.fixture(scope="session")
def token_file(tmp_path_factory):
    """A file with one new token."""
    path = tmp_path_factory.mktemp("token") / "token"
    path.write_text(secrets.token_hex(16) + "\n")
    path.chmod(0o600)
    return path
