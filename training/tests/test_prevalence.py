"""Weights for rows sampled by label."""

import numpy as np
import pytest

from training.linear.prevalence import natural_weights


def rows(count: int, rates: tuple[float, float], seed: int) -> np.ndarray:
    return np.random.default_rng(seed).random((count, 2)) < rates


def test_natural_rows_alone_weigh_the_same() -> None:
    truth = rows(500, (0.2, 0.05), 0)
    np.testing.assert_allclose(natural_weights(truth, np.ones(500, bool)), 1)


@pytest.mark.parametrize("seed", range(10))
def test_weighted_shares_are_those_of_the_natural_rows(seed: int) -> None:
    natural_rows, sampled = rows(2000, (0.1, 0.02), seed), rows(3000, (0.5, 0.3), seed + 100)
    truth = np.concatenate([natural_rows, sampled])
    natural = np.arange(5000) < 2000
    weights = natural_weights(truth, natural)
    assert weights.mean(axis=0) == pytest.approx([1, 1])
    for label in range(2):
        share = np.average(truth[:, label], weights=weights[:, label])
        assert share == pytest.approx(natural_rows[:, label].mean())
        labelled = np.average(truth.any(axis=1), weights=weights[:, label])
        assert labelled == pytest.approx(natural_rows.any(axis=1).mean())


def test_what_never_occurs_naturally_weighs_nothing() -> None:
    truth = np.array([[False], [False], [True]])
    np.testing.assert_allclose(natural_weights(truth, np.array([True, False, False]))[:, 0], [1.5, 1.5, 0])
