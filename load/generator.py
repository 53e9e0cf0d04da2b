"""The generators: open models. Requests leave when they are due, whatever became of those before."""

import json
import os
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from load import k6, vegeta
from load.answers import NOT_SENT, Answers, Run, Segment, schedule
from load.server import ROOT

PROGRAM = ROOT / "build/release/bench/bench_http_open_generator"
ROW = np.dtype([("latency", "<u4"), ("late", "<u4"), ("status", "<u2"), ("retry_after", "u1"), ("fate", "u1")])
TICK = 1e-7  # seconds; of a row's times
FATE_NOT_SENT, FATE_STALLED = 1, 2  # bits
NAMES = ("ours", "k6", "vegeta")


def build() -> None:
    """Builds our generator where the release build is configured; free when it is up to date."""
    folder = ROOT / "build/release"
    if not (folder / "build.ninja").exists():
        subprocess.run(["cmake", "--preset", "release"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["ninja", "-C", folder, "bench_http_open_generator"], check=True, stdout=subprocess.DEVNULL)


def read_rows(path: Path, segments: list[Segment]) -> tuple[Answers, ...]:
    rows, parts, first = np.fromfile(path, ROW), [], 0
    for due in schedule(segments):
        part = rows[first : first + len(due)]
        status = np.where(part["fate"] & FATE_NOT_SENT, NOT_SENT, part["status"].astype(np.int16))
        times = (part["latency"] * TICK, part["late"] * TICK)
        parts.append(Answers(due, *times, status, part["retry_after"] > 0, (part["fate"] & FATE_STALLED) > 0))
        first += len(due)
    if first != len(rows):
        raise RuntimeError(f"the generator wrote {len(rows)} rows, {first} were due")
    return tuple(parts)


def ours(
    port: int,
    documents: list[str],
    segments: list[Segment],
    core: int,
    path: str = "/analyze",
    connections: int = 10000,
    timeout: float = 5,
) -> Run:
    """Sends all segments, one right behind the other, from one process on processor `core`; without documents GETs."""
    with tempfile.TemporaryDirectory() as folder:
        bodies, plan, rows = (Path(folder) / name for name in ("bodies", "plan", "rows"))
        bodies.write_text("".join(f"{one}\n" for one in documents), encoding="utf-8")
        plan.write_text("".join(f"{rate!r} {seconds!r}\n" for rate, seconds in segments))
        source = bodies if documents else "-"
        command = ["taskset", "-c", core, PROGRAM, port, path, source, plan, rows, connections, timeout]
        out = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout
        told = json.loads(out)
        busy = told["worked_seconds"] / max(1e-9, told["seconds"])
        return Run(told["begun"], tuple(segments), read_rows(rows, segments), busy)


def attack(name: str, port: int, documents: list[str], segments: list[Segment], connections: int) -> Run:
    core = cores()[1]
    if name == "vegeta":
        return vegeta.attack(port, documents, segments, core)
    if name == "k6":
        return k6.attack(port, documents, segments, core, connections)
    return ours(port, documents, segments, core, connections=connections)


def way(name: str, port: int, core: int, rate: float) -> float:
    """P95 in seconds of a request for which the server has next to nothing to do: what is not the server's time.

    It depends on the rate: processors that idle between two requests wake slowly. And on the generator: k6's own time
    is longer than the server's.
    """
    sends = k6.attack if name == "k6" else ours
    answers = sends(port, [], [(rate, 2.0)], core, path="/livez").whole
    return float(np.quantile(answers.latency[answers.good], 0.95))


def cores() -> tuple[int, int]:
    """The server's processor and the generator's."""
    usable = sorted(os.sched_getaffinity(0))
    return usable[0], usable[-1]
