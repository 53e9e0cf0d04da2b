"""The stack of `make stack` on free ports, its rules sixty times faster, and a receiver of alerts."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("DSS_BINARY", ROOT / "build/release/dss"))
sys.path.insert(0, str(ROOT / "deploy/stack"))

FASTER = 60


def free_ports(count):
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


class Receiver:
    """Keeps what Alertmanager posts: (alert's name, "firing" or "resolved")."""

    def __init__(self):
        received = self.received = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                received.extend((alert["labels"]["alertname"], alert["status"]) for alert in body["alerts"])
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class Stack:
    def __init__(self, ports, receiver, process):
        self.dss, self.prometheus, self.alertmanager = (f"http://127.0.0.1:{port}" for port in ports)
        self.receiver = receiver
        self.process = process

    def post(self, path, body):
        """Status of the answer."""
        request = urllib.request.Request(
            self.dss + path, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                answer.read()
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    def _result(self, promql):
        url = f"{self.prometheus}/api/v1/query?" + urllib.parse.urlencode({"query": promql})
        with urllib.request.urlopen(url, timeout=20) as answer:
            return json.load(answer)["data"]["result"]

    def query(self, promql):
        """{labels that matter: value} of an instant query."""
        return {
            one["metric"].get("model_type") or one["metric"].get("alertname"): float(one["value"][1])
            for one in self._result(promql)
        }

    def first(self, selector):
        """Time of the first sample of the one series that has samples in the last ten minutes."""
        (series,) = self._result(f"{selector}[10m]")
        return series["values"][0][0]


def wait_until(condition, seconds, what):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"after {seconds} s still not: {what}"
        time.sleep(0.25)


@pytest.fixture
def stack(tmp_path):
    ports = free_ports(3)
    receiver = Receiver()
    names = ("--port", "--prometheus-port", "--alertmanager-port")
    flags = [word for name, port in zip(names, ports, strict=True) for word in (name, str(port))]
    command = [ROOT / "deploy/stack/run", *flags, "--folder", tmp_path, "--webhook", receiver.url, "--binary", BINARY]
    # One short queue: some clients are enough to fill it.
    serve = ["--", "--encoder-workers", "1", "--encoder-queue-tokens", "600", "--drain-seconds", "0"]
    process = subprocess.Popen([*command, "--faster", str(FASTER), *serve], stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        if line.startswith("Ctrl-C"):
            break
    assert process.poll() is None, "the stack did not start"
    stack = Stack(ports, receiver, process)
    wait_until(lambda: stack.query("sum(up)") == {None: 1}, 30, "the first scrape")
    yield stack
    process.terminate()
    assert process.wait(60) == 0
