"""Whether the generator and the server tell the same: counts of answers, and the 95th percentile."""

import re

import numpy as np

from load.answers import NO_ANSWER, Answers
from load.server import Scrape

DURATION = "dss_request_duration_seconds_bucket"
SHARE = 0.95


def counts(answers: Answers, before: Scrape, after: Scrape) -> tuple[bool, str]:
    """Client 2xx ≤ server 2xx ≤ client 2xx + what the client gave up."""
    client, aborted = int(answers.good.sum()), int((answers.status == NO_ANSWER).sum())
    name, labels = "http_requests_total", ('handler="/analyze"', 'status="2xx"')
    server = int(after.sum(name, *labels) - before.sum(name, *labels))
    return client <= server <= client + aborted, f"client {client}, server {server}, given up {aborted}"


def buckets(before: Scrape, after: Scrape, name: str = DURATION) -> tuple[np.ndarray, np.ndarray]:
    """(upper bounds, observations up to each) of what a histogram of POST /analyze saw between two scrapes."""
    counted: dict[float, float] = {}
    for scrape, sign in ((before, -1), (after, 1)):
        for key, value in scrape.values.items():
            if key.startswith(name + "{") and 'handler="/analyze"' in key:
                bound = float(re.search(r'le="([^"]+)"', key).group(1))
                counted[bound] = counted.get(bound, 0) + sign * value
    bounds = sorted(counted)
    return np.array(bounds), np.array([counted[bound] for bound in bounds])


def bucket_of(seconds: float, bounds: np.ndarray) -> int:
    return int(np.searchsorted(bounds, seconds))


def percentiles(answers: Answers, before: Scrape, after: Scrape, way: float) -> tuple[bool, str]:
    """The client's P95 lies within one fine bucket of the server's.

    The server's clock begins when it has read a request and ends when it hands its answer over; what lies outside
    (`way`, seconds: kernel, loopback, waking up) is first taken off the client's figure, and the client may not be
    faster than the server by more than the one bucket either.
    """
    bounds, counted = buckets(before, after)
    if not len(bounds) or counted[-1] <= 0 or not answers.good.any():
        return False, "nothing to compare"
    place = int(np.searchsorted(counted, SHARE * counted[-1]))
    # Requests refused by the queue are among the server's durations too.
    answered = answers.latency[answers.status > 0]
    client = float(np.quantile(answered, SHARE))
    lowest, highest = bucket_of(max(0.0, client - way), bounds), bucket_of(client, bounds)
    holds = lowest - 1 <= place <= highest + 1
    low = bounds[place - 1] if place else 0.0
    return holds, (
        f"client {1000 * client:.3f} ms, of it up to {1000 * way:.3f} ms outside the server; "
        f"server {1000 * low:.3f} to {1000 * bounds[place]:.3f} ms"
    )
