"""What limits a run, named from what was measured."""

from dataclasses import dataclass

import numpy as np

from load.analysis import BUSY, LATE_SHARE, Summary
from load.answers import Run
from load.server import Scrape


@dataclass(frozen=True)
class Evidence:
    """Shares of 1, of the run's hardest part."""

    server_busy: float  # of the server's processors
    generator_busy: float  # of the generator's processor, over the whole run
    late: float  # requests sent late though a connection was free
    stalled: float  # requests that waited for a connection because all waited
    refused: float
    queue: float  # the fullest that the encoder's queue was seen
    throttled: float  # time for which the control group was held at its CPU limit


def rise(first: Scrape, last: Scrape, name: str, *labels: str) -> float:
    return last.sum(name, *labels) - first.sum(name, *labels)


def around(scrapes: list[Scrape], begin: float, end: float) -> tuple[Scrape, Scrape]:
    """The scrapes nearest to two times, not the same one twice where there are two."""
    times = np.array([one.at for one in scrapes])
    first = int(np.abs(times - begin).argmin())
    last = int(np.abs(times - end).argmin())
    if first == last:
        first, last = (first, first + 1) if first + 1 < len(scrapes) else (max(0, first - 1), last)
    return scrapes[first], scrapes[last]


def gather(run: Run, parts: list[Summary], scrapes: list[Scrape], workers: int = 1) -> Evidence:
    hardest = max(range(len(parts)), key=lambda number: parts[number].offered)
    begin, end = run.begun + run.edges[hardest], run.begun + run.edges[hardest + 1]
    first, last = around(scrapes, begin, end)
    passed = max(1e-9, last.at - first.at)
    part, due = parts[hardest], max(1, len(run.parts[hardest]))
    queues = [one.sum("dss_queue_depth") / max(1.0, one.sum("dss_queue_capacity")) for one in scrapes]
    return Evidence(
        rise(first, last, "process_cpu_seconds_total") / passed / workers,
        run.busy,
        part.late_share,
        part.stalled_share,
        part.refused / due,
        max(queues),
        rise(first, last, "dss_cgroup_throttled_seconds_total") / passed,
    )


def stages(first: Scrape, last: Scrape) -> dict[str, float]:
    """Mean seconds of each stage of scoring, waiting in the encoder's queue ("queue") among them, longest first."""
    name = "dss_stage_duration_seconds"
    found = {key.split('stage="')[1].split('"')[0] for key in last.values if key.startswith(f"{name}_sum{{")}
    means = {}
    for stage in found:
        label = f'stage="{stage}"'
        count = rise(first, last, f"{name}_count", label)
        if count > 0:
            means[stage] = rise(first, last, f"{name}_sum", label) / count
    return dict(sorted(means.items(), key=lambda item: -item[1]))


def stages_in_words(means: dict[str, float]) -> str:
    """Time of service and time of waiting, kept apart."""
    service = {stage: seconds for stage, seconds in means.items() if stage != "queue"}
    each = ", ".join(f"{stage} {1e6 * seconds:.1f}" for stage, seconds in service.items())
    waiting = f"; waiting in the queue before it {1e6 * means['queue']:.0f} µs" if "queue" in means else ""
    return f"Mean time of service {1e6 * sum(service.values()):.1f} µs ({each}){waiting}."


def bottleneck(seen: Evidence) -> str:
    """In words."""
    if seen.throttled > 0.05:
        return f"the control group's CPU limit: {seen.throttled:.0%} of the time it held the server"
    if seen.queue > 0.8:
        return f"the encoder: its queue was {seen.queue:.0%} full, the server's core {seen.server_busy:.0%} busy"
    if seen.server_busy > BUSY:
        refused = f"; its event loop refused {seen.refused:.0%}" if seen.refused > LATE_SHARE else ""
        return f"the server's processor, {seen.server_busy:.0%} busy{refused}"
    if seen.late > LATE_SHARE:
        return f"the generator: {seen.late:.0%} of its requests left late, its core {seen.generator_busy:.0%} busy"
    if seen.stalled > LATE_SHARE:
        return f"connections: {seen.stalled:.0%} of the requests waited for one"
    return f"nothing yet: the server's core is {seen.server_busy:.0%} busy, the generator's {seen.generator_busy:.0%}"
