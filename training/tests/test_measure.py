"""The second opinion on `dss eval`: its own arithmetic, and how it compares."""

import numpy as np
import pytest

from evaluation.measure import aucs, differences, expected_calibration_error, intervals, rounded


def test_auc_counts_pairs() -> None:
    truth = np.array([[0], [1], [0], [1]], bool)
    assert aucs(truth, np.array([[0.1], [0.2], [0.3], [0.4]]))[0] == pytest.approx(0.75)
    assert np.isnan(aucs(np.zeros((4, 1), bool), np.zeros((4, 1)))[0])


def test_intervals_hold_the_estimate() -> None:
    rng = np.random.default_rng(0)
    truth = rng.random((400, 6)) < 0.3
    p = rng.random((400, 6)) + 0.5 * truth
    low, high = intervals(truth, p, 100)
    area = aucs(truth, p)
    assert (low[:6] < area).all()
    assert (area < high[:6]).all()


def test_calibration_error_of_honest_and_of_boastful_scores() -> None:
    rng = np.random.default_rng(0)
    p = rng.random(20_000)
    truth = rng.random(20_000) < p
    assert expected_calibration_error(truth, p) < 0.02
    assert expected_calibration_error(np.zeros(100, bool), np.ones(100)) == 1


def test_differences_are_named() -> None:
    ours = {"a": 1.0, "b": {"c": [0.5, 0.6], "d_interval": [0.1, 0.2]}}
    near = {"a": 1.0001, "b": {"c": [0.5, 0.6], "d_interval": [0.103, 0.2]}}
    assert differences(ours, near, 1.5e-4) == []
    assert differences(ours, {"a": 1.1, "b": ours["b"]}, 1.5e-4) == ["a: 1.0 here, 1.1 there"]
    assert len(differences(ours, {"a": 1.0}, 1.5e-4)) == 1


def test_rounded() -> None:
    assert rounded({"a": [np.float64(0.123456), 3, "x"]}) == {"a": [0.1235, 3, "x"]}
