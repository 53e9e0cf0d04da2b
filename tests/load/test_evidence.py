"""Client against server, the bottleneck, the timeline, on scrapes whose answer is known."""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from load import agreement, checks, evidence, scenarios, timeline
from load.analysis import summarise
from load.answers import Answers, Run
from load.evidence import Evidence
from load.server import parse

BOUNDS = (0.001, 0.0015, 0.00225, 0.003375, 0.005)


def answered(latency, status):
    count = len(status)
    flat = np.zeros(count, bool)
    return Answers(np.arange(count) / 100, np.array(latency, float), np.zeros(count), np.array(status), flat, flat)


def scrape(good, at=0.0, **more):
    lines = [f'http_requests_total{{handler="/analyze",method="POST",status="2xx"}} {good}']
    lines += [f"{name} {value}" for name, value in more.items()]
    return parse("\n".join(lines) + "\n", at)


def histogram(counts):
    name = "dss_request_duration_seconds_bucket"
    cumulative = np.cumsum(counts)
    lines = [f'{name}{{handler="/analyze",le="{b}"}} {n}' for b, n in zip((*BOUNDS, "+Inf"), cumulative, strict=True)]
    lines.append(f'{name}{{handler="/v1/other",le="0.001"}} 999')
    return parse("\n".join(lines) + "\n", 0)


def test_counts_of_client_and_server():
    got = answered([0.1] * 5, [200, 200, 200, 503, 0])
    assert agreement.counts(got, scrape(10), scrape(13))[0]
    assert agreement.counts(got, scrape(10), scrape(14))[0], "one that the client gave up may have been answered"
    assert not agreement.counts(got, scrape(10), scrape(12))[0]
    assert not agreement.counts(got, scrape(10), scrape(15))[0]


@pytest.mark.parametrize(("client", "holds"), [(0.0012, True), (0.002, True), (0.003, True), (0.004, False)])
def test_p95_is_compared_bucket_by_bucket(client, holds):
    got = answered([client] * 100, [200] * 100)
    before, after = histogram([5, 0, 0, 0, 0, 0]), histogram([5, 0, 100, 0, 0, 0])
    assert agreement.percentiles(got, before, after, 0.0)[0] is holds


def test_time_outside_the_server_is_allowed_for_and_no_more():
    got = answered([0.0049] * 100, [200] * 100)
    before, after = histogram([0] * 6), histogram([0, 0, 100, 0, 0, 0])
    assert agreement.percentiles(got, before, after, 0.002)[0]
    assert not agreement.percentiles(got, before, after, 0.0001)[0]
    early = answered([0.0001] * 100, [200] * 100)
    assert not agreement.percentiles(early, before, after, 0.002)[0], "no client is faster than the server"


def test_nothing_to_compare_does_not_hold():
    assert not agreement.percentiles(answered([0.1], [200]), histogram([0] * 6), histogram([0] * 6), 0)[0]


def test_samples_are_summed_over_labels():
    one = parse('a_total{x="1",y="2"} 3\na_total{x="1",y="3"} 4.5\na_total_more 9\n# HELP a_total text\n', 0)
    assert one.sum("a_total", 'x="1"') == 7.5
    assert one.sum("a_total", 'y="3"') == 4.5
    assert one.sum("b_total") == 0


CALM = Evidence(server_busy=0.2, generator_busy=0.3, late=0, stalled=0, refused=0, queue=0, throttled=0)


@pytest.mark.parametrize(
    ("seen", "word"),
    [
        ({}, "nothing yet"),
        ({"server_busy": 0.95}, "processor"),
        ({"late": 0.2, "generator_busy": 0.97}, "generator: 20% of its requests left late, its core 97% busy"),
        ({"late": 0.2, "server_busy": 0.95}, "server's processor"),
        ({"refused": 0.3, "server_busy": 0.95}, "processor, 95% busy; its event loop refused 30%"),
        ({"refused": 0.3, "server_busy": 0.95, "queue": 0.9}, "encoder"),
        ({"queue": 0.9}, "encoder"),
        ({"stalled": 0.3}, "connections"),
        ({"throttled": 0.3}, "control group"),
    ],
)
def test_the_limit_is_named_from_evidence(seen, word):
    assert word in evidence.bottleneck(replace(CALM, **seen))


