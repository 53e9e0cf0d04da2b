"""bench/served: the simulated queue against what queueing theory knows, and its service times."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench" / "served"))

import queueing

CONSTANT = queueing.ServiceTime(start=0.001, per_token=0, per_text=0)


def test_without_batches_and_with_constant_times_it_waits_as_m_d_1():
    plan = list(queueing.arrivals([1], rate=700, count=200_000, seed=1))
    times = queueing.sojourn_times(plan, CONSTANT, batch_tokens=1)
    waits = sum(times) / len(times) - 0.001
    assert waits == pytest.approx(0.7 / (2 * (1 - 0.7)) * 0.001, rel=0.05)  # Pollaczek and Khinchine


def test_texts_that_wait_share_a_batch_up_to_its_tokens():
    service = queueing.ServiceTime(start=1, per_token=0.1, per_text=0)
    times = queueing.sojourn_times([(0, 4), (0.5, 4), (0.6, 4), (0.7, 4)], service, batch_tokens=8)
    assert times == pytest.approx([1.4, 2.7, 2.6, 3.9])  # batches end at 1.4, 3.2 and 4.6


def test_every_text_is_answered_once_and_none_before_its_own_time():
    plan = list(queueing.arrivals([8, 64, 300], rate=400, count=5000, seed=2))
    times = queueing.sojourn_times(plan, CONSTANT, batch_tokens=256)
    assert len(times) == 5000
    assert min(times) >= 0.001 - 1e-9


def test_the_line_through_points():
    assert queueing.straight_line([(10, 3.0), (20, 5.0), (40, 9.0)]) == pytest.approx((1.0, 0.2))
    assert queueing.quantile(range(100), 0.99) == 99
