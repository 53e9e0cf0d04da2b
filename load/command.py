"""Drives a dss of its own with one of the load shapes, and says what limits it.

    load/run knee --model simple                         the highest rate that one core serves
    load/run progressive --model simple --time-scale 10  0 → 500 requests/s, in a minute instead of ten
    load/run overload --model bert --knee 90             150 % of a known knee
    load/run all --model simple --time-scale 20          every scenario, one report each
    load/run list                                        their names

The server has the first processor (one event loop, one encoder worker), the generator the last: an open model, so
requests leave when they are due, whatever became of those before. Reports (HTML, CSV, JSON) go to build/load. The exit
status is 1 when something does not hold that must.
"""

import argparse
import csv
import dataclasses
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from load import analysis, bodies, generator, report, scenarios
from load.server import ROOT, Server

MODELS = ("simple", "bert")
BEGIN = {"simple": 2000.0, "bert": 50.0}  # where the search for the knee begins
ACCEPTED_P99 = {"simple": 0.02, "bert": 1.0}  # seconds, of accepted requests under overload


def parse() -> argparse.Namespace:
    names = [one.name for one in scenarios.SCENARIOS]
    parser = argparse.ArgumentParser(
        prog="load/run", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "scenario", choices=["knee", "all", "list", *names], metavar="SCENARIO", help="or knee, all, list"
    )
    parser.add_argument("--model", choices=MODELS, default="simple", help="(%(default)s)")
    parser.add_argument("--scale", type=float, default=1, help="of literal rates (%(default)s)")
    parser.add_argument("--time-scale", type=float, default=1, help="durations are divided by it (%(default)s)")
    parser.add_argument(
        "--knee", type=float, help="requests/s; measured first when a scenario needs it and it is not given"
    )
    parser.add_argument(
        "--seconds", type=float, default=5, help="of each step of the search for the knee (%(default)s)"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "build/load", help="(build/load)")
    parser.add_argument("--minutes", type=float, help="of endurance")
    return parser.parse_args()


def cores() -> tuple[int, int]:
    usable = sorted(os.sched_getaffinity(0))
    return usable[0], usable[-1]


def send(server: Server, folder: Path, model: str, mixed: str, segments: list) -> tuple[generator.Answers, float]:
    """All answers, and the share of the server's core that was busy."""
    targets = folder / "targets.json"
    targets.write_text(bodies.targets(server.url, model, mixed), encoding="utf-8")
    begun, cpu = time.time(), server.cpu_seconds()
    answers = generator.attack(targets, segments, cores()[1])
    return answers, (server.cpu_seconds() - cpu) / (time.time() - begun)


def find_knee(arguments: argparse.Namespace) -> tuple[float, list[dict]]:
    """The knee, and a row for each rate that was tried."""
    rows = []
    with tempfile.TemporaryDirectory() as folder, Server(cores()[0]) as server:
        send(server, Path(folder), arguments.model, "", [(BEGIN[arguments.model], 1)])  # caches are warm from here on

        def below(rate: float) -> bool:
            answers, busy = send(server, Path(folder), arguments.model, "", [(rate, arguments.seconds)])
            summary = analysis.summarise(answers, arguments.seconds)
            rows.append({"rate": round(rate), **row_of(summary), "server busy": f"{busy:.0%}"})
            print(" ".join(f"{name} {value}" for name, value in rows[-1].items()), file=sys.stderr, flush=True)
            return analysis.holds(summary)

        return analysis.knee(below, BEGIN[arguments.model]), rows


def row_of(summary: analysis.Summary) -> dict:
    milliseconds = {name: f"{1000 * getattr(summary, name):.1f}" for name in ("p50", "p95", "p99", "p999")}
    return {
        "offered/s": f"{summary.offered:.0f}",
        "good/s": f"{summary.goodput:.0f}",
        "refused": summary.refused,
        "failed": summary.failed,
        **{f"{name.replace('p999', 'p99.9').upper()} ms": value for name, value in milliseconds.items()},
    }


def by_segment(answers: generator.Answers, segments: list) -> list[analysis.Summary]:
    edges = np.cumsum([0, *(round(rate) * seconds for rate, seconds in segments)]).astype(int)
    parts = []
    for (_rate, seconds), first, last in zip(segments, edges, edges[1:], strict=False):
        mask = np.zeros(len(answers.status), bool)
        mask[first:last] = True
        parts.append(analysis.summarise(answers.where(mask), seconds))
    return parts


def checks_of(chosen, parts: list[analysis.Summary], counts: tuple[bool, str], model: str, knee: float | None) -> list:
    checks = [(counts[0], f"client 2xx ≤ server 2xx ≤ client 2xx + given up ({counts[1]})")]
    failed = sum(part.failed for part in parts)
    checks.append((failed == 0, f"no failure ({failed})"))
    if not chosen.overload:
        refused = sum(part.refused for part in parts)
        checks.append((refused == 0, f"no refusal below the knee ({refused})"))
        return checks
    calm, over = parts[0], parts[1]
    checks.append(
        (over.goodput >= 0.9 * knee, f"goodput at 150 % is at least 90 % of the knee's ({over.goodput / knee:.0%})")
    )
    limit = ACCEPTED_P99[model]
    checks.append((over.p99 <= limit, f"P99 of accepted requests ≤ {1000 * limit:.0f} ms ({1000 * over.p99:.1f} ms)"))
    checks.append((over.p99 <= 5 * calm.p99, f"… and ≤ 5 times that at 80 % ({over.p99 / calm.p99:.1f} times)"))
    return checks


