"""What the simulation takes for granted: measured times, and what a cluster does. Times in seconds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Service:
    """One model on one core. Measured on a Xeon with AMX: docs/capacity.md, docs/benchmarks.md."""

    name: str
    seconds: float  # of one core for one request
    variation: float  # coefficient of variation of it; an assumption
    queue: int  # requests that wait in one pod; what comes then is refused
    tokens: float  # of one request in `dss_queue_depth`


# Both by what a saturated core answered in an open model. bert: 2,050 a second, of 23 tokens each; 4,096 tokens
# may stand in the queue for each of two workers. simple: 52,600 a second; what waits for its event loop for
# longer than 6 to 12 ms is refused. That bursts of half a second may wait longer is left out.
SERVICES = {
    "bert": Service("bert", 1 / 2050, 0.5, 2 * 4096 // 23, 23),
    "simple": Service("simple", 1 / 52600, 0.3, 2 * 52600 * 9 // 1000, 0),
}


@dataclass(frozen=True)
class Shape:
    """A pod of deploy/k8s/base."""

    cores: int = 2
    gibibytes: float = 0.5
    # σ of the scalability law between the cores of one pod: two event loops used 1.02 times the processor time of one.
    contention: float = 0.02

    def slowdown(self) -> float:
        return 1 + self.contention * (self.cores - 1)


@dataclass(frozen=True)
class Times:
    """What happens between a decision and its effect."""

    schedule: float = 2.0  # the scheduler and the kubelet; an assumption
    pull: float = 8.0  # a node that does not have the image yet; an assumption
    startup: float = 0.1  # of the process, both models loaded
    probe: float = 1.0  # startupProbe.periodSeconds
    endpoints: float = 1.0  # until balancers know of a new pod; an assumption
    node: float = 90.0  # the cluster autoscaler's new node; an assumption
    detect: float = 10.0  # until balancers leave a dead pod out: 2 health checks of 5 s (overlay gke)
    unreachable: float = 50.0  # node-monitor-grace-period; 40 before Kubernetes 1.32
    toleration: float = 30.0  # of deploy/k8s/base; Kubernetes' default is 300: then its pods are replaced

    def ready(self) -> float:
        """From the ReplicaSet's decision to the first request, on a node that is there."""
        return self.schedule + self.pull + self.startup + self.probe + self.endpoints


@dataclass(frozen=True)
class Prices:
    """Not a quotation: round figures of the order of on-demand list prices. Replace them by your own list price, for
    instance of cloud.google.com/compute/all-pricing or cloud.google.com/kubernetes-engine/pricing."""

    core_hour: float = 0.04
    gibibyte_hour: float = 0.005
    hours: float = 730.0  # of a month

    def month(self, pods: float, shape: Shape) -> float:
        return pods * self.hours * (shape.cores * self.core_hour + shape.gibibytes * self.gibibyte_hour)
