"""Pods, cores and cost for a rate, by the fitted service time; their latency, by formula and simulated."""

import math
from dataclasses import dataclass

import numpy as np

from load.simulation.arrivals import steady
from load.simulation.parameters import Prices, Service, Shape
from load.simulation.queueing import wait_quantile
from load.simulation.requests import Requests
from load.simulation.timeline import Timeline

SLICE = 16  # pods that are simulated; a larger fleet is so many like them
REQUESTS = 200_000


@dataclass(frozen=True)
class Size:
    """In seconds: `wait`, the P99 in the queue if every pod had a Poisson stream of its own (M/G/c), and `p99` of the
    latency, simulated. `safe_pods` are so many that a node's may be lost."""

    model: str
    rate: float
    pods: int
    cores: int
    load: float  # part of the cores that works
    wait: float
    p99: float
    month: float  # in the currency of the prices
    safe_pods: int
    burst_pods: int  # that five times the rate needs


def pods_for(rate: float, service: Service, shape: Shape, load: float, minimum: int) -> int:
    """The fewest pods that a rate loads at most to `load`."""
    return max(minimum, math.ceil(rate * service.seconds * shape.slowdown() / (load * shape.cores) - 1e-9))


def simulated_p99(rate: float, pods: int, service: Service, shape: Shape, seed: int) -> float:
    """Of up to SLICE pods at their share of the rate, request by request, after a tenth of warming up."""
    count = min(pods, SLICE)
    share = rate * count / pods
    engine = Requests(service, shape, steady(share), Timeline(1e9), seed=seed)
    engine.direct([engine.queue(0) for _ in range(count)])
    engine.advance(0, 0.1 * REQUESTS / share)
    engine.timeline.latencies.clear()
    engine.advance(0.1 * REQUESTS / share, 1.1 * REQUESTS / share)
    return float(np.quantile(engine.timeline.latencies[0], 0.99))


def size(rate: float, service: Service, shape: Shape, prices: Prices, options: dict) -> Size:
    """Options: `load` (aimed at), `minimum` (replicas), `node` (pods on one node), `seed`."""
    pods = pods_for(rate, service, shape, options["load"], options["minimum"])
    seconds = service.seconds * shape.slowdown()
    surviving = pods_for(rate, service, shape, 0.95, 1)
    return Size(
        service.name,
        rate,
        pods,
        pods * shape.cores,
        rate * seconds / (pods * shape.cores),
        wait_quantile(0.99, rate / pods, seconds, shape.cores, service.variation),
        simulated_p99(rate, pods, service, shape, options["seed"]),
        prices.month(pods, shape),
        max(pods, surviving + options["node"]),
        pods_for(5 * rate, service, shape, options["load"], options["minimum"]),
    )
