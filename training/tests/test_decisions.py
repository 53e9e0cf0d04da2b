"""Thresholds and the reference histogram."""

import numpy as np
import pytest

from training.linear.decisions import (
    MOST_INNOCENT,
    MOST_THRESHOLD,
    best_threshold,
    best_thresholds,
    reference_histogram,
    uncertain_band,
)

NOBODY = np.zeros(0)


def test_threshold_separates_where_it_can() -> None:
    p = np.array([0.05] * 50 + [0.3] * 5 + [0.55] * 10)
    truth = np.array([False] * 55 + [True] * 10)
    assert 0.3 < best_threshold(p, truth, NOBODY) <= 0.55


def test_imprecise_flags_are_not_worth_their_f1() -> None:
    p = np.array([0.4] * 100)
    truth = np.arange(100) < 45
    assert best_threshold(p, truth, NOBODY) == MOST_THRESHOLD


def test_histogram_bins_are_closed_above() -> None:
    shares = reference_histogram(np.array([0.0, 0.004, 0.005, 0.10, 0.104, 0.106, 1.0, 0.99]))
    assert len(shares) == 11
    assert sum(shares) == pytest.approx(1, abs=1e-9)
    assert shares[0] == 2 / 8
    assert shares[1] == 3 / 8
    assert shares[2] == 1 / 8
    assert shares[10] == 2 / 8


def test_band_surrounds_one_half() -> None:
    band = uncertain_band()
    assert band["low"] < 0.5 < band["high"]
    assert band["low"] + band["high"] == pytest.approx(1)


def test_threshold_spares_the_innocent() -> None:
    p = np.array([0.05] * 50 + [0.3] * 5 + [0.35] * 10 + [0.59] * 10)
    truth = np.array([False] * 50 + [True] * 25)
    assert best_threshold(p, truth, NOBODY) <= 0.3
    assert best_threshold(p, truth, np.array([0.4] * 10)) > 0.4


def test_weights_change_what_is_precise() -> None:
    p = np.array([0.05] * 50 + [0.35] * 20 + [0.55] * 10)
    truth = np.array([False] * 50 + [True] * 12 + [False] * 8 + [True] * 10)
    assert best_threshold(p, truth, NOBODY) <= 0.35
    assert best_threshold(p, truth, NOBODY, np.where(truth, 1.0, 4.0)) > 0.35


@pytest.mark.parametrize("seed", range(5))
def test_all_labels_together_spare_the_innocent(seed: int) -> None:
    rng = np.random.default_rng(seed)
    truth = rng.random((4000, 3)) < 0.2
    p = np.where(truth, rng.uniform(0.3, 1, truth.shape), rng.uniform(0, 0.35, truth.shape))
    innocent = rng.beta(1, 30, (20_000, 3))
    thresholds = best_thresholds(p, truth, innocent, np.ones(truth.shape))
    assert len(thresholds) == 3
    assert (innocent >= np.array(thresholds)).any(axis=1).mean() <= MOST_INNOCENT
