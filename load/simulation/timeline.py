"""What happened, in bins of equal length."""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

OUTCOMES = ("answered", "refused", "failed")


@dataclass
class Timeline:
    """Counts and latencies (seconds, of answered requests) by bin; gauges as they stood at a bin's end."""

    seconds: float = 5.0  # of one bin
    offered: defaultdict = field(default_factory=lambda: defaultdict(float))
    outcomes: dict = field(default_factory=lambda: {name: defaultdict(float) for name in OUTCOMES})
    latencies: defaultdict = field(default_factory=lambda: defaultdict(list))
    gauges: dict = field(default_factory=dict)  # bin → (replicas wanted, ready, part of the ready cores that worked)

    def bin(self, at: float) -> int:
        return int(at / self.seconds + 1e-9)

    def total(self, name: str) -> float:
        return sum((self.offered if name == "offered" else self.outcomes[name]).values())

    def rows(self) -> list[dict]:
        """One dictionary a bin: rates in requests/s, P50 and P99 in seconds (NaN where nothing was answered)."""
        rows = []
        for number in sorted(self.gauges):
            wanted, ready, busy = self.gauges[number]
            times = self.latencies.get(number)
            p50, p99 = np.quantile(times, (0.5, 0.99)).tolist() if times else (float("nan"),) * 2
            row = {"at": number * self.seconds, "offered": self.offered.get(number, 0.0) / self.seconds}
            row |= {name: counts.get(number, 0.0) / self.seconds for name, counts in self.outcomes.items()}
            rows.append(row | {"replicas": wanted, "ready": ready, "busy": busy, "p50": p50, "p99": p99})
        return rows
