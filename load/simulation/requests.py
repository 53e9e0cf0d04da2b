"""The discrete-event engine: every request is one, with its own arrival, service and end.

A pod serves first come, first served, with one server a core; when all are busy, `queue` requests wait, and more are
refused at once. Because the order is fixed, the end of a request is known when it arrives (Kiefer and Wolfowitz 1955).

`weight` simulates a slice: one simulated request stands for that many. Arrivals are that much rarer, service takes that
much longer and the queue holds that many fewer, so loads, waits in a full queue, refusals and everything that the
autoscaler sees stay as they are; chance weighs more, so waits below saturation come out too long, up to `weight` times.
"""

from collections import deque
from heapq import heapify, heappop, heappush, heapreplace

import numpy as np

from load.simulation.arrivals import Rate, moments, service_times
from load.simulation.parameters import Service, Shape
from load.simulation.timeline import Timeline

FAR = 1 << 60


class Queue:
    """The cores of one pod and what waits for them."""

    __slots__ = ("begins", "dead", "free", "slot", "work")

    def __init__(self, cores: int):
        self.free = [0.0] * cores  # heap: when each core has done what it took on
        self.begins: deque[float] = deque()  # of requests that wait
        self.work = 0.0  # seconds of core time taken on so far
        self.dead = False
        self.slot = -1  # place among the balancer's targets

    def used(self, now: float) -> float:
        """Core seconds worked until now."""
        return self.work - sum(end - now for end in self.free if end > now)

    def waiting(self, now: float) -> int:
        begins = self.begins
        while begins and begins[0] <= now:
            begins.popleft()
        return len(begins)


class Requests:
    """Sends what `rate` says to the pods that the balancer knows."""

    def __init__(self, service: Service, shape: Shape, rate: Rate, timeline: Timeline, **options):
        self.service, self.shape, self.rate, self.timeline = service, shape, rate, timeline
        self.weight = options.get("weight", 1.0)
        self.batch = options.get("batch", 1.0)
        self.least = options.get("balancing", "least-connections") == "least-connections"
        self.random = np.random.default_rng(options.get("seed", 1))
        self.mean = service.seconds * shape.slowdown() * self.weight
        self.bound = max(1, round(service.queue / self.weight))
        self.departures: list = []  # heap of (end, number, latency, queue)
        self.loads: list[int] = [FAR]  # requests in flight by slot; the last one is nobody's
        self.targets: list[Queue] = []
        self.cursor = 0
        self.number = 0

    def queue(self, now: float) -> Queue:
        queue = Queue(self.shape.cores)
        queue.free = [now] * self.shape.cores
        return queue

    def used(self, queue: Queue, now: float) -> float:
        return queue.used(now)

    def waiting_tokens(self, queue: Queue, now: float) -> float:
        return queue.waiting(now) * self.weight * self.service.tokens

    def in_flight(self) -> float:
        return len(self.departures) * self.weight

    def lose(self, queue: Queue, now: float) -> None:
        """The pod is gone, and what it was busy with; the balancer may not know yet."""
        queue.dead = True
        lost = [one for one in self.departures if one[3] is queue]
        self.departures = [one for one in self.departures if one[3] is not queue]
        heapify(self.departures)
        self.timeline.outcomes["failed"][self.timeline.bin(now)] += self.weight * len(lost)

    def direct(self, targets: list[Queue]) -> None:
        """From now on the balancer knows these."""
        in_flight = {id(queue): self.loads[queue.slot] for queue in self.targets}
        for queue in self.targets:
            queue.slot = -1
        for slot, queue in enumerate(targets):
            queue.slot = slot
        self.loads = [*(in_flight.get(id(queue), 0) for queue in targets), FAR]
        self.targets = list(targets)

    def advance(self, begin: float, end: float) -> None:
        batch = max(1.0, self.batch / self.weight)
        times = moments(lambda at: self.rate(at) / self.weight, begin, end, self.random, batch)
        services = service_times(self.mean, self.service.variation, len(times), self.random)
        for now, seconds in zip(times.tolist(), services.tolist(), strict=True):
            self._depart(now)
            self._arrive(now, seconds)
        self._depart(end)

    def _choose(self) -> int:
        """The next in turn, or the next in turn of those with the fewest requests in flight."""
        count = len(self.targets)
        slot = self.cursor if self.cursor < count else 0
        if self.least:
            loads = self.loads
            fewest = min(loads)
            if loads[slot] != fewest:
                try:
                    slot = loads.index(fewest, slot)
                except ValueError:
                    slot = loads.index(fewest)
        self.cursor = slot + 1
        return slot

    def _arrive(self, now: float, seconds: float) -> None:
        timeline, weight = self.timeline, self.weight
        number = timeline.bin(now)
        timeline.offered[number] += weight
        if not self.targets:
            timeline.outcomes["failed"][number] += weight
            return
        slot = self._choose()
        queue = self.targets[slot]
        if queue.dead:
            self.loads[slot] += 1  # the connection hangs
            timeline.outcomes["failed"][number] += weight
            return
        begin = queue.free[0]
        if begin > now:
            if queue.waiting(now) >= self.bound:
                timeline.outcomes["refused"][number] += weight
                return
            queue.begins.append(begin)
        else:
            begin = now
        heapreplace(queue.free, begin + seconds)
        queue.work += seconds
        self.loads[slot] += 1
        self.number += 1
        heappush(self.departures, (begin + seconds, self.number, begin - now + seconds / weight, queue))

    def _depart(self, now: float) -> None:
        departures, timeline = self.departures, self.timeline
        while departures and departures[0][0] <= now:
            end, _number, latency, queue = heappop(departures)
            self.loads[queue.slot] -= 1
            number = timeline.bin(end)
            timeline.outcomes["answered"][number] += self.weight
            timeline.latencies[number].append(latency)
