"""Clients of the Perspective API from their registries, and the server that they are pointed at."""

import json
import math
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time

import pytest
import requests

ROOT = pathlib.Path(__file__).resolve().parents[3]
HERE = pathlib.Path(__file__).resolve().parent
BINARY = ROOT / os.environ.get("DSS_BINARY", "build/release/dss")
CLIENTS = ROOT / "build/clients/perspective"
HOST = "commentanalyzer.googleapis.com"


class Server:
    """`dss serve` on a free port. Answers of `analyze` are those of the native protocol."""

    def __init__(self, log, *flags, certificate=None):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"{'https' if certificate else 'http'}://127.0.0.1:{self.port}"
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.verify = certificate or True
        command = [BINARY, "serve", "--port", str(self.port), *flags]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        deadline = time.monotonic() + 30
        while not self._is_ready():
            assert self.process.poll() is None, f"the server ended with status {self.process.returncode}"
            assert time.monotonic() < deadline, "the server was not ready within 30 s"
            time.sleep(0.05)

    def _is_ready(self):
        try:
            return self.session.get(self.url + "/readyz", timeout=5).status_code == 200
        except requests.ConnectionError:
            return False

    def post(self, path, body):
        return self.session.post(self.url + path, json=body, timeout=20)

    def probabilities(self, text, model="bert"):
        answer = self.post("/analyze", {"text": text, "model": model})
        assert answer.status_code == 200
        return answer.json()["categories"]

    def card(self, model="bert"):
        models = self.session.get(self.url + "/models/info", timeout=5).json()["models"]
        return next(one["card"] for one in models if one["name"] == model)

    def stop(self):
        self.process.terminate()
        self.process.wait(15)


def on_scale(card, attribute, p):
    """The card's map, written down a second time: piecewise linear over the logit."""
    points = card["perspective"]["attributes"][attribute]["map"]
    p = min(max(p, 1e-6), 1 - 1e-6)
    at = math.log(p / (1 - p))
    xs, ys = points["x"], points["y"]
    for (x0, x1), (y0, y1) in zip(zip(xs, xs[1:], strict=False), zip(ys, ys[1:], strict=False), strict=True):
        if x0 <= at <= x1:
            return y0 + (at - x0) / (x1 - x0) * (y1 - y0)
    return ys[0] if at < xs[0] else ys[-1]


@pytest.fixture(scope="session")
def start(tmp_path_factory):
    """start(*flags) → a Server, stopped at the end."""
    if not BINARY.exists():
        pytest.skip(f"{BINARY} is not built")
    running = []

    def run(*flags, certificate=None):
        log = tmp_path_factory.mktemp("server") / "log"
        with log.open("wb") as stream:
            running.append(Server(stream, *flags, certificate=certificate))
        return running[-1]

    yield run
    for server in running:
        server.stop()


@pytest.fixture(scope="session")
def server(start):
    return start()


@pytest.fixture(scope="session")
def plain(start):
    """A server whose scores are the model's probabilities."""
    return start("--perspective-map=false")


@pytest.fixture(scope="session")
def identity(tmp_path_factory):
    """(certificate, key) of Google's host name and of this machine."""
    folder = tmp_path_factory.mktemp("identity")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    command += ["-keyout", key, "-out", certificate, "-days", "30", "-subj", "/CN=perspective-test"]
    command += ["-addext", f"subjectAltName=DNS:{HOST},IP:127.0.0.1"]
    subprocess.run(command, check=True, capture_output=True)
    return certificate, key


@pytest.fixture(scope="session")
def tls_server(start, identity):
    certificate, key = map(str, identity)
    return start("--tls-cert", certificate, "--tls-key", key, certificate=certificate)


def installed(name, sources, command):
    """Runs a command in the clients' folder unless it ran for these files before."""
    CLIENTS.mkdir(parents=True, exist_ok=True)
    stamp = CLIENTS / f".{name}"
    wanted = b"".join(source.read_bytes() for source in sources)
    if not stamp.exists() or stamp.read_bytes() != wanted:
        for source in sources:
            shutil.copy(source, CLIENTS)
        subprocess.run(command, cwd=CLIENTS, check=True, stdin=subprocess.DEVNULL)
        stamp.write_bytes(wanted)


@pytest.fixture(scope="session")
def node():
    """node(script, calls, environment) → what a client said to each call."""
    installed("npm", [HERE / "package.json", HERE / "package-lock.json"], ["npm", "ci", "--no-audit", "--no-fund"])

    def run(script, calls, environment):
        settings = {"PATH": os.environ["PATH"], "NODE_PATH": str(CLIENTS / "node_modules")} | environment
        done = subprocess.run(
            ["node", HERE / script], input=json.dumps(calls), env=settings, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.fixture(scope="session")
def google():
    """google(url, calls, batch) → what Google's Python client said."""
    install = f"{sys.executable} -m venv venv && venv/bin/python -m pip install -q -r requirements.txt"
    installed("pip", [HERE / "requirements.txt"], ["bash", "-c", install])

    def run(url, calls, batch=False):
        task = json.dumps({"url": url, "calls": calls, "batch": batch})
        python = CLIENTS / "venv/bin/python"
        done = subprocess.run(
            [python, HERE / "google_client.py"], input=task, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
