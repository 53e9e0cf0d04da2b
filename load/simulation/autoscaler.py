"""The HorizontalPodAutoscaler as kube-controller-manager computes it.

The rules are those of pkg/controller/podautoscaler (`replica_calculator.go`, `horizontal.go`) since Kubernetes 1.27,
for autoscaling/v2 with metrics of the kinds ContainerResource and Pods and with `behavior`.
"""

import math
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Policy:
    value: float
    period: float  # seconds
    percent: bool  # else pods


@dataclass(frozen=True)
class Rules:
    """One direction of `behavior`, selectPolicy Max."""

    window: float  # stabilizationWindowSeconds
    policies: tuple[Policy, ...]


@dataclass(frozen=True)
class Spec:
    """The defaults are those of deploy/k8s/base/hpa.yaml and of kube-controller-manager."""

    minimum: int = 2
    maximum: int = 20
    cpu: float = 0.65  # of the request
    queue: float | None = 2048  # tokens waiting in a pod; None: CPU alone
    up: Rules = Rules(0, (Policy(100, 15, True), Policy(4, 15, False)))
    down: Rules = Rules(300, (Policy(25, 60, True),))
    tolerance: float = 0.1  # --horizontal-pod-autoscaler-tolerance
    sync: float = 15  # seconds, --horizontal-pod-autoscaler-sync-period
    initial: float = 300  # --horizontal-pod-autoscaler-cpu-initialization-period

    def __str__(self) -> str:
        queue = "" if self.queue is None else f" and {self.queue:,.0f} waiting tokens"
        return f"Autoscaler: {self.minimum} to {self.maximum} replicas, aiming at {self.cpu:.0%} CPU{queue} a pod"


@dataclass(frozen=True)
class Seen:
    """One metric of one pod. `value` None: missing; `unready`: pending, or too young to count."""

    value: float | None
    unready: bool = False


def wanted(current: int, seen: list[Seen], target: float, at_missing: float, tolerance: float) -> int | None:
    """Replicas by one metric; None if no pod has it. `at_missing` stands in for a missing value when scaling down."""
    values = [one.value for one in seen if not one.unready and one.value is not None]
    missing = sum(1 for one in seen if not one.unready and one.value is None)
    unready = sum(1 for one in seen if one.unready)
    if not values:
        return None
    ratio = sum(values) / len(values) / target
    if not missing and not (unready and ratio > 1):
        return current if abs(1 - ratio) <= tolerance else math.ceil(ratio * len(values) - 1e-9)
    values += [at_missing if ratio < 1 else 0.0] * missing
    values += [0.0] * (unready if ratio > 1 else 0)
    again = sum(values) / len(values) / target
    count = math.ceil(again * len(values) - 1e-9)
    turned = (ratio - 1) * (again - 1) < 0 or (count - current) * (again - 1) < 0
    return current if turned or abs(1 - again) <= tolerance else count


@dataclass
class Autoscaler:
    spec: Spec
    recommendations: list[tuple[float, int]] = field(default_factory=list)
    changes: list[tuple[float, int]] = field(default_factory=list)  # when, by how many

    def decide(self, now: float, current: int, cpu: list[Seen], queue: list[Seen]) -> int:
        """New `spec.replicas`. CPU in parts of the request, `queue` in tokens."""
        spec = self.spec
        proposals = [wanted(current, [_floored(one) for one in cpu], spec.cpu, 1.0, spec.tolerance)]
        if spec.queue is not None:
            proposals.append(wanted(current, queue, spec.queue, spec.queue, spec.tolerance))
        known = [one for one in proposals if one is not None]
        if not known or (len(known) < len(proposals) and max(known) < current):
            return current  # a metric that cannot be read might want more pods
        stable = self._stabilised(now, current, max(known))
        new = self._limited(now, current, stable)
        if new != current:
            self.changes.append((now, new - current))
        return new

    def _stabilised(self, now: float, current: int, proposal: int) -> int:
        up, down = self.spec.up.window, self.spec.down.window
        lowest = min([proposal, *(count for at, count in self.recommendations if at > now - up)])
        highest = max([proposal, *(count for at, count in self.recommendations if at > now - down)])
        self.recommendations = [one for one in self.recommendations if one[0] > now - max(up, down)]
        self.recommendations.append((now, proposal))
        return min(max(current, lowest), highest)

    def _limited(self, now: float, current: int, stable: int) -> int:
        if stable > current:
            highest = max(self._reach(now, current, policy, 1) for policy in self.spec.up.policies)
            return max(current, min(stable, self.spec.maximum, max(highest, current)))
        if stable < current:
            lowest = min(self._reach(now, current, policy, -1) for policy in self.spec.down.policies)
            return min(current, max(stable, self.spec.minimum, min(lowest, current)))
        return min(max(current, self.spec.minimum), self.spec.maximum)

    def _reach(self, now: float, current: int, policy: Policy, direction: int) -> int:
        begin = current - sum(by for at, by in self.changes if at > now - policy.period)
        if not policy.percent:
            return int(begin + direction * policy.value)
        bound = begin * (1 + direction * policy.value / 100)
        return math.ceil(bound) if direction > 0 else int(bound)


def _floored(one: Seen) -> Seen:
    """Whole per cents, as the controller counts them."""
    return one if one.value is None else Seen(math.floor(one.value * 100 + 1e-9) / 100, one.unready)
