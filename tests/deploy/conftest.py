"""What the tests of deploy/ share: rendered overlays, a server, free ports."""

import functools
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time

import pytest
import requests
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
BINARY = ROOT / os.environ.get("DSS_BINARY", "build/release/dss")
OVERLAYS = ("local", "staging", "gke")
sys.path.insert(0, str(DEPLOY / "monitoring"))


def kustomize_command() -> list[str]:
    for candidate in (str(ROOT / "build/deploy/bin/kustomize"), "kustomize"):
        if shutil.which(candidate):
            return [candidate, "build"]
    return ["kubectl", "kustomize"]


def run(command: list, **options) -> subprocess.CompletedProcess:
    """Its output as text; a failure shows it."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=280, **options)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done


@functools.cache
def render(folder: str) -> list[dict]:
    """The manifests of a folder below deploy/k8s."""
    text = run([*kustomize_command(), DEPLOY / "k8s" / folder]).stdout
    return [document for document in yaml.safe_load_all(text) if document]


def find(documents: list[dict], kind: str, name: str = "toxicity-api") -> dict:
    found = [item for item in documents if item["kind"] == kind and item["metadata"]["name"] == name]
    assert len(found) == 1, f"{kind} {name}: {len(found)}"
    return found[0]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def sbom(tmp_path_factory) -> pathlib.Path:
    """The list of parts, as `make image` and `make deb` make it first."""
    path = tmp_path_factory.mktemp("sbom") / "sbom.cdx.json"
    run([sys.executable, "-m", "tools.sbom", path], cwd=ROOT)
    return path


def clean_environment() -> dict[str, str]:
    """Without DSS_*, which the server reads as settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith("DSS_")}


def wait_until(check, seconds: float, what: str):
    """The first true value of `check`; refused connections count as false."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            value = check()
        except requests.RequestException:
            value = None
        if value:
            return value
        time.sleep(0.1)
    pytest.fail(f"{what}: not within {seconds} s")


def ready(port: int):
    return requests.get(f"http://127.0.0.1:{port}/readyz", timeout=5).status_code == 200


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The port of a running `dss serve` with both models."""
    port = free_port()
    with (tmp_path_factory.mktemp("server") / "log").open("wb") as log:
        command = [BINARY, "serve", "--port", str(port), "--models", ROOT / "models"]
        process = subprocess.Popen(command, cwd=ROOT, env=clean_environment(), stdout=log, stderr=log)
        wait_until(lambda: ready(port), 30, "the server's start")
        yield port
        process.terminate()
        process.wait(15)
