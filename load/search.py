"""The search for the knee, and the scalability law over several workers."""

import dataclasses
import sys

import numpy as np

from load import analysis, evidence, generator, output, report
from load.analysis import Knee, Outcome
from load.drive import Measured, Options, measure, warm
from load.server import Server

BEGIN = {"simple": 25000.0, "bert": 1000.0}  # requests/s, where the search begins
STEP_SECONDS = 10.0
SCALING_SHARE = 0.3  # of the knee: no queue, so that processor time is all that differs


def step_seconds(options: Options) -> float:
    return max(1.0, STEP_SECONDS / options.time_scale)


def knee(options: Options) -> Knee:
    """Searched with steps of ten seconds divided by the time scale; knee.html, .csv and .json tell each."""
    rows, parts, seconds = [], [], step_seconds(options)
    with Server(generator.cores()[0]) as server:
        warm(server, options, "")

        def attempt(rate: float) -> Outcome:
            found = measure(server, options, "", [(rate, seconds)])
            summary = found.parts[0]
            seen = evidence.gather(found.run, [summary], found.scrapes)
            outcome = analysis.outcome(summary, seen.server_busy)
            busy = {"server busy": f"{seen.server_busy:.0%}", "generator busy": f"{seen.generator_busy:.0%}"}
            rows.append({"rate": f"{rate:.0f}", **output.row_of(summary), **busy, "outcome": outcome.value})
            parts.append(summary)
            print(" ".join(f"{name} {value}" for name, value in rows[-1].items()), file=sys.stderr, flush=True)
            return outcome

        found = analysis.find_knee(attempt, BEGIN[options.model])
    write(found, options, rows, parts)
    return found


def words(found: Knee, options: Options) -> str:
    more = "; more could not be sent: the generator was the limit" if found.generator_limited else ""
    return f"knee of {options.model} on one core: {found.rate:.0f} requests/s{more}"


def write(found: Knee, options: Options, rows: list[dict], parts: list) -> None:
    out = options.out / options.model
    out.mkdir(parents=True, exist_ok=True)
    said = [
        f"{words(found, options)}.",
        f"Steps of {step_seconds(options):g} s (durations ÷ {options.time_scale:g}); it holds where "
        f"{analysis.GOOD_SHARE:.0%} of what was due was answered 2xx and P99 was at most "
        f"{1000 * analysis.SLOW:.0f} ms. Generator: {options.generator}. {output.machine()}.",
    ]
    page = report.page(f"Knee, {options.model}", said, [], rows, output.by_rate(parts))
    (out / "knee.html").write_text(page, encoding="utf-8")
    output.write_table(out / "knee.csv", rows)
    figures = dataclasses.asdict(found) | {"step_seconds": step_seconds(options), "machine": output.machine()}
    output.write_json(out / "knee.json", {"knee": found.rate, **figures, "tried": rows})


def cost(found: Measured) -> float:
    """Processor seconds of the server for an answer 2xx."""
    first, last = found.scrapes[0], found.scrapes[-1]
    return evidence.rise(first, last, "process_cpu_seconds_total") / max(1, found.run.whole.good.sum())


def scaling(options: Options, workers: list[int], rate: float) -> dict:
    """The scalability law over processor time: N workers on N cores give N / (seconds a request costs with N).

    Measured far below the knee, at the same rate for each N: so the generator may share the last core, and what is
    seen is what the workers cost each other (locks, caches), not the waiting at the knee.
    """
    first, last = generator.cores()
    seconds, costs = step_seconds(options), []
    for count in workers:
        if count > last - first + 1:
            raise SystemExit(f"load/run: --workers {count} needs as many cores; here are {last - first + 1}")
        with Server(first, workers=count) as server:
            warm(server, options, "")
            costs.append(cost(measure(server, options, "", [(rate, seconds)])))
    throughput = np.array(workers) / np.array(costs)
    one, contention, coherence = analysis.scalability(np.array(workers), throughput)
    figures = {
        "rate": rate,
        "seconds": seconds,
        "workers": workers,
        "microseconds_a_request": [1e6 * each for each in costs],
        "requests_a_second": [float(each) for each in throughput],
        "lambda": one,
        "sigma": contention,
        "kappa": coherence if len(workers) > 2 else None,
        "shared_with_generator": [count for count in workers if count > last - first],
        "machine": output.machine(),
    }
    (options.out / options.model).mkdir(parents=True, exist_ok=True)
    output.write_json(options.out / options.model / "scaling.json", figures)
    return figures
