"""Rounds: all servers take turns, so that whatever else the machine does meets all of them."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from peers.peer import Peer

CONNECTIONS = 64


@dataclass(frozen=True)
class Turn:
    """One server under one kind of load."""

    scenario: str
    peer: Peer
    path: str = "/analyze"
    bodies: str = "-"
    """File of request bodies for POST, or `-` for GET."""
    load: tuple[tuple[int, int], ...] = ()
    """Core and connections of each generator; none: all connections from the generator's own core."""


@dataclass(frozen=True)
class Generator:
    program: Path
    core: int

    def load(self, turn, seconds, first):
        begun = [self.begin(turn, seconds, first, *one) for one in turn.load or ((self.core, CONNECTIONS),)]
        return total([one.communicate()[0] for one in begun])

    def begin(self, turn, seconds, first, core, connections):
        command = [self.program, turn.peer.port, turn.path, connections, seconds, turn.bodies, first + core * 10007]
        return subprocess.Popen(["taskset", "-c", str(core), *map(str, command)], stdout=subprocess.PIPE)


def total(reports):
    """What several generators report as one: sums of what they counted, the slowest of their times."""
    loads = [json.loads(report) for report in reports]
    sums = {key: sum(load[key] for load in loads) for key in ("requests", "refused", "cpu_seconds")}
    return sums | {key: max(load[key] for load in loads) for key in ("seconds", "p50_us", "p99_us")}


def measure(generator, turn, seconds, first):
    """One round against one server: its CPU time (user and system) over the requests it answered, and the rest."""
    before = turn.peer.cpu_seconds()
    load = generator.load(turn, seconds, first)
    used = turn.peer.cpu_seconds() - before
    if load["refused"]:
        raise SystemExit(f"{turn.peer.name} answered {load['refused']} of {load['requests']} requests without a 200")
    return {
        "microseconds": used / load["requests"] * 1e6,
        "requests": load["requests"],
        "per_second": load["requests"] / load["seconds"],
        "server_busy": used / load["seconds"],
        "load_busy": load["cpu_seconds"] / load["seconds"],
        "p50_us": load["p50_us"],
        "p99_us": load["p99_us"],
        "resident_mb": turn.peer.resident_mb(),
    }


def run_rounds(generator, turns, rounds, seconds):
    """{scenario: {peer's name: [a measurement a round]}}, behind one second of warm-up each."""
    results, first = {}, 0
    for turn in turns:
        results.setdefault(turn.scenario, {})[turn.peer.name] = []
        measure(generator, turn, 1, first)
    for number in range(rounds):
        for turn in turns if number % 2 == 0 else reversed(turns):
            measured = measure(generator, turn, seconds, first)
            results[turn.scenario][turn.peer.name].append(measured)
            first += measured["requests"]
    return results