def timeline(answers: generator.Answers) -> list[str]:
    seconds = (answers.begin - answers.begin[0]).astype(int)
    bins = np.arange(seconds.max() + 1)
    good = (answers.status >= 200) & (answers.status < 300)
    sent = np.bincount(seconds, minlength=len(bins))
    fine = np.bincount(seconds[good], minlength=len(bins))
    # The last second is rarely whole.
    rates = {"sent": (bins[:-1], sent[:-1]), "answered 2xx": (bins[:-1], fine[:-1])}
    p95 = np.array([np.quantile(answers.latency[good & (seconds == b)], 0.95) if fine[b] else np.nan for b in bins])
    p50 = np.array([np.quantile(answers.latency[good & (seconds == b)], 0.5) if fine[b] else np.nan for b in bins])
    return [
        report.plot("Requests", "1/s", rates, "seconds"),
        report.plot(
            "Latency", "ms", {"P50": (bins[:-1], 1000 * p50[:-1]), "P95": (bins[:-1], 1000 * p95[:-1])}, "seconds"
        ),
    ]


def drive(chosen: scenarios.Scenario, arguments: argparse.Namespace, knee: float | None) -> bool:
    segments = scenarios.segments(chosen, arguments.scale, arguments.time_scale, knee or 0)
    if chosen.name == "endurance" and arguments.minutes:
        segments = [(segments[0][0], 60 * arguments.minutes)]
    with tempfile.TemporaryDirectory() as folder, Server(cores()[0]) as server:
        send(server, Path(folder), arguments.model, chosen.mixed, [(min(50, segments[0][0]), 1)])
        before = server.scrape()
        answers, busy = send(server, Path(folder), arguments.model, chosen.mixed, segments)
        after = server.scrape()
        scrapes = list(server.scrapes)
    parts = by_segment(answers, segments)
    checks = checks_of(chosen, parts, analysis.counts_agree(answers, before, after), arguments.model, knee)
    rows = [
        {"part": f"{rate:.0f}/s for {seconds:.0f} s", **row_of(part)}
        for (rate, seconds), part in zip(segments, parts, strict=True)
    ]
    depth = max(one.sum("dss_queue_depth") for one in scrapes) / max(1.0, after.sum("dss_queue_capacity"))
    refused = sum(part.refused for part in parts) / max(1, len(answers.status))
    late = 1 - len(answers.status) / sum(round(rate) * seconds for rate, seconds in segments)
    limit = analysis.bottleneck(busy, late, refused, depth)
    memory = [one.sum("process_resident_memory_bytes") / 1e6 for one in scrapes]
    facts = [
        f"{chosen.title}; model {arguments.model}; rates × {arguments.scale:g}"
        + (f", knee {knee:.0f}/s" if chosen.of_knee else "")
        + f"; durations ÷ {arguments.time_scale:g}.",
        f"What limits it: {limit}. Resident memory {memory[0]:.1f} → {memory[-1]:.1f} MB.",
    ]
    out = arguments.out / arguments.model
    out.mkdir(parents=True, exist_ok=True)
    title = f"{chosen.number}. {chosen.name}, {arguments.model}"
    (out / f"{chosen.name}.html").write_text(
        report.page(title, facts, checks, rows, timeline(answers)), encoding="utf-8"
    )
    with (out / f"{chosen.name}.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    figures = {
        "scenario": dataclasses.asdict(chosen),
        "model": arguments.model,
        "knee": knee,
        "server_busy": busy,
        "limit": limit,
        "checks": [{"holds": bool(fine), "what": what} for fine, what in checks],
        "parts": [dataclasses.asdict(part) for part in parts],
    }
    (out / f"{chosen.name}.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
    whole = analysis.summarise(answers, sum(seconds for _, seconds in segments))
    print(f"{title}: " + ", ".join(f"{name} {value}" for name, value in row_of(whole).items()))
    for fine, what in checks:
        print(f"  {'holds' if fine else 'DOES NOT HOLD'}: {what}")
    print(f"  limit: {limit}; report: {out / chosen.name}.html", flush=True)
    return all(fine for fine, _ in checks)


def main() -> int:
    arguments = parse()
    if arguments.scenario == "list":
        for one in scenarios.SCENARIOS:
            print(f"{one.number:3} {one.name:14} {one.title}")
        print(" 14 rolling        ./test soak restarts servers under load\n 15 users          load/run_tests.sh")
        return 0
    chosen = [one for one in scenarios.SCENARIOS if arguments.scenario in ("all", one.name)]
    knee = arguments.knee
    if knee is None and (arguments.scenario == "knee" or any(one.of_knee for one in chosen)):
        knee, rows = find_knee(arguments)
        print(f"knee of {arguments.model} on one core: {knee:.0f} requests/s")
        out = arguments.out / arguments.model
        out.mkdir(parents=True, exist_ok=True)
        (out / "knee.json").write_text(json.dumps({"knee": knee, "tried": rows}, indent=1), encoding="utf-8")
    return 0 if all([drive(one, arguments, knee) for one in chosen]) else 1


if __name__ == "__main__":
    sys.exit(main())
