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
FAMILIES = "&".join(
    f"name[]={name}"
    for name in (
        "http_requests_total",
        "process_cpu_seconds_total",
        "process_resident_memory_bytes",
        "dss_heap_allocated_bytes",
        "process_open_fds",
        "dss_request_duration_seconds",
        "dss_stage_duration_seconds",
        "dss_open_connections",
        "dss_queue_depth",
        "dss_queue_capacity",
        "dss_cgroup_throttled_seconds_total",
    )
)


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


def answers(port: int, path: str) -> bool:
    """Whether GET `path` on this machine is answered with 200 now."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


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
        # Parsed when the load is over: the scraper shares its processor with the generator.
        self._texts: list[tuple[float, str]] = []
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
        """Now, on the caller's thread."""
        self._texts.append(self._fetch())
        return self.scrapes[-1]

    @property
    def scrapes(self) -> list[Scrape]:
        """All so far, the oldest first."""
        return [parse(text, at) for at, text in sorted(self._texts)]

    def _fetch(self) -> tuple[float, str]:
        with urllib.request.urlopen(f"{self.url}/metrics?{FAMILIES}", timeout=30) as answer:
            text = answer.read().decode()
        # A server with much to do lets a scrape wait; its figures are of when it answers.
        return time.time(), text

    def _watch(self) -> None:
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # of this thread
        while not self._stop.wait(1):
            try:
                self._texts.append(self._fetch())
            except OSError:
                return

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
