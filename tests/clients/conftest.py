"""The server that unmodified clients of other services talk to, and the Node.js clients themselves."""

import http.server
import importlib.util
import json
import pathlib
import shutil
import subprocess
import threading
import time

import pytest
import requests

ROOT = pathlib.Path(__file__).resolve().parents[2]
INSTALLED = ROOT / "build/clients"


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem + "_of_" + path.parent.name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


api = load(ROOT / "tests/api/conftest.py")
start = api.start

TEXTS = ["You are a complete idiot and everybody hates you.", "What a lovely day for a walk.", "I will kill you, scum."]


@pytest.fixture(scope="session")
def server(start):
    return start()


@pytest.fixture(scope="session")
def expected(server):
    """text → the probabilities by category that POST /analyze gives it with `bert`."""
    return {text: server.analyze(text=text, model="bert").json()["categories"] for text in TEXTS}


class FirstRefused(http.server.ThreadingHTTPServer):
    """Passes requests on; the first one with a deadline that has passed, which the server answers 503."""

    daemon_threads = True

    def __init__(self, target):
        super().__init__(("127.0.0.1", 0), Forwarder)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.target = target
        self.arrivals = []
        self.answers = []
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Forwarder(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.server.arrivals.append(time.monotonic())
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
        if len(self.server.arrivals) == 1:
            headers["X-Request-Deadline-Ms"] = "0"
        answer = requests.post(self.server.target + self.path, data=body, headers=headers, timeout=20)
        self.server.answers.append(answer)
        self.send_response(answer.status_code)
        for name, value in answer.headers.items():
            if name.lower() not in ("connection", "content-length", "transfer-encoding"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)

    def log_message(self, *_):
        pass


@pytest.fixture
def first_refused(server):
    """A front that lets the server refuse the first request. After the test: it was asked again, and not too soon."""
    front = FirstRefused(server.url)
    yield front
    front.shutdown()
    assert [answer.ok for answer in front.answers] == [False, True]
    wait = int(front.answers[0].headers["Retry-After"])
    assert front.arrivals[1] - front.arrivals[0] >= wait - 0.1


def install(name):
    """The folder where the packages of tests/clients/NAME stand, with its scripts beside them."""
    source, target = ROOT / "tests/clients" / name, INSTALLED / name
    target.mkdir(parents=True, exist_ok=True)
    lock, installed = source / "package-lock.json", target / "installed.json"
    for script in [*source.glob("*.mjs"), *source.glob("package*.json")]:
        shutil.copy(script, target)
    if not installed.exists() or installed.read_bytes() != lock.read_bytes():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=target, check=True, timeout=280)
        shutil.copy(lock, installed)
    return target


@pytest.fixture(scope="session")
def node():
    """node(NAME, JOB) → what tests/clients/NAME/client.mjs prints for the job: {"result"} or {"error"}."""

    def run(name, job, **environment):
        command = ["node", install(name) / "client.mjs", json.dumps(job)]
        environment = {"PATH": api.os.environ["PATH"], "HOME": api.os.environ.get("HOME", "/tmp"), **environment}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
