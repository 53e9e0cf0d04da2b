"""One HTML file for each story: replicas, load, refusals and P99 over time. It needs nothing else."""

import numpy as np

from load import report
from load.simulation.stories import Outcome


def plots(outcome: Outcome) -> list[str]:
    hours = outcome.rows[-1]["at"] > 7200
    unit, name = (3600, "hours") if hours else (1, "seconds")
    column = {key: np.array([row[key] for row in outcome.rows], float) for key in outcome.rows[0]}
    at = column["at"] / unit

    def plot(title: str, measure: str, scale: float, **series: str) -> str:
        lines = {label.replace("_", " "): (at, scale * column[key]) for label, key in series.items()}
        return report.plot(title, measure, lines, name)

    return [
        plot("Replicas", "pods", 1, wanted="replicas", ready="ready"),
        plot("Requests", "1/s", 1, offered="offered", answered="answered"),
        plot("Not answered", "1/s", 1, refused_503="refused", failed="failed"),
        plot("Load of the ready pods", "% of their cores", 100, busy="busy"),
        plot("P99 of answered requests", "ms", 1000, P99="p99"),
    ]


def page(title: str, facts: list[str], rows: list[dict], outcome: Outcome) -> str:
    kept = outcome.answered + outcome.refused + outcome.failed + outcome.in_flight
    balance = abs(outcome.offered - kept) <= 1e-6 * outcome.offered
    checks = [(balance, "arrivals = answered + refused + failed + in flight")]
    return report.page(title, facts, checks, rows, plots(outcome))
