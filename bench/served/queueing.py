"""What a server with one core would do with the same arrivals, if nothing but service times mattered."""

import random
from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True)
class ServiceTime:
    """Seconds that a batch takes: the engine's, a straight line in tokens, and what else each text costs."""

    start: float
    per_token: float
    per_text: float

    def of(self, lengths):
        return self.start + self.per_token * sum(lengths) + self.per_text * len(lengths)


def straight_line(points):
    """Least squares: (start, per_token) through (tokens, seconds)."""
    n = len(points)
    mean_x = sum(x for x, _ in points) / n
    mean_y = sum(y for _, y in points) / n
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)
    return mean_y - slope * mean_x, slope


def arrivals(lengths, rate, count, seed):
    """`count` texts at random moments, `rate` a second (Poisson), their lengths drawn from `lengths`."""
    draw = random.Random(seed)
    now = 0.0
    for _ in range(count):
        now += draw.expovariate(rate)
        yield now, draw.choice(lengths)


def sojourn_times(texts, service, batch_tokens):
    """Seconds from arrival to answer of each (moment, length), in the order in which they came.

    First come, first served: whenever the core is idle it takes what waits, up to `batch_tokens`, and all texts of a
    batch are answered together.
    """
    texts, times, waiting = deque(texts), [], deque()
    now = 0.0
    while texts or waiting:
        if not waiting:
            now = max(now, texts[0][0])
        while texts and texts[0][0] <= now:
            waiting.append(texts.popleft())
        batch = [waiting.popleft()]
        tokens = batch[0][1]
        while waiting and tokens + waiting[0][1] <= batch_tokens:
            tokens += waiting[0][1]
            batch.append(waiting.popleft())
        now += service.of([length for _, length in batch])
        times += [now - moment for moment, _ in batch]
    return times


def quantile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
