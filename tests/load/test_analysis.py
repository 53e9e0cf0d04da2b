"""The mathematics of the load tests on inputs whose answer is known."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from load import analysis, bodies, report, scenarios
from load.generator import Answers
from load.server import parse


def answers(latency, status):
    return Answers(np.arange(len(status)) / 100, np.array(latency, float), np.array(status))


def test_percentiles_are_of_accepted_requests_alone():
    summary = analysis.summarise(answers([0.001] * 99 + [9.0], [200] * 99 + [503]), 2)
    assert (summary.offered, summary.goodput, summary.refused, summary.failed) == (50, 49.5, 1, 0)
    assert summary.p99 == pytest.approx(0.001)


def test_no_answer_is_a_failure():
    assert analysis.summarise(answers([0, 0.1], [0, 500]), 1).failed == 2


@pytest.mark.parametrize("true_knee", [3.0, 90.0, 1234.0, 71000.0])
def test_the_search_comes_within_a_twentieth_of_the_knee(true_knee):
    tried = []

    def below(rate):
        tried.append(rate)
        return rate <= true_knee

    found = analysis.knee(below, 100)
    assert true_knee / 1.06 <= found <= true_knee
    assert len(tried) < 25


def test_a_server_that_serves_nothing_has_no_knee():
    assert analysis.knee(lambda rate: False, 100) == 0


@pytest.mark.parametrize(("sigma", "kappa"), [(0.0, 0.0), (0.05, 0.0), (0.02, 0.001)])
def test_the_scalability_law_is_found_again(sigma, kappa):
    n = np.arange(1, 33)
    throughput = 1000 * n / (1 + sigma * (n - 1) + kappa * n * (n - 1))
    assert analysis.scalability(n, throughput) == pytest.approx((1000, sigma, kappa), rel=1e-6, abs=1e-9)


def scrape(good):
    return parse(f'http_requests_total{{handler="/analyze",method="POST",status="2xx"}} {good}\n', 0)


def test_counts_of_client_and_server():
    got = answers([0.1] * 5, [200, 200, 200, 503, 0])
    assert analysis.counts_agree(got, scrape(10), scrape(13))[0]
    assert analysis.counts_agree(got, scrape(10), scrape(14))[0], "one that the client gave up may have been answered"
    assert not analysis.counts_agree(got, scrape(10), scrape(12))[0]
    assert not analysis.counts_agree(got, scrape(10), scrape(15))[0]


def test_samples_are_summed_over_labels():
    one = parse('a_total{x="1",y="2"} 3\na_total{x="1",y="3"} 4.5\na_total_more 9\n# HELP a_total text\n', 0)
    assert one.sum("a_total", 'x="1"') == 7.5
    assert one.sum("a_total", 'y="3"') == 4.5
    assert one.sum("b_total") == 0


@pytest.mark.parametrize("chosen", scenarios.SCENARIOS, ids=lambda one: one.name)
def test_shapes_keep_their_rates_and_their_time(chosen):
    segments = scenarios.segments(chosen, scale=2, time_scale=10, knee=400)
    factor = 400 if chosen.of_knee else 2
    assert max(rate for rate, _ in segments) == pytest.approx(factor * max(rate for rate, _ in chosen.shape))
    wanted = sum(seconds for _, seconds in chosen.shape) / 10
    assert sum(seconds for _, seconds in segments) >= wanted - 1e-9
    assert all(rate >= 1 and seconds >= 1 for rate, seconds in segments)


def test_bodies_vary_and_are_the_same_in_every_run():
    lines = bodies.targets("http://h", "simple", "", count=200).splitlines()
    assert len(set(lines)) == 200
    assert lines == bodies.targets("http://h", "simple", "", count=200).splitlines()


def test_the_limit_is_named_from_evidence():
    assert "generator" in analysis.bottleneck(0.9, 0.2, 0, 0)
    assert "encoder" in analysis.bottleneck(0.95, 0, 0.3, 0.9)
    assert "processor" in analysis.bottleneck(0.95, 0, 0, 0)
    assert "nothing" in analysis.bottleneck(0.2, 0, 0, 0)


def test_a_report_needs_nothing_else():
    x = np.arange(10.0)
    text = report.page(
        "a & b", ["<fact>"], [(False, "x < y")], [{"n": 1}], [report.plot("p", "ms", {"a": (x, x)}, "s")]
    )
    assert "http" not in text and "<fact>" not in text and "&lt;fact&gt;" in text
    assert "class=bad>does not hold" in text and "<polyline" in text
