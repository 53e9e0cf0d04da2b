"""Calibration curves: monotone, right on rows they were not fitted to, and simple where data is short."""

import numpy as np
import pytest

from training.linear.calibration import LEAST_SLOPE, Curve, fit_curve, sigmoid


def sample(rows: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Logits of a model that is too sure of itself, the more so above 0, with their truths."""
    rng = np.random.default_rng(seed)
    logit = rng.normal(-3, 3, rows)
    true_logit = np.where(logit > 0, 0.3 * logit, 0.8 * logit)
    return logit, rng.random(rows) < sigmoid(true_logit)


def test_recovers_a_bent_curve() -> None:
    curve = fit_curve(*sample(40_000, 0))
    logit, truth = sample(40_000, 1)
    p = curve.probability(logit)
    for low in np.arange(0, 1, 0.1):
        inside = (p >= low) & (p < low + 0.1)
        if inside.sum() > 300:
            assert p[inside].mean() == pytest.approx(truth[inside].mean(), abs=0.05)


@pytest.mark.parametrize("seed", range(20))
def test_is_strictly_monotone(seed: int) -> None:
    rng = np.random.default_rng(seed)
    logit = rng.normal(size=2000)
    truth = rng.random(2000) < sigmoid(-2 + np.sin(3 * logit))
    curve = fit_curve(logit, truth)
    assert (np.diff(curve.x) > 0).all()
    assert (np.diff(curve.y) >= LEAST_SLOPE * np.diff(curve.x) - 1e-4).all()


def test_few_positives_give_a_straight_line() -> None:
    rng = np.random.default_rng(3)
    logit = rng.normal(size=3000)
    truth = np.zeros(3000, bool)
    truth[np.argsort(logit)[-20:]] = True
    assert len(fit_curve(logit, truth).x) == 2


def test_end_pieces_go_on() -> None:
    curve = Curve(np.array([-1.0, 0.0, 2.0]), np.array([-3.0, 0.0, 1.0]))
    np.testing.assert_allclose(curve(np.array([-2.0, -1.0, -0.5, 0.0, 1.0, 4.0])), [-6, -3, -1.5, 0, 0.5, 2])


def test_sigmoid_does_not_overflow() -> None:
    np.testing.assert_allclose(sigmoid(np.array([-1e4, 0.0, 1e4])), [0, 0.5, 1])


def test_weights_count_like_repeated_rows() -> None:
    logit, truth = sample(3000, 5)
    times = np.random.default_rng(6).integers(1, 4, 3000)
    repeated = fit_curve(np.repeat(logit, times), np.repeat(truth, times))
    weighted = fit_curve(logit, truth, times.astype(float))
    grid = np.linspace(-6, 3, 30)
    np.testing.assert_allclose(weighted.probability(grid), repeated.probability(grid), atol=0.02)


def test_weights_undo_over_sampling() -> None:
    logit, truth = sample(40_000, 7)
    kept = truth | (np.random.default_rng(8).random(40_000) < 0.25)
    weight = np.where(truth, 1.0, 4.0)[kept]
    curve = fit_curve(logit[kept], truth[kept], weight)
    assert curve.probability(logit).mean() == pytest.approx(truth.mean(), abs=0.01)
