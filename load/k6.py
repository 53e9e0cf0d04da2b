"""k6 as generator: the shapes in the language that many teams keep theirs in (load/k6/scenarios.js).

One process sends all segments. Its core is the limit from some hundreds to a few thousand requests/s on; `ours` goes
beyond. k6 drops an iteration for which no user of its own is free when it is due: those count as never sent.
"""

import csv
import json
import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs

import numpy as np

from load.answers import NOT_SENT, Answers, Run, Segment
from load.server import ROOT
from load.vegeta import children_cpu

SCRIPT = ROOT / "load/k6/scenarios.js"
TIMEOUT = 5  # seconds
AFTERWARDS = 1  # seconds without requests at the end of the script's schedule
ASK_PATH = '. tools/setup.sh && . tools/setup_k6.sh && setup_k6 && echo "$K6"'
ENVIRONMENT = {
    "GOMAXPROCS": "1",
    # Collections of garbage make requests late: a third as many are with four times the memory, up to a limit.
    "GOGC": "400",
    "GOMEMLIMIT": "4GiB",
    "K6_CSV_TIME_FORMAT": "unix_micro",
    "K6_NO_COLOR": "true",
    "LC_ALL": "C",
}
KEPT = "^(metric_name|asked|dropped_iterations),"  # of k6's CSV: a request makes a dozen rows more


def program() -> Path:
    """Built of its published module the first time, which needs Go."""
    asked = subprocess.run(
        ["bash", "-c", ASK_PATH],
        cwd=ROOT,
        env={"DSS_TOOL": "load/run", **os.environ},
        stdout=subprocess.PIPE,
        text=True,
    )
    path = Path(asked.stdout.strip())
    if asked.returncode != 0 or not path.is_file():
        raise SystemExit("load/run: k6 is missing: ./test load builds it, unless SKIP_SETUP is set, and so does this")
    return path


@dataclass(frozen=True)
class Row:
    """One iteration. Times in seconds since the Epoch; of one that was dropped both are when it was."""

    sent: float
    ended: float
    status: int  # of HTTP, or NO_ANSWER, or NOT_SENT
    retry_after: bool


def row_of(line: dict[str, str]) -> Row:
    at = int(line["timestamp"]) / 1e6
    if line["metric_name"] == "dropped_iterations":
        return Row(at, at, NOT_SENT, False)
    tags = parse_qs(line["extra_tags"])
    return Row(at - float(line["metric_value"]) / 1e3, at, int(tags["code"][0]), tags["later"] == ["1"])


def read_rows(table: Path) -> list[Row]:
    """What happened to the iterations, in the order in which they were due: k6 takes them one by one."""
    with table.open(newline="", encoding="utf-8") as file:
        lines = (line for line in csv.DictReader(file) if line["metric_name"] in ("asked", "dropped_iterations"))
        return sorted((row_of(line) for line in lines), key=lambda row: row.sent)


def due_times(segments: list[Segment]) -> list[np.ndarray]:
    """By segment, in seconds since the run began: k6 starts its nth iteration when n were due, without a break."""
    times = np.cumsum([0.0, *(seconds for _, seconds in segments)])
    due_until = np.cumsum([0.0, *(rate * seconds for rate, seconds in segments)])
    last = np.floor(due_until + 1e-6).astype(int)
    due = np.interp(np.arange(1, last[-1] + 1), due_until, times)
    return np.split(due, last[1:-1])


def answers_of(rows: list[Row], due: np.ndarray, connections: int) -> tuple[float, Answers]:
    """When the run began, in seconds since the Epoch, and the rows held against the schedule.

    The first iteration of all that left in time tells when it began. What is due and has no row was never sent.
    """
    rows = rows[: len(due)]
    sent, ended = np.array([row.sent for row in rows]), np.array([row.ended for row in rows])
    begun = float((sent - due[: len(rows)]).min()) if rows else 0.0
    never = np.zeros(len(due) - len(rows))
    status = np.array([row.status for row in rows] + [NOT_SENT] * len(never), np.int16)
    was_sent = status != NOT_SENT
    late = np.where(was_sent, np.concatenate([sent - begun, never]) - due, 0)
    latency = np.where(was_sent, np.concatenate([ended - begun, never]) - due, 0)
    # Under way when it was dropped: users that k6 may have, and has, but all wait.
    real = was_sent[: len(rows)]
    under_way = np.searchsorted(np.sort(sent[real]), sent) - np.searchsorted(np.sort(ended[real]), sent)
    stalled = ~was_sent & np.concatenate([under_way >= connections, never]).astype(bool)
    later = np.array([row.retry_after for row in rows] + [False] * len(never), bool)
    return begun, Answers(due, np.maximum(latency, 0), np.maximum(late, 0), status, later, stalled)


def run(plan: Path, table: Path, core: int) -> float:
    """Runs the script; the share of the core that it needed. Only rows that are read reach the disk: it would fill."""
    pinned = ["taskset", "-c", str(core)]
    command = [*pinned, program(), "run", "--quiet", "--no-summary", "--no-thresholds", "--no-usage-report"]
    command += ["--address", "", "-e", f"PLAN={plan}", "--out", "csv=-", SCRIPT]  # no address: no control port
    environment = os.environ | ENVIRONMENT
    started, cpu = time.time(), children_cpu()
    with table.open("wb") as file, subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as k6:
        subprocess.run([*pinned, "grep", "-E", KEPT], stdin=k6.stdout, stdout=file, env=environment)
    if k6.returncode != 0:
        raise SystemExit(f"load/run: k6 ended with status {k6.returncode}; its words stand above")
    return min(1.0, (children_cpu() - cpu) / (time.time() - started - AFTERWARDS))


def attack(
    port: int,
    documents: list[str],
    segments: list[Segment],
    core: int,
    connections: int = 10000,
    path: str = "/analyze",
) -> Run:
    """Sends all segments from one process on processor `core`; without documents GETs."""
    segments = [(round(rate, 3), seconds) for rate, seconds in segments]
    with tempfile.TemporaryDirectory() as name:
        table, plan, bodies = (Path(name) / one for one in ("answers.csv", "plan.json", "documents.json"))
        bodies.write_text(json.dumps(documents), encoding="utf-8")
        wanted = {
            "url": f"http://127.0.0.1:{port}{path}",
            "documents": str(bodies),
            "segments": segments,
            "connections": connections,
            "timeout": TIMEOUT,
        }
        plan.write_text(json.dumps(wanted), encoding="utf-8")
        busy = run(plan, table, core)
        rows = read_rows(table)
    due = due_times(segments)
    begun, whole = answers_of(rows, np.concatenate(due), connections)
    edges = np.cumsum([0, *(len(part) for part in due)])
    numbers = np.arange(len(whole))
    parts = (whole.where((numbers >= first) & (numbers < last)) for first, last in zip(edges, edges[1:], strict=False))
    return Run(begun, tuple(segments), tuple(parts), busy)
