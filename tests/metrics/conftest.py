"""Where the expositions come from: the dump program (no server needed) and the server itself."""

import os
import pathlib
import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = pathlib.Path(__file__).resolve().parent / "golden"
OPEN_METRICS = "application/openmetrics-text; version=1.0.0"


def program(variable: str, *defaults: str) -> pathlib.Path | None:
    candidates = [os.environ[variable]] if variable in os.environ else defaults
    return next((ROOT / path for path in candidates if (ROOT / path).exists()), None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(url: str, data: bytes | None = None, headers: dict | None = None):
    """(status, headers, body), whatever the status."""
    request = urllib.request.Request(url, data=data, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def wait_until(check, seconds: float, what: str):
    """The first true value of `check`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = check()
        if value:
            return value
        time.sleep(0.1)
    pytest.fail(f"{what}: not within {seconds} s")


class Server:
    """`dss serve` on a free port of the loopback."""

    def __init__(self, binary: pathlib.Path, log):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        command = [binary, "serve", "--port", str(self.port)]
        # The server reads DSS_* as its settings and refuses those it does not know, such as DSS_BINARY.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DSS_")}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)

    def ready(self) -> bool:
        assert self.process.poll() is None, f"the server ended with status {self.process.poll()}"
        try:
            return fetch(self.url + "/readyz")[0] == 200
        except OSError:
            return False

    def analyze(self, body: bytes, **headers) -> int:
        headers = {"Content-Type": "application/json", **headers}
        return fetch(self.url + "/analyze", body, headers)[0]

    def metrics(self, query: str = "", **headers):
        return fetch(self.url + "/metrics" + query, headers=headers)

    def text(self) -> str:
        return self.metrics()[2].decode()

    def stop(self):
        self.process.terminate()
        self.process.wait(15)


@pytest.fixture(scope="session")
def dump():
    """dump(mode, stdin="") → what the dump program prints."""
    binary = program("DSS_EXPOSITION_DUMP", "build/release/tests/metrics/exposition_dump")
    if binary is None:
        pytest.skip("exposition_dump is not built")

    def run(mode: str, stdin: str = "") -> str:
        command = [binary, mode]
        done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=True)
        return done.stdout

    return run


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    binary = program("DSS_BINARY", "build/release/dss")
    if binary is None:
        pytest.skip("the server is not built")
    log = tmp_path_factory.mktemp("server") / "log"
    with log.open("wb") as stream:
        running = Server(binary, stream)
        try:
            wait_until(running.ready, 20, "the server's start")
            yield running
        finally:
            running.stop()
