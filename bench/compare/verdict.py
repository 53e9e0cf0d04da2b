"""What rounds of base and head say about their difference."""

import statistics
from dataclasses import dataclass

ALLOWED = 0.05


@dataclass(frozen=True)
class Comparison:
    """One benchmark; the same number of rounds of each side, in the order in which they were taken."""

    name: str
    unit: str
    base: tuple[float, ...]
    head: tuple[float, ...]

    @property
    def ratios(self):
        return [head / base for base, head in zip(self.base, self.head, strict=True)]

    @property
    def ratio(self):
        return statistics.median(self.ratios)

    @property
    def spread(self):
        """Lower and upper quartile of the ratios."""
        if len(self.ratios) == 1:
            return self.ratios[0], self.ratios[0]
        quartiles = statistics.quantiles(self.ratios, n=4, method="inclusive")
        return quartiles[0], quartiles[2]

    def is_slower(self):
        """Three quarters of the rounds, and the typical times of both sides, agree on more than what is allowed. The
        second guards against one round of the base that was lucky."""
        typical = statistics.median(self.head) / statistics.median(self.base)
        return self.spread[0] > 1 + ALLOWED and typical > 1 + ALLOWED


def merged(first, again):
    """The comparisons of `first`, with the rounds of those of `again` that have the same name added."""
    more = {comparison.name: comparison for comparison in again}
    return [
        Comparison(c.name, c.unit, c.base + more[c.name].base, c.head + more[c.name].head) if c.name in more else c
        for c in first
    ]


def table(comparisons):
    head = f"{'benchmark':56}{'base':>10}{'head':>10}{'':>4}{'ratio':>8}{'quartiles':>14}"
    lines = [head]
    for c in comparisons:
        low, high = c.spread
        base, new = statistics.median(c.base), statistics.median(c.head)
        verdict = "  SLOWER" if c.is_slower() else ""
        lines.append(
            f"{c.name:56}{base:10,.1f}{new:10,.1f}{c.unit:>4}{c.ratio:8.3f}{f'{low:.3f}-{high:.3f}':>14}{verdict}"
        )
    return "\n".join(lines)
