"""What must hold of a run. Each check is (whether it holds, what was asked and what came)."""

import numpy as np

from load import agreement, analysis
from load.analysis import Summary
from load.answers import Run
from load.evidence import around, gather
from load.scenarios import Scenario
from load.server import Scrape

Check = tuple[bool, str]

ACCEPTED_P99 = {"simple": 0.02, "bert": 1.0}  # seconds, of accepted requests under overload
RECOVERY = 2.0  # seconds
MEMORY = 1e6  # bytes that the resident set, and what is allocated, may grow after the first third of endurance


def weights(run: Run) -> list[int]:
    return [max(1, len(part)) for part in run.parts]


def always(run: Run, parts: list[Summary], scrapes: list[Scrape], way: float) -> list[Check]:
    before, after = scrapes[0], scrapes[-1]
    seen = gather(run, parts, scrapes)
    counted, told = agreement.counts(run.whole, before, after)
    alike, percentiles = agreement.percentiles(run.whole, before, after, way)
    failed = sum(part.failed for part in parts)
    silent, refused = (sum(getattr(part, name) for part in parts) for name in ("refused_silently", "refused"))
    hardest = max(parts, key=lambda part: part.offered)
    late = max(hardest.late_share, np.average([part.late_share for part in parts], weights=weights(run)))
    return [
        (counted, f"client 2xx ≤ server 2xx ≤ client 2xx + given up ({told})"),
        (alike, f"P95 of client and server within one fine bucket ({percentiles})"),
        (failed == 0, f"no failure ({failed})"),
        (silent == 0, f"each refusal says when to come back ({refused} refused, {silent} without Retry-After)"),
        (
            late <= analysis.LATE_SHARE or seen.server_busy > analysis.BUSY,
            f"the generator was not the limit ({late:.2%} sent late)",
        ),
    ]


def overload(run: Run, parts: list[Summary], model: str, knee: float) -> list[Check]:
    calm, over = parts[0], parts[1]
    limit = ACCEPTED_P99[model]
    back = analysis.recovery(run.parts[2], calm.p99)
    return [
        (
            over.goodput >= 0.9 * knee,
            f"goodput at 150 %, until its last answer, is at least 90 % of the knee ({over.goodput / knee:.0%})",
        ),
        (over.p99 <= limit, f"P99 of accepted requests ≤ {1000 * limit:.0f} ms ({1000 * over.p99:.1f} ms)"),
        (over.p99 <= 5 * calm.p99, f"… and ≤ 5 times that at 80 % ({over.p99 / calm.p99:.1f} times)"),
        (back <= RECOVERY, f"recovered within {RECOVERY:g} s of the end of the overload ({back:.1f} s)"),
    ]


def endurance(run: Run, scrapes: list[Scrape]) -> list[Check]:
    """From a third of the run (ten minutes of thirty) to its end."""
    end = run.begun + run.edges[-1]
    third, last = around(scrapes, run.begun + run.edges[-1] / 3, end)
    grown = last.sum("process_resident_memory_bytes") - third.sum("process_resident_memory_bytes")
    heap = last.sum("dss_heap_allocated_bytes") - third.sum("dss_heap_allocated_bytes")
    # Clients decide how many connections there are.
    others = [one.sum("process_open_fds") - one.sum("dss_open_connections") for one in (third, last)]
    whole = run.whole
    place = np.minimum(2, (3 * whole.due / run.edges[-1]).astype(int))
    thirds = [whole.good & (place == number) for number in (0, 2)]
    drift = [1000 * np.quantile(whole.latency[mask], 0.95) if mask.any() else float("nan") for mask in thirds]
    return [
        (grown <= MEMORY, f"resident memory grew by at most 1 MB after the first third ({grown / 1e6:+.2f} MB)"),
        (heap <= MEMORY, f"allocated memory grew by at most 1 MB after the first third ({heap / 1e6:+.2f} MB)"),
        (others[0] == others[1], f"descriptors beside connections stay ({others[0]:.0f}, {others[1]:.0f})"),
        (drift[1] <= 2 * drift[0], f"P95 of the last third ≤ twice the first's ({drift[0]:.2f}, {drift[1]:.2f} ms)"),
    ]


def all_of(
    chosen: Scenario, run: Run, parts: list[Summary], scrapes: list[Scrape], model: str, knee: float, way: float
) -> list[Check]:
    """`scrapes` begin before the first request and end after the last answer; rates are parts of `knee`."""
    checks = always(run, parts, scrapes, way)
    if chosen.overload:
        return checks + overload(run, parts, model, knee)
    refused = sum(part.refused for part in parts)
    checks.append((refused == 0, f"no refusal below the knee ({refused})"))
    return checks + (endurance(run, scrapes) if chosen.name == "endurance" else [])
