"""The files of a run: HTML, CSV, JSON, and Grafana's annotations."""

import csv
import json
import os
import platform
from pathlib import Path

import numpy as np

from load import report
from load.analysis import Summary
from load.answers import Run


def machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{os.cpu_count()} × {names[0] if names else platform.machine()}, Linux {platform.release()}"


def row_of(summary: Summary) -> dict:
    milliseconds = {name: f"{1000 * getattr(summary, name):.2f}" for name in ("mean", "p50", "p95", "p99", "p999")}
    return {
        "offered/s": f"{summary.offered:.0f}",
        "good/s": f"{summary.goodput:.0f}",
        "refused": summary.refused,
        "failed": summary.failed,
        **{
            f"{name.upper().replace('P999', 'P99.9').replace('MEAN', 'mean')} ms": value
            for name, value in milliseconds.items()
        },
        "late": f"{summary.late_share:.1%}",
    }


def plots(timeline: list[dict]) -> list[str]:
    def line(name: str, factor: float = 1) -> tuple[np.ndarray, np.ndarray]:
        return np.array([row["second"] for row in timeline]), factor * np.array([row[name] for row in timeline], float)

    rates = {"due": line("due"), "answered 2xx": line("good"), "2xx by the server's count": line("server_good")}
    return [
        report.plot("Requests", "1/s", rates, "seconds"),
        report.plot("Latency", "ms", {"P50": line("p50_ms"), "P95": line("p95_ms")}, "seconds"),
        report.plot("Processor of the server", "%", {"busy": line("server_busy", 100)}, "seconds"),
        report.plot("Encoder's queue", "tokens", {"waiting": line("queue_tokens")}, "seconds"),
        report.plot("Resident memory", "MB", {"server": line("resident_mb")}, "seconds"),
    ]


def by_rate(parts: list[Summary]) -> list[str]:
    """Latency and throughput over the offered rate, of parts with three different rates or more."""
    ordered = sorted(parts, key=lambda part: part.offered)
    rates = np.array([part.offered for part in ordered])
    if len(set(rates)) < 3:
        return []
    latency = {
        name: (rates, 1000 * np.array([getattr(part, name) for part in ordered])) for name in ("p50", "p95", "p99")
    }
    goodput = {"answered 2xx": (rates, np.array([part.goodput for part in ordered])), "offered": (rates, rates)}
    return [
        report.plot("Latency", "ms", latency, "offered requests/s"),
        report.plot("Throughput", "1/s", goodput, "offered requests/s"),
    ]


def annotations(run: Run, scenario: str, model: str) -> list[dict]:
    """A region for each part, as Grafana's POST /api/annotations takes them, one by one."""
    begins = run.begun + run.edges
    return [
        {
            "time": round(1000 * begin),
            "timeEnd": round(1000 * end),
            "tags": ["load", scenario, model],
            "text": f"{scenario}, {model}: {rate:.0f} requests/s",
        }
        for (rate, _), begin, end in zip(run.segments, begins, begins[1:], strict=False)
    ]


def write_table(path: Path, rows: list[dict]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
