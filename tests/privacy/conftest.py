"""A server whose every written byte is kept: output, database, traces' absence, and what it sends."""

import contextlib
import json
import os
import re
import secrets
import socket
import sqlite3
import subprocess
import threading
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


class Collector:
    """Takes spans as a collector does, and keeps every byte that came over its connections."""

    ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"

    def __init__(self):
        self.received = bytearray()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                threading.Thread(target=self.read, args=(connection,), daemon=True).start()

    def read(self, connection):
        pending = bytearray()
        with contextlib.suppress(OSError), connection:
            while part := connection.recv(1 << 16):
                self.received += part
                pending += part
                while (length := self.whole(pending)) is not None:
                    del pending[:length]
                    connection.sendall(self.ANSWER)

    @staticmethod
    def whole(pending):
        """The bytes of the first request in `pending`, if all of it is there."""
        head, end, _ = bytes(pending).partition(b"\r\n\r\n")
        said = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        length = len(head) + 4 + int(said.group(1)) if end and said else None
        return length if length is not None and len(pending) >= length else None

    def spans(self):
        return self.received.count(b'"spanId"')


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

    def log(self):
        """The lines of its log."""
        lines = (self.folder / "output").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def everything_written(self):
        """{name: bytes} of all files in its folder; the database is read through SQLite as well."""
        files = {path.name: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        database = self.folder / "feedback.db"
        if database.exists():
            with sqlite3.connect(database) as connection:
                files["feedback.db as text"] = "\n".join(connection.iterdump()).encode()
        return files


@pytest.fixture
def collector():
    made = Collector()
    yield made
    made.listener.close()


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
