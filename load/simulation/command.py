"""How many pods a rate needs, what that costs, and what the autoscaled fleet does when things change. Nothing is sent.

    load/fleet sizing                        pods, cores and cost for 100 to 1,000,000 requests/s, both models
    load/fleet burst --model bert            five times the load for three minutes
    load/fleet node-loss --lost 2            a node goes with its pods
    load/fleet wave                          a day and its night
    load/fleet variants                      burst and node loss under other settings
    load/fleet all

Cluster and autoscaler are those of deploy/k8s/base; times and service times are in load/simulation/parameters.py, with
where they come from. HTML pages go to build/fleet.
"""

import argparse
import dataclasses
import json
import sys
from dataclasses import replace

from load.simulation import page, sizing, stories
from load.simulation.options import STORIES, parse, service_of, setting_of
from load.simulation.parameters import SERVICES, Prices, Shape


def text_table(rows: list[dict]) -> str:
    lines = [list(map(str, line)) for line in (rows[0], *(row.values() for row in rows))]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    first = [line[0].ljust(widths[0]) for line in lines]
    others = [[one.rjust(width) for one, width in zip(line[1:], widths[1:], strict=True)] for line in lines]
    return "\n".join("  ".join([name, *cells]) for name, cells in zip(first, others, strict=True))


def size_row(one: sizing.Size) -> dict:
    return {
        "model": one.model,
        "requests/s": f"{one.rate:,.0f}",
        "pods": f"{one.pods:,}",
        "cores": f"{one.cores:,}",
        "load": f"{one.load:.1%}",
        "P99 ms": f"{1000 * one.p99:.2f}",
        "P99 wait ms, M/G/c": f"{1000 * one.wait:.2f}",
        "a month": f"{one.month:,.0f}",
        "pods, a node may go": f"{one.safe_pods:,}",
        "pods for 5 times": f"{one.burst_pods:,}",
    }


def outcome_row(name: str, one: stories.Outcome) -> dict:
    return {
        "story": name,
        "offered": f"{one.offered:,.0f}",
        "refused": f"{one.refused / one.offered:.2%}",
        "failed": f"{one.failed / one.offered:.3%}",
        "replicas": f"{one.replicas_first} → {one.replicas_most}",
        "trouble s": f"{one.trouble:.0f}",
        "worst P99 ms": f"{1000 * one.worst_p99:.1f}",
        "pod-hours": f"{one.pod_hours:.1f}",
        "by": one.method,
    }


def run_sizing(arguments: argparse.Namespace) -> tuple[list[dict], list[dict]]:
    prices = Prices(arguments.core_hour, arguments.gibibyte_hour)
    shape = Shape(cores=arguments.cores)
    names = {"load": "target", "minimum": "min_replicas", "node": "lost", "seed": "seed"}
    options = {name: getattr(arguments, argument) for name, argument in names.items()}
    sizes = [
        sizing.size(rate, service_of(arguments, model), shape, prices, options)
        for model in sorted(SERVICES, reverse=True)
        for rate in arguments.rates
    ]
    return [dataclasses.asdict(one) for one in sizes], [size_row(one) for one in sizes]


def run_story(story: str, arguments: argparse.Namespace) -> tuple[dict, list[dict]]:
    setting = setting_of(arguments)
    outcome = stories.play(story, setting)
    rows = [outcome_row(story, outcome)]
    title = f"{story}: {setting.service.name}, {setting.rate:,.0f} requests/s"
    facts = [
        f"Simulated ({outcome.method}), not measured. A pod has {setting.shape.cores} cores, each good for"
        f" {1 / setting.service.seconds:,.0f} requests/s, and a queue of {setting.service.queue:,}; a new one answers"
        f" after {setting.times.ready():.1f} s. Balancing: {setting.balancing}. {setting.spec}.",
    ]
    arguments.out.mkdir(parents=True, exist_ok=True)
    path = arguments.out / f"{story}-{setting.service.name}-{setting.rate:.0f}.html"
    path.write_text(page.page(title, facts, rows, outcome), encoding="utf-8")
    return dataclasses.asdict(outcome), [rows[0] | {"page": str(path)}]


def span(values: list[float], form: str) -> str:
    texts = [format(value, form) for value in (min(values), max(values))]
    return texts[0] if texts[0] == texts[1] else " – ".join(texts)


def variant_row(name: str, played: list[stories.Outcome]) -> dict:
    return {
        "variant": name,
        "refused": span([one.refused / one.offered for one in played], ".1%"),
        "failed": span([one.failed / one.offered for one in played], ".2%"),
        "most replicas": span([one.replicas_most for one in played], "d"),
        "trouble s": span([one.trouble for one in played], ".0f"),
        "pod-hours": span([one.pod_hours for one in played], ".1f"),
        "by": played[0].method,
    }


def run_variants(arguments: argparse.Namespace) -> tuple[list[dict], list[dict]]:
    figures, rows = [], []
    for story, name, setting in stories.variants(setting_of(arguments)):
        seeds = range(setting.seed, setting.seed + arguments.runs)
        budget = setting.budget / arguments.runs
        played = [stories.play(story, replace(setting, seed=seed, budget=budget)) for seed in seeds]
        figures += [{"variant": name} | {k: v for k, v in vars(one).items() if k != "rows"} for one in played]
        rows.append(variant_row(f"{story}: {name}", played))
    return figures, rows


def main() -> int:
    arguments = parse(__doc__)
    figures = {}
    for what in ("sizing", *STORIES, "variants") if arguments.what == "all" else (arguments.what,):
        run = {"sizing": run_sizing, "variants": run_variants}.get(what)
        figures[what], rows = run(arguments) if run else run_story(what, arguments)
        if not arguments.json:
            print(text_table(rows), end="\n\n", flush=True)
    if arguments.json:
        print(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
