"""Closed formulas of queueing theory. Rates in requests/s, times in seconds, `load` in Erlang (rate × service time).

M/M/c: Erlang 1917; M/G/1: Pollaczek 1930, Khinchine 1932; M/G/c: the approximation of Lee and Longton 1959. All of them
after Gross, Shortle, Thompson, Harris: Fundamentals of Queueing Theory, 5th edition.
"""

import math


def erlang_c(servers: int, load: float) -> float:
    """The probability that an arrival waits in M/M/c. Requires load < servers."""
    if not 0 <= load < servers:
        raise ValueError(f"a queue with {servers} servers has no steady state under a load of {load:g} Erlang")
    blocked = 1.0  # Erlang B, by its recurrence over the number of servers
    for count in range(1, servers + 1):
        blocked = load * blocked / (count + load * blocked)
    return blocked / (1 - load / servers * (1 - blocked))


def mean_wait(rate: float, service: float, servers: int, variation: float) -> float:
    """Mean time in the queue, M/G/c; `variation` is the service time's coefficient of variation.

    Exact for one server (Pollaczek-Khinchine) and for variation 1 (Erlang C).
    """
    load = rate * service
    return (1 + variation**2) / 2 * erlang_c(servers, load) * service / (servers - load)


def wait_quantile(part: float, rate: float, service: float, servers: int, variation: float) -> float:
    """The time that `part` of all requests wait less than: an exponential tail with the mean above."""
    waits = erlang_c(servers, rate * service)
    if waits <= 1 - part:
        return 0.0
    return mean_wait(rate, service, servers, variation) / waits * math.log(waits / (1 - part))
