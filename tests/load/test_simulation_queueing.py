"""The formulas on values of textbooks, and the discrete-event engine against the formulas."""

import math
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from load.simulation import queueing
from load.simulation.arrivals import steady
from load.simulation.parameters import Service, Shape
from load.simulation.requests import Requests
from load.simulation.timeline import Timeline

ENDLESS = 10**9


def test_erlang_c_of_one_server_is_its_load():
    assert queueing.erlang_c(1, 0.7) == pytest.approx(0.7)


@pytest.mark.parametrize(("servers", "load"), [(2, 1.0), (3, 2.0), (10, 8.5), (100, 90.0)])
def test_erlang_c_is_its_defining_sum(servers, load):
    last = load**servers / math.factorial(servers) * servers / (servers - load)
    below = sum(load**k / math.factorial(k) for k in range(servers))
    assert queueing.erlang_c(servers, load) == pytest.approx(last / (below + last), rel=1e-9)


def test_a_queue_without_steady_state_is_refused():
    with pytest.raises(ValueError, match="no steady state"):
        queueing.erlang_c(2, 2.0)


def test_the_mean_wait_is_that_of_mm1_and_half_of_it_for_constant_service():
    assert queueing.mean_wait(0.8, 1, 1, 1) == pytest.approx(4)
    assert queueing.mean_wait(0.8, 1, 1, 0) == pytest.approx(2)


def test_quantiles_grow_from_zero():
    at = [queueing.wait_quantile(part, 0.5, 1, 1, 1) for part in (0.1, 0.5, 0.9, 0.99)]
    assert at[:2] == [0, 0] and 0 < at[2] < at[3]
    assert at[3] == pytest.approx(math.log(50) / 0.5)  # P(W > t) = ρ exp(−(1 − ρ)t)


def waits(rate: float, cores: int, variation: float, seed: int) -> np.ndarray:
    """Waits in one pod, service time 1 s, about 290,000 of them after the first 10,000.

    What the engine calls latency is the wait and 1/weight of the service: with a weight without end, the wait alone.
    """
    service = Service("test", 1 / ENDLESS, variation, ENDLESS**2, 0)
    engine = Requests(service, Shape(cores, 1, 0), steady(rate * ENDLESS), Timeline(1e12), seed=seed, weight=ENDLESS)
    engine.direct([engine.queue(0)])
    engine.advance(0, 3e5 / rate)
    return np.array(engine.timeline.latencies[0])[10_000:]


@pytest.mark.parametrize(("cores", "rate"), [(1, 0.5), (1, 0.8), (2, 1.4), (8, 6.8)])
def test_mmc_is_erlangs(cores, rate):
    got = waits(rate, cores, 1, seed=3)
    assert (got > 1e-6).mean() == pytest.approx(queueing.erlang_c(cores, rate), rel=0.04)
    assert got.mean() == pytest.approx(queueing.mean_wait(rate, 1, cores, 1), rel=0.08)
    assert np.quantile(got, 0.99) == pytest.approx(queueing.wait_quantile(0.99, rate, 1, cores, 1), rel=0.1)


@pytest.mark.parametrize("rate", [0.5, 0.7, 0.85])
@pytest.mark.parametrize("variation", [0, 0.5])
def test_mg1_is_pollaczeks_and_khinchines(rate, variation):
    got = waits(rate, 1, variation, seed=5)
    assert got.mean() == pytest.approx(queueing.mean_wait(rate, 1, 1, variation), rel=0.06)


def test_a_bounded_queue_refuses_as_mmck_says():
    """M/M/1 with K = 5 places, ρ = 0.9: P(full) = (1 − ρ)ρ⁵ / (1 − ρ⁶)."""
    service = Service("test", 1.0, 1, 4, 0)
    engine = Requests(service, Shape(1, 1, 0), steady(0.9), Timeline(1e12), seed=7)
    engine.direct([engine.queue(0)])
    engine.advance(0, 3e5)
    part = engine.timeline.total("refused") / engine.timeline.total("offered")
    assert part == pytest.approx(0.1 * 0.9**5 / (1 - 0.9**6), rel=0.03)
