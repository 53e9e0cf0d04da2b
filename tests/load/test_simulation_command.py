"""load/fleet as one calls it: tables, JSON, pages; sizes against arithmetic."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from load.simulation import sizing
from load.simulation.arrivals import moments, service_times, steady, wave
from load.simulation.parameters import SERVICES, Prices, Shape

ROOT = Path(__file__).resolve().parents[2]


def fleet(*arguments) -> str:
    run = subprocess.run([ROOT / "load/fleet", *arguments], capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.mark.parametrize("rate", [100, 10_000, 1_000_000])
@pytest.mark.parametrize("model", sorted(SERVICES))
def test_one_pod_fewer_would_be_too_few(model, rate):
    service, shape = SERVICES[model], Shape()
    pods = sizing.pods_for(rate, service, shape, 0.65, 1)
    power = shape.cores / service.seconds / shape.slowdown()
    assert 0.65 * power * (pods - 1) < rate <= 0.65 * power * pods * (1 + 1e-9)


def test_cost_is_cores_and_memory():
    assert Prices(0.04, 0.005, 730).month(10, Shape(2, 0.5)) == pytest.approx(10 * 730 * (0.08 + 0.0025))


def test_sizing_prints_what_its_json_says(tmp_path):
    figures = json.loads(fleet("sizing", "--rates", "20000", "--json"))["sizing"]
    bert = next(one for one in figures if one["model"] == "bert")
    assert bert["cores"] == 2 * bert["pods"] and bert["load"] < 0.65
    assert 0 < bert["wait"] < bert["p99"] * 3 < 0.02
    line = next(line for line in fleet("sizing", "--rates", "20000").splitlines() if line.startswith("bert"))
    assert line.split()[1:3] == ["20,000", str(bert["pods"])]


def test_a_story_writes_a_page_that_needs_nothing_else(tmp_path):
    said = fleet("burst", "--requests", "50000", "--engine", "fluid", "--out", str(tmp_path))
    (page,) = tmp_path.glob("*.html")
    assert str(page) in said
    text = page.read_text()
    assert text.count("<svg") == 5 and "http" not in text and "nan" not in text
    assert "holds: arrivals = answered" in text and "does not hold" not in text


def test_too_low_a_limit_of_replicas_is_raised_and_said(tmp_path):
    command = [ROOT / "load/fleet", "burst", "--rate", "100000", "--engine", "fluid", "--json", "--out", tmp_path]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert "maxReplicas raised from 20 to" in run.stderr
    assert json.loads(run.stdout)["burst"]["replicas_most"] > 20


def test_arrivals_are_poisson_or_in_batches():
    for batch, dispersion in ((1, 1), (10, 19)):  # a compound Poisson's variance over mean: 2 × batch − 1
        times = moments(steady(500), 0, 400, np.random.default_rng(2), batch)
        assert (np.diff(times) >= 0).all() and times[0] >= 0 and times[-1] < 400
        counts = np.histogram(times, 400, (0, 400))[0]
        assert counts.mean() == pytest.approx(500, rel=0.03)
        assert counts.var() / counts.mean() == pytest.approx(dispersion, rel=0.25)


@pytest.mark.parametrize("variation", [0, 0.5, 1])
def test_service_times_have_their_mean_and_spread(variation):
    times = service_times(3.0, variation, 200_000, np.random.default_rng(1))
    assert times.mean() == pytest.approx(3, rel=0.01)
    assert times.std() / times.mean() == pytest.approx(variation, rel=0.02)


def test_the_wave_has_its_night_and_its_mean():
    rate = wave(100, 0.8)
    assert rate(0) == pytest.approx(20) and rate(43200) == pytest.approx(180)
    assert np.mean([rate(at) for at in range(0, 86400, 60)]) == pytest.approx(100)
