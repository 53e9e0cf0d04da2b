"""The generator's answers and the server's scrapes joined by time, a row a second."""

import numpy as np

from load.answers import Run
from load.evidence import rise
from load.server import Scrape


def client_rows(run: Run) -> list[dict]:
    """Of every whole second, by when requests were due."""
    whole = run.whole
    seconds = whole.due.astype(int)
    order = np.arange(max(1, int(run.edges[-1])))
    starts = np.searchsorted(seconds, np.append(order, order[-1] + 1))
    rows = []
    for second, first, last in zip(order, starts, starts[1:], strict=False):
        good = whole.good[first:last]
        times = whole.latency[first:last][good]
        p50, p95 = np.quantile(times, (0.5, 0.95)) if len(times) else (np.nan, np.nan)
        rows.append(
            {
                "second": int(second),
                "due": int(last - first),
                "good": int(good.sum()),
                "refused": int(whole.refused[first:last].sum()),
                "p50_ms": round(1000 * float(p50), 4),
                "p95_ms": round(1000 * float(p95), 4),
            }
        )
    return rows


def server_row(first: Scrape, last: Scrape) -> dict:
    """What the server says of the time between two scrapes."""
    passed = max(1e-9, last.at - first.at)
    labels = ('handler="/analyze"', 'status="2xx"')
    return {
        "server_good": round(rise(first, last, "http_requests_total", *labels) / passed, 1),
        "server_busy": round(rise(first, last, "process_cpu_seconds_total") / passed, 3),
        "queue_tokens": last.sum("dss_queue_depth"),
        "connections": last.sum("dss_open_connections"),
        "descriptors": last.sum("process_open_fds"),
        "resident_mb": round(last.sum("process_resident_memory_bytes") / 1e6, 2),
    }


def joined(run: Run, scrapes: list[Scrape]) -> list[dict]:
    """Each second with the server's view of the scrape interval that holds its middle; at least two scrapes."""
    times = np.array([one.at for one in scrapes])
    rows = []
    for row in client_rows(run):
        place = int(np.searchsorted(times, run.begun + row["second"] + 0.5))
        place = min(max(1, place), len(scrapes) - 1)
        rows.append(row | server_row(scrapes[place - 1], scrapes[place]))
    return rows
