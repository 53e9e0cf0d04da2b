"""A server whose every written byte is kept: output, database, traces' absence, and what it sends."""

import os
import secrets
import socket
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest
import requests

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("DSS_BINARY", ROOT / "build/release/dss"))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """`dss serve` in a folder of its own, logging as much as it can."""

    def __init__(self, folder, *flags):
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        key = folder / "feedback.key"
        key.write_text(secrets.token_hex(32))
        key.chmod(0o600)
        command = [
            BINARY,
            "serve",
            "--port",
            str(self.port),
            "--log-level",
            "debug",
            "--log-access-sample",
            "1",
            "--drain-seconds",
            "0",
        ]
        command += ["--feedback-store", f"sqlite:{folder}/feedback.db", "--feedback-key-file", key, *flags]
        with (folder / "output").open("wb") as output:
            self.process = subprocess.Popen(command, stdout=output, stderr=output, cwd=folder)
        deadline = time.monotonic() + 20
        while True:
            assert self.process.poll() is None, (folder / "output").read_text()
            try:
                if self.request("GET", "/readyz").status_code == 200:
                    return
            except requests.ConnectionError:
                assert time.monotonic() < deadline
                time.sleep(0.05)

    def request(self, method, target, **options):
        return requests.request(method, self.url + target, timeout=20, **options)

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(30)

    def everything_written(self):
        """{name: bytes} of all files in its folder; the database is read through SQLite as well."""
        files = {path.name: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        database = self.folder / "feedback.db"
        if database.exists():
            with sqlite3.connect(database) as connection:
                files["feedback.db as text"] = "\n".join(connection.iterdump()).encode()
        return files


@pytest.fixture
def start(tmp_path):
    servers = []

    def run(*flags):
        folder = tmp_path / f"server{len(servers)}"
        folder.mkdir()
        servers.append(Server(folder, *flags))
        return servers[-1]

    yield run
    for server in servers:
        server.stop()
