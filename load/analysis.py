"""What a run means: percentiles, knee, counts compared, the scalability law, the bottleneck."""

from dataclasses import dataclass

import numpy as np

from load.generator import Answers
from load.server import Scrape

GOODPUT = 0.99  # of what was offered, below the knee
SLOW = 0.1  # seconds at P99, above which the knee is passed


@dataclass(frozen=True)
class Summary:
    offered: float  # requests/s
    goodput: float  # answers 2xx/s
    refused: int  # 429 and 503
    failed: int  # everything else
    p50: float  # seconds, of accepted ones
    p95: float
    p99: float
    p999: float


def summarise(answers: Answers, seconds: float) -> Summary:
    good = (answers.status >= 200) & (answers.status < 300)
    refused = np.isin(answers.status, (429, 503))
    percentiles = np.quantile(answers.latency[good], (0.5, 0.95, 0.99, 0.999)) if good.any() else [float("nan")] * 4
    failed = int((~good & ~refused).sum())
    return Summary(
        len(good) / seconds, good.sum() / seconds, int(refused.sum()), failed, *(float(p) for p in percentiles)
    )


def holds(summary: Summary) -> bool:
    """Whether this rate is still below the knee."""
    return summary.goodput >= GOODPUT * summary.offered and summary.p99 <= SLOW


def knee(holds_at, begin: float, precision: float = 0.05) -> float:
    """The highest rate at which `holds_at(rate)` is true: doubled from `begin`, then halved between, to `precision`."""
    low, high = 0.0, begin
    while holds_at(high):
        low, high = high, 2 * high
    while low > 0 and high / low > 1 + precision or low == 0 and high > 1:
        middle = (low + high) / 2 if low else high / 2
        if holds_at(middle):
            low = middle
        else:
            high = middle
    return low


def counts_agree(answers: Answers, before: Scrape, after: Scrape) -> tuple[bool, str]:
    """Client 2xx ≤ server 2xx ≤ client 2xx + what the client gave up."""
    client = int(((answers.status >= 200) & (answers.status < 300)).sum())
    aborted = int((answers.status == 0).sum())
    name, labels = "http_requests_total", ('handler="/analyze"', 'status="2xx"')
    server = int(after.sum(name, *labels) - before.sum(name, *labels))
    return client <= server <= client + aborted, f"client {client}, server {server}, given up {aborted}"


def scalability(concurrency: np.ndarray, throughput: np.ndarray) -> tuple[float, float, float]:
    """(λ, σ, κ) of X(N) = λN / (1 + σ(N − 1) + κN(N − 1)), Gunther's Universal Scalability Law.

    Linear least squares of N / X, which is (1 − σ)/λ + (σ − κ)/λ · N + κ/λ · N², coefficients not negative.
    """
    from scipy.optimize import nnls

    n, x = concurrency.astype(float), throughput.astype(float)
    # N/X = [1 + σ(N−1) + κN(N−1)] / λ with unknowns 1/λ, σ/λ, κ/λ; rows weighed by X so that errors are relative.
    design = np.stack([np.ones_like(n), n - 1, n * (n - 1)], axis=1)
    solution, _ = nnls(design * (x / n)[:, None], np.ones_like(n))
    inverse = max(solution[0], 1e-12)
    return 1 / inverse, solution[1] / inverse, solution[2] / inverse


def bottleneck(server_busy: float, generator_late: float, refused: float, queue: float) -> str:
    """In words, from shares of 1: processor time of the server's core, requests sent late, refusals, queue filled."""
    if generator_late > 0.05:
        return "the generator: it sent more than a twentieth of its requests late"
    if queue > 0.8 or (refused > 0.01 and server_busy > 0.8):
        return "the encoder: its queue is full, its core busy"
    if server_busy > 0.85:
        return f"the server's processor, {server_busy:.0%} busy"
    return f"nothing yet: the server's core is {server_busy:.0%} busy"
