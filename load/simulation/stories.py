"""Bursts, a lost node, a day: what the autoscaled fleet makes of each."""

import math
from dataclasses import dataclass, replace

import numpy as np

from load.simulation.arrivals import Rate, burst, steady, wave
from load.simulation.autoscaler import Spec
from load.simulation.cluster import Cluster
from load.simulation.fluid import Fluid
from load.simulation.parameters import Service, Shape, Times
from load.simulation.requests import Requests
from load.simulation.sizing import pods_for
from load.simulation.timeline import Timeline

EVENT = 60.0  # seconds of calm before anything happens
TROUBLE = 1e-3  # of the requests not answered: what an objective of 99.9 % allows
HEAVIEST = 100  # the most requests that one simulated request may stand for


@dataclass(frozen=True)
class Setting:
    """One run. `engine`: requests, fluid, or auto: requests where one of them stands for at most HEAVIEST."""

    service: Service
    rate: float
    spec: Spec = Spec()
    shape: Shape = Shape()
    times: Times = Times()
    factor: float = 5.0  # of a burst
    length: float = 180.0  # of a burst, seconds
    lost: int = 2  # pods of the lost node
    swing: float = 0.8  # of the daily wave
    balancing: str = "least-connections"
    batch: float = 1.0  # requests that arrive at the same moment, on average
    room: int | None = None
    lag: float = 0.0
    autoscaled: bool = True
    readiness: float | None = None  # part of the queue from which on a pod calls itself not ready
    engine: str = "auto"
    budget: float = 1e6  # requests that are simulated one by one
    seed: int = 1


@dataclass(frozen=True)
class Outcome:
    """Times in seconds, counts in real requests; `trouble` is from the event to the end of the last bin that
    missed the objective of availability."""

    story: str
    method: str
    offered: float
    answered: float
    refused: float
    failed: float
    in_flight: float
    replicas_first: int
    replicas_most: int
    trouble: float
    worst_p99: float
    pod_hours: float
    rows: list[dict]


def shape_of(story: str, setting: Setting) -> tuple[Rate, float, float]:
    """The rate, how long it is followed, and the length of a bin, in seconds."""
    if story == "burst":
        return burst(setting.rate, setting.factor, EVENT, EVENT + setting.length), 900.0, 5.0
    if story == "node-loss":
        return steady(setting.rate), 600.0, 5.0
    return wave(setting.rate, setting.swing), 86400.0, 300.0


def engine_of(setting: Setting, rate: Rate, until: float, timeline: Timeline) -> tuple[object, str]:
    total = sum(rate(at) for at in range(int(until)))
    weight = max(1.0, math.ceil(total / setting.budget))
    common = (setting.service, setting.shape, rate, timeline)
    if setting.engine == "fluid" or (setting.engine == "auto" and weight > HEAVIEST):
        return Fluid(*common, step=0.1 if until <= 3600 else 1.0), "fluid"
    options = {name: getattr(setting, name) for name in ("balancing", "batch", "seed")}
    return Requests(*common, weight=weight, **options), f"requests, 1 for {weight:g}"


def play(story: str, setting: Setting) -> Outcome:
    """Runs one story from the replicas that its first second needs."""
    rate, until, seconds = shape_of(story, setting)
    timeline = Timeline(seconds)
    engine, method = engine_of(setting, rate, until, timeline)
    spec = setting.spec
    first = min(spec.maximum, pods_for(rate(0), setting.service, setting.shape, spec.cpu, spec.minimum))
    options = {name: getattr(setting, name) for name in ("room", "lag", "autoscaled", "readiness")}
    phase = float(np.random.default_rng([setting.seed, 1]).random())
    cluster = Cluster(engine, spec, setting.shape, setting.times, first, phase=phase, **options)
    if story == "node-loss":
        cluster.at(EVENT + 1e-3, lambda: cluster.lose_node(setting.lost))
    cluster.run(until)
    rows = timeline.rows()
    bad = [row["at"] + seconds for row in rows if row["refused"] + row["failed"] > TROUBLE * row["offered"]]
    return Outcome(
        story,
        method,
        *(timeline.total(name) for name in ("offered", "answered", "refused", "failed")),
        engine.in_flight(),
        first,
        max(row["replicas"] for row in rows),
        max(0.0, bad[-1] - (EVENT if story != "wave" else 0)) if bad else 0.0,
        float(np.nanmax([row["p99"] for row in rows])),
        cluster.pod_seconds / 3600,
        rows,
    )


def variants(setting: Setting) -> list[tuple[str, str, Setting]]:
    """What else one could have, or happens to have: (story, description, setting)."""
    spec, times = setting.spec, setting.times
    alone = replace(spec, queue=None)
    first = pods_for(setting.rate, setting.service, setting.shape, spec.cpu, spec.minimum)
    double = replace(spec, minimum=2 * first)
    bursts = {
        "as deployed": {},
        "CPU alone, no queue metric": {"spec": alone},
        "metrics 30 s late": {"lag": 30.0},
        "new pods need new nodes": {"room": first},
        "images already on the nodes": {"times": replace(times, pull=0.0)},
        "minReplicas doubled": {"spec": double},
        "CPU target 40 %": {"spec": replace(spec, cpu=0.4)},
        "no autoscaler": {"autoscaled": False},
        "requests in batches of 500": {"batch": 500.0},
        "not ready from 80 % of the queue on": {"readiness": 0.8},
    }
    losses = {
        "as deployed": {},
        "CPU alone, no queue metric": {"spec": alone},
        "CPU alone, tolerationSeconds 300": {"spec": alone, "times": replace(times, toleration=300.0)},
        "round robin": {"balancing": "round-robin"},
        "round robin, no health checks": {
            "balancing": "round-robin",
            "times": replace(times, detect=times.unreachable),
        },
        "minReplicas doubled": {"spec": double},
    }
    both = (("burst", bursts), ("node-loss", losses))
    return [(story, name, replace(setting, **changes)) for story, cases in both for name, changes in cases.items()]
