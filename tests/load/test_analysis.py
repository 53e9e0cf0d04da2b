"""The mathematics of the load tests on inputs whose answer is known."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from load import analysis
from load.analysis import Outcome
from load.answers import NOT_SENT, Answers


def answers(latency, status, rate=100.0, late=None, retry_after=True, stalled=None):
    count = len(status)
    zeros = np.zeros(count)
    return Answers(
        np.arange(count) / rate,
        np.array(latency, float),
        zeros if late is None else np.array(late, float),
        np.array(status),
        np.full(count, retry_after),
        np.zeros(count, bool) if stalled is None else np.array(stalled),
    )


def test_percentiles_are_of_accepted_requests_alone():
    summary = analysis.summarise(answers([0.001] * 99 + [9.0], [200] * 99 + [503]), (100.0, 1.0))
    assert (summary.offered, summary.good_share, summary.refused, summary.failed) == (100, 0.99, 1, 0)
    assert summary.p99 == pytest.approx(0.001)


def test_no_answer_is_a_failure():
    assert analysis.summarise(answers([0, 0.1], [0, 500]), (2.0, 1.0)).failed == 2


def test_what_was_offered_is_what_was_scheduled_not_what_was_sent():
    half = answers([0.001] * 100, [200] * 50 + [NOT_SENT] * 50, late=[0.0] * 50 + [6.0] * 50)
    summary = analysis.summarise(half, (100.0, 1.0))
    assert (summary.offered, summary.sent, summary.good_share) == (100, 50, 0.5)
    assert (summary.failed, summary.late_share) == (50, 0.5)
    assert analysis.outcome(summary, server_busy=0.3) is Outcome.GENERATOR
    assert analysis.outcome(summary, server_busy=0.97) is Outcome.PASSED, "both are full: the server's is the knee"


def test_goodput_lasts_until_the_last_answer():
    queued = answers(np.linspace(0.0, 1.0, 100), [200] * 100)
    assert analysis.summarise(queued, (100.0, 1.0)).goodput == pytest.approx(100 / 1.99)


def test_a_refusal_without_retry_after_is_told():
    silent = answers([0.001] * 4, [200, 503, 429, 200], retry_after=False)
    assert analysis.summarise(silent, (4.0, 1.0)).refused_silently == 2


def test_waiting_for_a_connection_is_not_the_generators_fault():
    stalled = answers([0.5] * 100, [200] * 100, late=[0.4] * 100, stalled=[True] * 100)
    summary = analysis.summarise(stalled, (100.0, 1.0))
    assert (summary.late_share, summary.stalled_share) == (0, 1)
    assert analysis.outcome(summary, 0.3) is Outcome.PASSED


def test_no_answers_at_all_make_a_summary():
    summary = analysis.summarise(answers([], []), (1.0, 1.0))
    assert summary.goodput == 0 and np.isnan(summary.p99)


def knee_of(true_knee, most=float("inf"), begin=100):
    tried = []

    def attempt(rate):
        tried.append(rate)
        if rate <= min(true_knee, most):
            return Outcome.HOLDS
        return Outcome.GENERATOR if rate > most else Outcome.PASSED

    return analysis.find_knee(attempt, begin), tried


@pytest.mark.parametrize("true_knee", [3.0, 90.0, 1234.0, 71000.0])
def test_the_search_comes_within_a_twentieth_of_the_knee(true_knee):
    found, tried = knee_of(true_knee)
    assert true_knee / 1.06 <= found.rate <= true_knee
    assert not found.generator_limited
    assert len(tried) < 25


def test_a_search_that_the_generator_ended_says_so():
    found, tried = knee_of(50000, most=8000)
    assert 8000 / 1.06 <= found.rate <= 8000
    assert found.generator_limited
    assert max(tried) <= 2 * 8000, "a generator that cannot keep up is not asked for more"


def test_a_generator_that_gave_up_far_above_the_knee_does_not_spoil_it():
    found, _ = knee_of(130, most=150)
    assert not found.generator_limited


def test_a_server_that_serves_nothing_has_no_knee():
    assert knee_of(0)[0].rate == 0


def after_overload(bad_for, calm=0.002, rate=1000.0, seconds=5.0):
    count = int(rate * seconds)
    latency = np.where(np.arange(count) / rate < bad_for, 0.5, calm)
    return answers(latency, [200] * count, rate)


@pytest.mark.parametrize("bad_for", [0.0, 0.7, 2.5])
def test_recovery_ends_with_the_last_slow_answers(bad_for):
    assert analysis.recovery(after_overload(bad_for), 0.002) == pytest.approx(bad_for, abs=0.11)


def test_refusals_after_the_overload_put_recovery_off():
    calm = after_overload(0.0)
    calm.status[1500] = 503
    assert analysis.recovery(calm, 0.002) == 0, "one second was whole"
    calm.status[500] = 503
    calm.status[:400] = 503
    assert analysis.recovery(calm, 0.002) == pytest.approx(1.6, abs=0.11)


def test_what_never_recovers_takes_for_ever():
    assert analysis.recovery(after_overload(9.0), 0.002) == float("inf")
    assert analysis.recovery(answers([], []), 0.002) == float("inf")


@pytest.mark.parametrize(("sigma", "kappa"), [(0.0, 0.0), (0.05, 0.0), (0.02, 0.001)])
def test_the_scalability_law_is_found_again(sigma, kappa):
    n = np.arange(1, 33)
    throughput = 1000 * n / (1 + sigma * (n - 1) + kappa * n * (n - 1))
    assert analysis.scalability(n, throughput) == pytest.approx((1000, sigma, kappa), rel=1e-6, abs=1e-9)


def test_two_points_tell_contention_alone():
    assert analysis.scalability(np.array([1, 2]), np.array([1000.0, 1600.0])) == pytest.approx((1000, 0.25, 0))
