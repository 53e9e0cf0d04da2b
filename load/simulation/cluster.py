"""Pods from birth to end, the metrics that are read of them, and the autoscaler: one Deployment over time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush

from load.simulation.autoscaler import Autoscaler, Seen, Spec
from load.simulation.parameters import Shape, Times

WINDOW = 15.0  # metrics-server's --metric-resolution, seconds
PROBE, FAILURES = 5.0, 2  # readinessProbe.periodSeconds and failureThreshold of deploy/k8s/base


@dataclass(eq=False)
class Pod:
    queue: object
    created: float
    state: str = "starting"  # ready, unready (its probe fails), dead (its node is lost), draining
    ready_since: float = 0.0
    used: float = 0.0  # core seconds at the last reading
    samples: list[tuple[float, float, float]] = field(default_factory=list)  # when, CPU in parts of the request, tokens
    refusals: int = 0  # readiness probes failed in a row


class Cluster:
    """Drives an engine (`requests.Requests` or `fluid.Fluid`) and keeps its pods as Kubernetes would.

    `lag`: seconds before a reading reaches the autoscaler. `room`: pods that fit on the nodes that are there; beyond it
    a node has to come first. None: there is always room. `readiness`: part of the queue from which on a pod's readiness
    probe fails; None: readiness does not look at the queue. `phase`, 0 to 1: when in its period the autoscaler decides.
    """

    def __init__(self, engine, spec: Spec, shape: Shape, times: Times, replicas: int, **options):
        self.engine, self.spec, self.shape, self.times = engine, spec, shape, times
        self.lag, self.room, self.readiness = options.get("lag", 0.0), options.get("room"), options.get("readiness")
        self.autoscaler = Autoscaler(spec) if options.get("autoscaled", True) else None
        self.replicas = replicas
        self.now = 0.0
        self.pods = [Pod(engine.queue(0.0), -3600.0, "ready", -3600.0) for _ in range(replicas)]
        self.unknown: list[Pod] = []  # dead pods that the balancer still sends to
        self.pod_seconds = 0.0
        self._ready_seconds = 0.0  # of the bin
        self._events: list = []
        self._number = 0
        self._busy_before = 0.0
        self._direct()
        phase = options.get("phase", 0.5)
        self._repeat(WINDOW, 0.0, self._read)
        self._repeat(engine.timeline.seconds, 0.0, self._gauge)
        if self.autoscaler:
            self._repeat(spec.sync, phase * spec.sync, self._decide)
        if self.readiness is not None:
            self._repeat(PROBE, phase * PROBE, self._probe)

    def at(self, when: float, action: Callable[[], None]) -> None:
        self._number += 1
        heappush(self._events, (when, self._number, action))

    def run(self, until: float) -> None:
        while self._events and self._events[0][0] <= until + 1e-9:
            when, _number, action = heappop(self._events)
            self._advance(when)
            action()
        self._advance(until)

    def lose_node(self, count: int) -> None:
        """`count` ready pods die with their node; nobody but their clients knows yet."""
        victims = [pod for pod in self.pods if pod.state == "ready"][:count]
        for pod in victims:
            pod.state = "dead"
            self.engine.lose(pod.queue, self.now)
        self.unknown += victims
        self.at(self.now + self.times.detect, lambda: self._forget(victims))
        self.at(self.now + self.times.unreachable + self.times.toleration, lambda: self._evict(victims))

    def _advance(self, when: float) -> None:
        if when > self.now:
            self.pod_seconds += len(self.pods) * (when - self.now)
            self._ready_seconds += len(self._ready()) * (when - self.now)
            self.engine.advance(self.now, when)
            self.now = when

    def _repeat(self, period: float, first: float, action: Callable[[], None]) -> None:
        def again() -> None:
            action()
            self.at(self.now + period, again)

        self.at(first + period, again)

    def _ready(self) -> list[Pod]:
        return [pod for pod in self.pods if pod.state == "ready"]

    def _serving(self) -> list[Pod]:
        return [pod for pod in self.pods if pod.state in ("ready", "unready")]

    def _direct(self) -> None:
        self.engine.direct([pod.queue for pod in [*self._ready(), *self.unknown]])

    def _forget(self, victims: list[Pod]) -> None:
        self.unknown = [pod for pod in self.unknown if pod not in victims]
        self._direct()

    def _evict(self, victims: list[Pod]) -> None:
        self.pods = [pod for pod in self.pods if pod not in victims]
        self._reconcile()

    def _read(self) -> None:
        for pod in self._serving():
            used = self.engine.used(pod.queue, self.now)
            since = max(pod.ready_since, self.now - WINDOW)
            if self.now > since:
                cpu = (used - pod.used) / (self.now - since) / self.shape.cores
                pod.samples.append((self.now, cpu, self.engine.waiting_tokens(pod.queue, self.now)))
            pod.used = used

    def _seen(self, pod: Pod, column: int) -> Seen:
        if pod.state == "starting":
            return Seen(None, unready=True)
        sample = next((one for one in reversed(pod.samples) if one[0] <= self.now - self.lag), None)
        if sample is None or pod.state == "dead":
            return Seen(None)
        young = self.now - pod.created < self.spec.initial
        stale = pod.state == "unready" or sample[0] < pod.ready_since + WINDOW
        return Seen(sample[column], unready=young and stale and column == 1)

    def _decide(self) -> None:
        cpu = [self._seen(pod, 1) for pod in self.pods]
        queue = [self._seen(pod, 2) for pod in self.pods]
        self.replicas = self.autoscaler.decide(self.now, self.replicas, cpu, queue)
        self._reconcile()

    def _reconcile(self) -> None:
        """The ReplicaSet: makes what is missing, ends what is too much, the least useful first."""
        for _ in range(len(self.pods), self.replicas):
            self._start()
        order = {"starting": 0, "dead": 1, "unready": 2, "ready": 3}
        dispensable = sorted(self.pods, key=lambda pod: (order[pod.state], -pod.created))
        for pod in dispensable[: max(0, len(self.pods) - self.replicas)]:
            self.pods.remove(pod)
            pod.state = "draining"
        self._direct()

    def _start(self) -> None:
        pod = Pod(self.engine.queue(self.now), self.now)
        self.pods.append(pod)
        full = self.room is not None and len(self.pods) > self.room
        self.at(self.now + self.times.ready() + (self.times.node if full else 0), lambda: self._come_up(pod))

    def _come_up(self, pod: Pod) -> None:
        if pod not in self.pods:
            return
        pod.state, pod.ready_since = "ready", self.now
        pod.used = self.engine.used(pod.queue, self.now)
        self._direct()

    def _probe(self) -> None:
        full = self.engine.service.queue * self.engine.service.tokens
        for pod in self._serving():
            deep = self.engine.waiting_tokens(pod.queue, self.now) > self.readiness * full
            pod.refusals = pod.refusals + 1 if deep else 0
            if pod.state == "unready" and not deep:
                pod.state, pod.ready_since = "ready", self.now
            elif pod.refusals >= FAILURES:
                pod.state = "unready"
        self._direct()

    def _gauge(self) -> None:
        timeline = self.engine.timeline
        total = sum(timeline.outcomes["answered"].values())
        work = (total - self._busy_before) * self.engine.service.seconds * self.shape.slowdown()
        self._busy_before = total
        busy = work / (self._ready_seconds * self.shape.cores) if self._ready_seconds else 0.0
        self._ready_seconds = 0.0
        timeline.gauges[timeline.bin(self.now) - 1] = (self.replicas, len(self._ready()), busy)
