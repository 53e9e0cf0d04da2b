"""vegeta as generator: a program that others know, for rates up to some thousands a second.

It serves one rate a process, so parts have pauses of some tenths of a second between them, and it does not tell
whether a refusal had Retry-After: those that it brings count as having it.
"""

import base64
import csv
import json
import os
import resource
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from load.answers import NOT_SENT, Answers, Run, Segment, counts

MODULE = "github.com/tsenart/vegeta/v12@v12.12.0"
HOME = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dss" / "vegeta-v12.12.0"
CONNECTIONS = 256  # kept alive; more are opened when all wait
TIMEOUT = "5s"


def program() -> Path:
    """Built of its published module the first time, which needs Go."""
    path = HOME / "vegeta"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        subprocess.run(["go", "install", MODULE], check=True, env=dict(os.environ, GOBIN=str(HOME)))
    return path


def target(port: int, document: str) -> str:
    """One of vegeta's JSON targets."""
    return json.dumps(
        {
            "method": "POST",
            "url": f"http://127.0.0.1:{port}/analyze",
            "header": {"Content-Type": ["application/json"]},
            "body": base64.b64encode(document.encode()).decode(),
        }
    )


def answers_of(rows: list[tuple[float, float, int]], rate: float, count: int, begin: float) -> Answers:
    """Of rows (sent, latency, status): held against the schedule, what was never sent included.

    `begin` is when the part began in the run's seconds.
    """
    rows = sorted(rows)[:count]
    sent, took, status = (np.array(column) for column in zip(*rows, strict=True)) if rows else (np.zeros(0),) * 3
    due = np.arange(count) / rate
    never = count - len(rows)
    late = np.concatenate([np.maximum(0, sent - (sent[0] if rows else 0) - due[: len(rows)]), np.zeros(never)])
    latency = np.concatenate([took, np.zeros(never)]) + late
    status = np.concatenate([status, np.full(never, NOT_SENT)]).astype(np.int16)
    return Answers(begin + due, latency, late, status, np.isin(status, (429, 503)), np.zeros(count, bool))


def part_of(targets: Path, folder: Path, segment: Segment, count: int, core: int, begin: float) -> Answers:
    rate, seconds = segment
    raw, table = folder / "answers.bin", folder / "answers.csv"
    command = ["taskset", "-c", str(core), program(), "attack", "-format=json", f"-targets={targets}"]
    command += [f"-rate={rate:.0f}", f"-duration={seconds:.2f}s", f"-connections={CONNECTIONS}"]
    command += [f"-timeout={TIMEOUT}", f"-output={raw}"]
    subprocess.run(command, check=True, env=dict(os.environ, GOMAXPROCS="1"))
    subprocess.run([program(), "encode", "--to=csv", f"--output={table}", raw], check=True)
    with table.open(newline="") as file:
        rows = [(int(row[0]) / 1e9, int(row[2]) / 1e9, int(row[1])) for row in csv.reader(file)]
    return answers_of(rows, rate, count, begin)


def children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def attack(port: int, documents: list[str], segments: list[Segment], core: int) -> Run:
    segments = [(max(1.0, float(round(rate))), seconds) for rate, seconds in segments]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        targets = folder / "targets.json"
        targets.write_text("".join(f"{target(port, one)}\n" for one in documents), encoding="utf-8")
        begun, cpu, parts, begin = time.time(), children_cpu(), [], 0.0
        for segment, count in zip(segments, counts(segments), strict=True):
            parts.append(part_of(targets, folder, segment, count, core, begin))
            begin += segment[1]
        busy = (children_cpu() - cpu) / (time.time() - begun)
    return Run(begun, tuple(segments), tuple(parts), min(1.0, busy))
