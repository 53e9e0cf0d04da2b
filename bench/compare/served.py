"""CPU time of a request in the servers of two builds, in turns under the load of bench/http."""

import dataclasses

from peers import dss
from rounds import Turn, run_rounds
from verdict import Comparison


def start_both(binaries, trees, setting, started):
    peers = []
    for name, binary, tree in zip(("base", "head"), binaries, trees, strict=True):
        peer = dss.start(dataclasses.replace(setting, binary=binary, root=tree), name)
        started.append(peer)
        peer.wait_until_it_answers(setting.body)
        peers.append(peer)
    return peers


def compare(binaries, trees, setting, generator, bodies, rounds, seconds):
    """`binaries` and `trees`: of base and head. Each server reads the models of its own tree."""
    started = []
    try:
        peers = start_both(binaries, trees, setting, started)
        turns = [Turn("POST /analyze", peer, bodies=bodies) for peer in peers]
        turns += [Turn("GET /livez", peer, "/livez") for peer in peers]
        results = run_rounds(generator, turns, rounds, seconds)
    finally:
        for peer in started:
            peer.stop()

    def microseconds(scenario, name):
        return tuple(turn["microseconds"] for turn in results[scenario][name])

    return [
        Comparison(f"served: {scenario}", "µs", microseconds(scenario, "base"), microseconds(scenario, "head"))
        for scenario in results
    ]
