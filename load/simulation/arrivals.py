"""When requests come: a rate over time, and random moments around it."""

import math
from collections.abc import Callable

import numpy as np

Rate = Callable[[float], float]  # seconds → requests/s
STEP = 1.0  # seconds; within one the rate is held constant


def burst(base: float, factor: float, begin: float, end: float) -> Rate:
    return lambda at: base * factor if begin <= at < end else base


def wave(mean: float, swing: float, period: float = 86400) -> Rate:
    """A sine between mean × (1 − swing) at time 0 and mean × (1 + swing) half a period later."""
    return lambda at: mean * (1 - swing * math.cos(2 * math.pi * at / period))


def steady(rate: float) -> Rate:
    return lambda _at: rate


def moments(rate: Rate, begin: float, end: float, random: np.random.Generator, batch: float = 1) -> np.ndarray:
    """Sorted arrival times in [begin, end).

    Poisson for `batch` 1; else that many come at the same moment on average (geometric, the moments Poisson).
    """
    parts = []
    while begin < end - 1e-12:
        until = min(end, begin + STEP)
        count = random.poisson(rate(begin) * (until - begin) / batch)
        times = begin + (until - begin) * np.sort(random.random(count))
        parts.append(times if batch == 1 else np.repeat(times, random.geometric(1 / batch, count)))
        begin = until
    return np.concatenate(parts) if parts else np.zeros(0)


def service_times(mean: float, variation: float, count: int, random: np.random.Generator) -> np.ndarray:
    """Gamma distributed: constant for variation 0, exponential for 1."""
    if variation == 0:
        return np.full(count, mean)
    shape = 1 / variation**2
    return random.gamma(shape, mean / shape, count)
