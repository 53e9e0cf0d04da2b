"""Drives a dss of its own with one of the load shapes, and says what limits it.

    load/run knee --model simple                         the highest rate that one core serves
    load/run progressive --model simple --time-scale 10  0 → 500 requests/s, in a minute instead of ten
    load/run overload --model bert --knee 2000           150 % of a known knee
    load/run scaling --model simple --workers 1,2        the scalability law over event loops and encoder workers
    load/run rolling --requests 100000                   replacements behind nginx, none lost
    load/run all --model simple --time-scale 20          every shape, one report each
    load/run spike --generator k6                        by load/k6/scenarios.js, which also runs without this program
    load/run list                                        their names

The server has the first processor (one event loop, one encoder worker), the generator the last: an open model, so
requests leave when they are due, whatever became of those before, and latency counts from then. Reports (HTML, CSV,
JSON, Grafana's annotations) go to build/load. The exit status is 1 when something does not hold that must.
"""

import argparse
import sys
from pathlib import Path

from load import generator, rolling, scenarios, search
from load.drive import Options, drive
from load.server import ROOT

MODELS = ("simple", "bert")
OTHERS = ("knee", "scaling", "rolling", "all", "list")


def counts(text: str) -> list[int]:
    return sorted({int(one) for one in text.split(",")})


def parse() -> argparse.Namespace:
    names = [one.name for one in scenarios.SCENARIOS]
    parser = argparse.ArgumentParser(
        prog="load/run", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "scenario", choices=[*OTHERS, *names], metavar="SCENARIO", help=f"one of the list, or {', '.join(OTHERS)}"
    )
    parser.add_argument("--model", choices=MODELS, default="simple", help="(%(default)s)")
    parser.add_argument("--scale", type=float, default=1, help="all rates are multiplied by it (%(default)s)")
    parser.add_argument("--time-scale", type=float, default=1, help="durations are divided by it (%(default)s)")
    parser.add_argument("--knee", type=float, help="requests/s; measured first where it is needed and not given")
    parser.add_argument("--generator", choices=generator.NAMES, default="ours", help="(%(default)s)")
    parser.add_argument("--connections", type=int, default=10000, help="at most; of k6: users (%(default)s)")
    parser.add_argument("--workers", type=counts, default=[1, 2], metavar="N,N", help="of scaling (1,2)")
    parser.add_argument("--requests", type=int, default=rolling.REQUESTS, help="of rolling (%(default)s)")
    parser.add_argument("--rate", type=float, default=rolling.RATE, help="requests/s of rolling (%(default)s)")
    parser.add_argument("--out", type=Path, default=ROOT / "build/load", help="(build/load)")
    return parser.parse_args()


def show_list() -> int:
    for one in scenarios.SCENARIOS:
        print(f"{one.number:3} {one.name:14} {one.title}")
    print(" 14 rolling        two servers behind nginx, replaced in turn under load")
    print(" 15 users          load/run_tests.sh, or k6 run -e SCENARIO=users load/k6/scenarios.js")
    return 0


def show_scaling(options: Options, workers: list[int], knee: float) -> int:
    figures = search.scaling(options, workers, search.SCALING_SHARE * knee)
    for count, each in zip(workers, figures["microseconds_a_request"], strict=True):
        shared = ", a core shared with the generator" if count in figures["shared_with_generator"] else ""
        print(f"{count} workers: {each:.2f} µs of processor time a request{shared}")
    kappa = "not told by two points" if figures["kappa"] is None else f"{figures['kappa']:.4g}"
    print(f"λ = {figures['lambda']:.0f} requests/s, σ = {figures['sigma']:.4g}, κ {kappa}")
    return 0


def main() -> int:
    arguments = parse()
    if arguments.scenario == "list":
        return show_list()
    generator.build()
    if arguments.scenario == "rolling":
        return 0 if rolling.run(arguments.requests, arguments.rate, arguments.model, arguments.out) else 1
    taken = ("model", "scale", "time_scale", "generator", "connections")
    options = Options(*(getattr(arguments, name) for name in taken), arguments.out.resolve())
    chosen = [one for one in scenarios.SCENARIOS if arguments.scenario in ("all", one.name)]
    knee = arguments.knee
    if knee is None and (arguments.scenario in ("knee", "scaling") or any(one.of_knee for one in chosen)):
        found = search.knee(options)
        print(search.words(found, options), flush=True)
        knee = found.rate
        if any(one.overload for one in chosen) and found.generator_limited:
            print("load/run: without the knee there is no overload: give --knee, or more cores", file=sys.stderr)
            return 1
    if arguments.scenario == "scaling":
        return show_scaling(options, arguments.workers, knee)
    return 0 if all([drive(one, options, knee) for one in chosen]) else 1


if __name__ == "__main__":
    sys.exit(main())
