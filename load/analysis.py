"""What a run means: percentiles, the knee, recovery, the scalability law."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np

from load.answers import NOT_SENT, Answers

GOOD_SHARE = 0.99  # of what was due, answered 2xx, below the knee
SLOW = 0.1  # seconds at P99, above which the knee is passed
LATE = 0.005  # seconds behind its time, at which a request was not sent on time
LATE_SHARE = 0.01  # of a part's requests, above which its generator did not keep up
BUSY = 0.85  # of a processor, from which it counts as full


@dataclass(frozen=True)
class Summary:
    """Rates are per second; times in seconds, from when a request was due, of those answered 2xx."""

    offered: float  # by the schedule, sent or not
    sent: float
    goodput: float  # answers 2xx, over the time until the last answer
    good_share: float  # answered 2xx of those due
    refused: int  # 429 and 503
    refused_silently: int  # of them without Retry-After
    failed: int  # every other status, no answer, never sent
    late_share: float  # sent late or never though a connection was free
    stalled_share: float  # sent late because every connection waited
    mean: float
    p50: float
    p95: float
    p99: float
    p999: float


def summarise(answers: Answers, segment: tuple[float, float]) -> Summary:
    """Of one part, against the rate and the seconds of its schedule."""
    rate, seconds = segment
    good, refused = answers.good, answers.refused
    answered = answers.ended[answers.status > 0]
    begin = answers.due[0] if len(answers) else 0.0
    took = max(seconds, answered.max() - begin) if len(answered) else seconds
    times = answers.latency[good]
    figures = [times.mean(), *np.quantile(times, (0.5, 0.95, 0.99, 0.999))] if len(times) else [float("nan")] * 5
    count = max(1, len(answers))
    behind = (answers.late > LATE) | (answers.status == NOT_SENT)
    return Summary(
        rate,
        float((answers.status != NOT_SENT).sum() / seconds),
        float(good.sum() / took),
        float(good.sum() / count),
        int(refused.sum()),
        int((refused & ~answers.retry_after).sum()),
        int((~good & ~refused).sum()),
        float((behind & ~answers.stalled).sum() / count),
        float(answers.stalled.sum() / count),
        *(float(one) for one in figures),
    )


class Outcome(Enum):
    """Of a rate that was tried. Latency counts from when a request was due: what holds was sent in time enough."""

    HOLDS = "holds"
    PASSED = "past the knee"
    GENERATOR = "the generator was the limit"


def outcome(summary: Summary, server_busy: float) -> Outcome:
    """A generator that falls behind a server whose processor is full does so because of the thousands that wait."""
    if summary.good_share >= GOOD_SHARE and summary.p99 <= SLOW:
        return Outcome.HOLDS
    return Outcome.PASSED if summary.late_share <= LATE_SHARE or server_busy > BUSY else Outcome.GENERATOR


@dataclass(frozen=True)
class Knee:
    rate: float
    generator_limited: bool  # the server may serve more than `rate`: more could not be sent


def find_knee(attempt: Callable[[float], Outcome], begin: float, precision: float = 0.05) -> Knee:
    """The highest rate that holds: doubled from `begin`, then halved between, to `precision`.

    A rate that the generator could not send bounds the search from above as one past the knee does.
    """
    low, high = 0.0, begin
    last = attempt(high)
    while last is Outcome.HOLDS:
        low, high = high, 2 * high
        last = attempt(high)
    above = last
    while low > 0 and high / low > 1 + precision or low == 0 and high > 1:
        middle = (low + high) / 2 if low else high / 2
        last = attempt(middle)
        if last is Outcome.HOLDS:
            low = middle
        else:
            high, above = middle, last
    return Knee(low, above is Outcome.GENERATOR)


def recovery(after: Answers, calm_p99: float, window: float = 1.0, step: float = 0.1) -> float:
    """Seconds from the end of an overload until the service is as before it; infinite when it never is.

    `after` begins where the overload ends. As before means: for a whole `window` from then on no request was refused
    or failed, and P95 was at most twice `calm_p99`.
    """
    if not len(after):
        return float("inf")
    since = after.due - after.due[0]
    for begin in np.arange(0, since[-1] - window + step, step):
        inside = (since >= begin) & (since < begin + window)
        good = after.good[inside]
        if good.size and good.all() and np.quantile(after.latency[inside], 0.95) <= 2 * calm_p99:
            return float(begin)
    return float("inf")


def scalability(concurrency: np.ndarray, throughput: np.ndarray) -> tuple[float, float, float]:
    """(λ, σ, κ) of X(N) = λN / (1 + σ(N − 1) + κN(N − 1)), Gunther's Universal Scalability Law.

    Least squares of relative errors, coefficients not negative. Two points determine λ and σ only: κ is 0 then.
    """
    from scipy.optimize import nnls

    n, x = concurrency.astype(float), throughput.astype(float)
    # N/X = [1 + σ(N−1) + κN(N−1)] / λ with unknowns 1/λ, σ/λ, κ/λ; rows weighed by X so that errors are relative.
    design = np.stack([np.ones_like(n), n - 1, n * (n - 1)], axis=1)[:, : max(1, min(3, len(n)))]
    solution, _ = nnls(design * (x / n)[:, None], np.ones_like(n))
    solution = np.concatenate([solution, np.zeros(3 - len(solution))])
    inverse = max(solution[0], 1e-12)
    return 1 / inverse, solution[1] / inverse, solution[2] / inverse
