"""The fluid engine: requests as a liquid, for rates at which no program follows single ones.

Each pod holds a backlog (seconds of core time). It takes in its share of the rate, works off `cores` seconds a second,
and refuses what its queue has no room for. Chance is left out of refusals; the latency of a bin is the wait behind the
longest backlog plus, below saturation, the quantile of M/G/c at the pod's load.
How requests are balanced, and whether they come in batches, makes no difference to it.
"""

import numpy as np

from load.simulation.arrivals import Rate
from load.simulation.parameters import Service, Shape
from load.simulation.queueing import wait_quantile
from load.simulation.timeline import Timeline


class Tank:
    __slots__ = ("backlog", "dead", "worked")

    def __init__(self):
        self.backlog = 0.0  # seconds of core time
        self.worked = 0.0
        self.dead = False


class Fluid:
    """The same interface as requests.Requests; `step` in seconds."""

    def __init__(self, service: Service, shape: Shape, rate: Rate, timeline: Timeline, **options):
        self.service, self.shape, self.rate, self.timeline = service, shape, rate, timeline
        self.step = options.get("step", 0.1)
        self.seconds = service.seconds * shape.slowdown()
        self.bound = (service.queue + shape.cores) * self.seconds
        self.tanks: list[Tank] = []
        self.targets: list[Tank] = []

    def queue(self, _now: float) -> Tank:
        self.tanks.append(Tank())
        return self.tanks[-1]

    def used(self, tank: Tank, _now: float) -> float:
        return tank.worked

    def waiting_tokens(self, tank: Tank, _now: float) -> float:
        in_service = self.shape.cores * self.seconds
        return max(0.0, tank.backlog - in_service) / self.seconds * self.service.tokens

    def in_flight(self) -> float:
        return sum(tank.backlog for tank in self.tanks) / self.seconds

    def lose(self, tank: Tank, now: float) -> None:
        tank.dead = True
        self.timeline.outcomes["failed"][self.timeline.bin(now)] += tank.backlog / self.seconds
        tank.backlog = 0.0

    def direct(self, targets: list[Tank]) -> None:
        self.targets = list(targets)

    def advance(self, begin: float, end: float) -> None:
        known = set(map(id, self.targets))
        tanks = self.targets + [tank for tank in self.tanks if tank.backlog > 0 and id(tank) not in known]
        takes = np.array([id(tank) in known for tank in tanks], float)
        alive = np.array([not tank.dead for tank in tanks], float)
        backlog = np.array([tank.backlog for tank in tanks])
        worked = np.zeros(len(tanks))
        steps = max(1, round((end - begin) / self.step))
        for number in range(steps):
            at = begin + (end - begin) * number / steps
            backlog, done = self._flow(at, (end - begin) / steps, backlog, takes, alive)
            worked += done
        for tank, level, done in zip(tanks, backlog.tolist(), worked.tolist(), strict=True):
            tank.backlog = level
            tank.worked += done

    def _flow(self, at: float, length: float, backlog: np.ndarray, takes: np.ndarray, alive: np.ndarray):
        offered, count = self.rate(at) * length, takes.sum()
        number, outcomes = self.timeline.bin(at), self.timeline.outcomes
        self.timeline.offered[number] += offered
        if not count:
            outcomes["failed"][number] += offered
        each = offered / max(1, count) * self.seconds
        power = self.shape.cores * length
        accepted = np.minimum(each * takes * alive, np.maximum(0, self.bound + power - backlog))
        done = np.minimum(backlog + accepted, power)
        outcomes["failed"][number] += float((each * takes * (1 - alive)).sum()) / self.seconds
        outcomes["refused"][number] += float((each * takes * alive - accepted).sum()) / self.seconds
        outcomes["answered"][number] += float(done.sum()) / self.seconds
        left = backlog + accepted - done
        if done.any():
            self._latency(number, left, each / length / self.seconds)
        return left, done

    def _latency(self, number: int, left: np.ndarray, rate: float) -> None:
        """One figure a step, the P99 itself: a quantile over a bin's figures is near its worst step."""
        latency = float(left.max()) / self.shape.cores + self.seconds
        if rate * self.seconds < 0.99 * self.shape.cores:
            latency += wait_quantile(0.99, rate, self.seconds, self.shape.cores, self.service.variation)
        self.timeline.latencies[number].append(latency)
