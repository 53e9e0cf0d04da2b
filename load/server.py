"""The server under test, on a processor of its own, and what it says of itself every second."""

import os
import re
import signal
import socket
import subprocess
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = re.compile(r"^([a-z_]+)(\{[^}]*\})? (\S+)", re.MULTILINE)
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Scrape:
    at: float  # seconds since the Epoch
    values: dict[str, float] = field(default_factory=dict)  # by the sample's whole name

    def sum(self, name: str, *labels: str) -> float:
        """Over all samples of the family that hold every one of `labels` (`status="2xx"`)."""
        return sum(
            value
            for key, value in self.values.items()
            if key.split("{")[0] == name and all(label in key for label in labels)
        )


def parse(text: str, at: float) -> Scrape:
    return Scrape(at, {name + (labels or ""): float(value) for name, labels, value in SAMPLE.findall(text)})


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """Context manager: `workers` event loops and as many encoder workers, on processors from `core` on."""

    def __init__(self, core: int, *flags: str, workers: int = 1, binary: Path = ROOT / "build/release/dss"):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        command = ["taskset", "-c", f"{core}-{core + workers - 1}", binary, "serve", "--port", str(self.port)]
        command += ["--workers", str(workers), "--encoder-workers", str(workers)]
        command += ["--log-level", "error", "--drain-seconds", "0"]
        # All clients have one address here.
        self._command = [*command, "--http-connections-per-address", "20000", "--http-connections", "20000", *flags]
        self.scrapes: list[Scrape] = []
        self._stop = threading.Event()

    def __enter__(self):
        self.process = subprocess.Popen(self._command, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while True:
            try:
                self.scrape()
                break
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError("the server did not start; is build/release/dss built?") from None
                time.sleep(0.05)
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def scrape(self) -> Scrape:
        at = time.time()
        with urllib.request.urlopen(f"{self.url}/metrics", timeout=5) as answer:
            scrape = parse(answer.read().decode(), at)
        self.scrapes.append(scrape)
        return scrape

    def cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def _watch(self) -> None:
        while not self._stop.wait(1):
            try:
                self.scrape()
            except OSError:
                return

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
