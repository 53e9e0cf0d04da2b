"""k6 as generator: the shapes in the language that many teams keep theirs in (load/k6/scenarios.js).

One process sends all segments. Its core is the limit from some hundreds to a few thousand requests/s on; `ours` goes
beyond.
"""

import csv
import json
import os
import subprocess
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import numpy as np

from load.answers import NO_ANSWER, Answers, Run, Segment, counts
from load.server import ROOT
from load.vegeta import answers_of, children_cpu

VERSION = "v1.8.1"
HOME = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dss" / f"k6-{VERSION}"
SCRIPT = ROOT / "load/k6/scenarios.js"
Row = tuple[float, float, int, bool]  # sent (seconds since the Epoch), latency (seconds), status, Retry-After


def program() -> Path:
    """Built of its published module the first time, which needs Go."""
    path = HOME / "k6"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        environment = dict(os.environ, GOBIN=str(HOME))
        subprocess.run(["nice", "go", "install", f"go.k6.io/k6@{VERSION}"], check=True, env=environment)
    return path


def read_rows(table: Path, parts: int) -> list[list[Row]]:
    """The rows of `asked` in k6's CSV, by part. Their timestamps are those of the ends, in microseconds."""
    rows: list[list[Row]] = [[] for _ in range(parts)]
    with table.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["metric_name"] != "asked":
                continue
            tags = parse_qs(row["extra_tags"])
            latency = float(row["metric_value"]) / 1e3
            sent = int(row["timestamp"]) / 1e6 - latency
            status = int(tags["code"][0]) or NO_ANSWER
            rows[int(row["scenario"].removeprefix("part"))].append((sent, latency, status, tags["later"] == ["1"]))
    return [sorted(part) for part in rows]


def part_of(rows: list[Row], rate: float, count: int, begin: float) -> Answers:
    """Held against the schedule: iterations that k6 dropped were never sent; at a part's end it may send one more."""
    count = max(count, len(rows))
    answers = answers_of([row[:3] for row in rows], rate, count, begin)
    later = np.zeros(count, bool)
    later[: len(rows)] = [row[3] for row in rows]
    return replace(answers, retry_after=later)


def attack(port: int, documents: list[str], segments: list[Segment], core: int) -> Run:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table, plan, bodies = folder / "answers.csv", folder / "plan.json", folder / "documents.json"
        bodies.write_text(json.dumps(documents), encoding="utf-8")
        wanted = {"url": f"http://127.0.0.1:{port}/analyze", "documents": str(bodies), "segments": segments}
        plan.write_text(json.dumps(wanted), encoding="utf-8")
        command = ["taskset", "-c", str(core), program(), "run", "--quiet", "--no-summary", "--no-usage-report"]
        command += ["--address=", "-e", f"PLAN={plan}", "--out", f"csv={table}", SCRIPT]
        environment = dict(os.environ, GOMAXPROCS="1", K6_CSV_TIME_FORMAT="unix_micro", K6_NO_COLOR="true")
        started, cpu = time.time(), children_cpu()
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
        busy = (children_cpu() - cpu) / (time.time() - started)
        rows = read_rows(table, len(segments))
    begun = min((part[0][0] for part in rows if part), default=started)
    begins = np.cumsum([0.0, *(seconds for _, seconds in segments)])
    shapes = zip(rows, segments, counts(segments), begins, strict=False)
    parts = tuple(part_of(part, rate, count, begin) for part, (rate, _), count, begin in shapes)
    return Run(begun, tuple(segments), parts, min(1.0, busy))
