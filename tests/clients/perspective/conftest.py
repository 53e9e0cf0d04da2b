"""Clients of the Perspective API from their registries, installed into build/clients on first use."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from perspective_server import BINARY, HERE, ROOT, Server

CLIENTS = ROOT / "build/clients/perspective"
HOST = "commentanalyzer.googleapis.com"


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
    """google(url, calls, batch, key) → what Google's Python client said."""
    install = f"{sys.executable} -m venv venv && venv/bin/python -m pip install -q -r requirements.txt"
    installed("pip", [HERE / "requirements.txt"], ["bash", "-c", install])

    def run(url, calls, batch=False, key="any-key"):
        task = json.dumps({"url": url, "calls": calls, "batch": batch, "key": key})
        python = CLIENTS / "venv/bin/python"
        done = subprocess.run(
            [python, HERE / "google_client.py"], input=task, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
