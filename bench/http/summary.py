"""What the rounds say: medians a server, ratios round by round, and whether each is within its limit."""

import statistics
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """CPU time a request of one server over that of another; `rounds` are the ratios of each round."""

    name: str
    rounds: tuple[float, ...]
    limit: float
    goal: float | None = None
    at_least: bool = False
    """The limit is a least value rather than a most."""

    @property
    def median(self):
        return statistics.median(self.rounds)

    def holds(self):
        return self.median >= self.limit if self.at_least else self.median <= self.limit

    def fails(self):
        return not self.holds()


# name, the measured (scenario, peer), the one that it is divided by, limit, goal, at_least
RATIOS = [
    ("POST /analyze: dss / nginx", ("analyze", "dss"), ("analyze", "nginx"), 2.4, 2.0, False),
    ("GET /livez: dss / nginx", ("livez", "dss"), ("livez", "nginx"), 1.25, None, False),
    ("POST /analyze: the original's stack / dss", ("analyze", "original"), ("analyze", "dss"), 60, 100, True),
    ("POST /analyze: two event loops / one", ("loops", "dss-2-loops"), ("loops", "dss"), 1.05, None, False),
]


def ratios_by_round(measured, base):
    return tuple(a["microseconds"] / b["microseconds"] for a, b in zip(measured, base, strict=True))


def ratios_of(results):
    """Those of RATIOS whose two servers were both measured."""

    def rounds_of(place):
        return results.get(place[0], {}).get(place[1])

    found = []
    for name, measured, base, limit, goal, at_least in RATIOS:
        if rounds_of(measured) and rounds_of(base):
            ratios = ratios_by_round(rounds_of(measured), rounds_of(base))
            found.append(Ratio(name, ratios, limit, goal, at_least))
    return found


def limited_by(medians):
    """What requests/s and latencies tell of. The generator never sleeps: where neither it nor the server had its core
    for the whole time, something else ran on the machine."""
    if medians["server_busy"] > 0.9:
        return "server"
    return "generator" if medians["load_busy"] > 0.9 else "machine"


def medians_of(results):
    """{scenario: {peer: medians}}."""
    table = {}
    for scenario, peers in results.items():
        base = peers.get("nginx")
        for name, rounds in peers.items():
            medians = {key: statistics.median(turn[key] for turn in rounds) for key in rounds[0]}
            medians["requests"] = sum(turn["requests"] for turn in rounds)
            shared = scenario == "loops"
            medians["limited_by"] = "shared cores" if shared else limited_by(medians)
            medians["to_nginx"] = statistics.median(ratios_by_round(rounds, base)) if base else None
            table.setdefault(scenario, {})[name] = medians
    return table