def stages(at, **sums_and_counts):
    name = "dss_stage_duration_seconds"
    lines = []
    for stage, (total, count) in sums_and_counts.items():
        lines += [f'{name}_sum{{stage="{stage}"}} {total}', f'{name}_count{{stage="{stage}"}} {count}']
    return parse("\n".join(lines) + "\n", at)


def test_service_and_waiting_are_kept_apart():
    first = stages(0, infer=(1, 10), parse=(1, 10), queue=(0, 0), normalize=(0, 0))
    last = stages(9, infer=(4, 20), parse=(2, 20), queue=(7, 10), normalize=(0, 0))
    means = evidence.stages(first, last)
    assert means == pytest.approx({"queue": 0.7, "infer": 0.3, "parse": 0.1})
    words = evidence.stages_in_words(means)
    assert "service 400000.0 µs (infer 300000.0, parse 100000.0); waiting in the queue before it 700000 µs" in words


def run_of(seconds=3):
    return Run(1000.0, ((100.0, float(seconds)),), (answered([0.002] * 100 * seconds, [200] * 100 * seconds),), 0.1)


def test_the_timeline_joins_by_time():
    scrapes = [scrape(100 * n, 1000.0 + n, process_cpu_seconds_total=0.5 * n, dss_queue_depth=n) for n in range(4)]
    rows = timeline.joined(run_of(), scrapes)
    assert [row["due"] for row in rows] == [100, 100, 100]
    assert [row["server_good"] for row in rows] == [100, 100, 100]
    assert [row["server_busy"] for row in rows] == [0.5, 0.5, 0.5]
    assert [row["queue_tokens"] for row in rows] == [1, 2, 3]


def test_evidence_is_of_the_hardest_part():
    run = Run(
        1000.0, ((1.0, 2.0), (100.0, 2.0)), (answered([0.1] * 2, [200] * 2), answered([0.1] * 200, [200] * 200)), 0.4
    )
    scrapes = [scrape(0, 1000.0 + n, process_cpu_seconds_total=max(0, n - 2) * 0.9) for n in range(5)]
    parts = [summarise(part, segment) for part, segment in zip(run.parts, run.segments, strict=True)]
    seen = evidence.gather(run, parts, scrapes)
    assert seen.server_busy == pytest.approx(0.9)
    assert seen.generator_busy == 0.4


def endurance_checks(memory, descriptors, heap=lambda n: 20e6):
    run = run_of(30)
    scrapes = [
        scrape(
            0,
            1000.0 + n,
            process_resident_memory_bytes=memory(n),
            dss_heap_allocated_bytes=heap(n),
            process_open_fds=descriptors(n),
        )
        for n in range(31)
    ]
    return [fine for fine, _ in checks.endurance(run, scrapes)]


def test_endurance_allows_a_megabyte_and_no_descriptor():
    assert endurance_checks(lambda n: 50e6 + min(n, 10) * 1e6, lambda n: 20) == [True, True, True, True]
    assert endurance_checks(lambda n: 50e6 + n * 1e5, lambda n: 20) == [False, True, True, True]
    assert endurance_checks(lambda n: 50e6, lambda n: 20 + n // 20) == [True, True, False, True]
    assert endurance_checks(lambda n: 50e6, lambda n: 20, lambda n: 20e6 + n * 1e5) == [True, False, True, True]


def verdict(verdicts, words):
    return next(fine for fine, what in verdicts if words in what)


def test_an_overload_that_is_answered_late_and_silently_does_not_hold():
    parts = (answered([0.001] * 100, [200] * 100), answered(np.linspace(0, 3, 200), [200, 503] * 100))
    parts += (answered([0.5] * 200, [200] * 200),)
    run = Run(1000.0, ((100.0, 1.0), (200.0, 1.0), (100.0, 2.0)), parts, 0.1)
    overload = next(one for one in scenarios.SCENARIOS if one.overload)
    summaries = [summarise(part, segment) for part, segment in zip(run.parts, run.segments, strict=True)]
    found = checks.all_of(overload, run, summaries, [scrape(0, 1000), scrape(400, 1004)], "simple", 100.0, 0.0)
    assert verdict(found, "client 2xx")
    for words in ("Retry-After", "goodput", "P99 of accepted", "times that at 80 %", "recovered"):
        assert not verdict(found, words), words
