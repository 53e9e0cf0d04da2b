"""A server process that listens on 127.0.0.1 and is pinned to the cores that it was given."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Setting:
    """What a peer may need to start."""

    root: Path
    folder: Path
    """For logs, configuration and caches."""
    binary: Path
    """The dss to measure."""
    floor: Path
    """The program of floor.cc."""
    body: bytes
    """A request that every peer must answer with 200."""
    python: Path | None = None
    """The interpreter of the Python peers."""
    answer: bytes = b""
    """dss's own answer to `body`: what fixed answers repeat."""
    alive: bytes = b""
    """dss's own answer to `GET /livez`."""
    cores: tuple[int, ...] = (0,)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Peer:
    """One server process and its log."""

    def __init__(self, name, command, port, setting, directory=None):
        self.name, self.port = name, port
        self.log = setting.folder / f"{name}.log"
        cores = ",".join(map(str, setting.cores))
        with open(self.log, "wb") as output:
            self.process = subprocess.Popen(
                ["taskset", "-c", cores, *map(str, command)], stdout=output, stderr=output, cwd=directory
            )

    def wait_until_it_answers(self, body, seconds=20):
        """The answer to POST /analyze; ends the program with the peer's own words when there is none."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            try:
                return self.ask("/analyze", body)
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.05)
        words = self.log.read_text(errors="replace")[-2000:]
        raise SystemExit(f"{self.name} gave no 200 within {seconds} s; its words:\n{words}")

    def ask(self, path, body=None):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data=body, headers={"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.read()

    def cpu_seconds(self):
        """User and system time so far, threads included."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def resident_mb(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
