"""`dss serve` as a process, for tests that need to see it start, reload and end."""

import json
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = ROOT / os.environ.get("DSS_BINARY", "build/release/dss")
MODELS = ROOT / "models"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def clean_environment():
    """Without settings of whoever runs the tests: the server refuses DSS_* that it does not know."""
    return {name: value for name, value in os.environ.items() if not name.startswith("DSS_")}


class Service:
    """A running server. The log is read from a file, so that nobody has to drain a pipe."""

    def __init__(self, *arguments, port=0, binary=BINARY):
        self.folder = tempfile.TemporaryDirectory()
        self.log_path = pathlib.Path(self.folder.name) / "log"
        command = [binary, "serve", "--listen", f"127.0.0.1:{port}", *map(str, arguments)]
        with self.log_path.open("wb") as log:
            self.process = subprocess.Popen(command, env=clean_environment(), stdout=log, stderr=log)
        try:
            line = self.wait_for("listening")
        except AssertionError:
            self.process.kill()
            raise
        self.addresses = [address.rsplit(":", 1) for address in line["addresses"].split(", ")]
        self.port = int(self.addresses[0][1])

    @property
    def pid(self):
        return self.process.pid

    def log(self):
        """The log's lines so far."""
        whole = self.log_path.read_text().rpartition("\n")[0]
        return [json.loads(line) for line in whole.splitlines() if line.startswith("{")]

    def messages(self, message):
        return [line for line in self.log() if line["message"] == message]

    def wait_for(self, message, count=1, seconds=30):
        """The log line with that message, the count-th of them."""
        end = time.monotonic() + seconds
        while True:
            found = self.messages(message)
            if len(found) >= count:
                return found[count - 1]
            if self.process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"no line '{message}': {self.log_path.read_text()[-2000:]}")
            time.sleep(0.01)

    def reload(self):
        """SIGHUP, and the line that ends it."""
        done = len(self.messages("reloaded"))
        self.process.send_signal(signal.SIGHUP)
        return self.wait_for("reloaded", done + 1)

    def failing_reload(self):
        """SIGHUP, and the line that says what could not be reloaded."""
        message = "reload failed; what was loaded before stays in force"
        done = len(self.messages(message))
        self.process.send_signal(signal.SIGHUP)
        return self.wait_for(message, done + 1)

    def stop(self, number=signal.SIGTERM, seconds=60):
        """The exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def resident_bytes(self):
        for line in pathlib.Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        raise AssertionError("no VmRSS")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop(signal.SIGKILL)
        self.folder.cleanup()
