"""AUC, identity bias and the figures of evaluation suites, against definitions and scikit-learn."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from training.encoder import suites
from training.encoder.auc import auc
from training.encoder.identity_bias import group_figures, power_mean

RNG = np.random.default_rng(5)


@pytest.mark.parametrize("levels", [3, 20, 10**6])
def test_auc_is_that_of_scikit_learn_with_and_without_ties(levels: int) -> None:
    truth = RNG.random(400) < 0.3
    score = (RNG.integers(0, levels, 400) + truth * levels / 4).astype(float)
    assert auc(truth, score) == pytest.approx(roc_auc_score(truth, score), abs=1e-12)


def test_auc_without_a_class_is_unknown() -> None:
    assert np.isnan(auc(np.array([True, True]), np.array([1.0, 2.0])))
    assert np.isnan(auc(np.array([], bool), np.array([])))


def test_a_group_whose_name_raises_scores_shows_in_bpsn_and_in_flags() -> None:
    toxic = np.array([0, 0, 1, 1, 0, 0, 1, 1], bool)
    group = np.array([1, 1, 1, 1, 0, 0, 0, 0], bool)
    score = np.array([0.7, 0.8, 0.95, 0.9, 0.1, 0.2, 0.6, 0.75])
    figures = group_figures(score, toxic, group, ~group, 0.5)
    assert figures == {"subgroup": 1.0, "bpsn": 0.25, "bnsp": 1.0, "flagged": 1.0, "clean_sentences": 2}


def test_power_mean_leans_to_the_worst() -> None:
    assert power_mean([0.9, 0.9]) == pytest.approx(0.9)
    assert 0.5 < power_mean([0.5, 1.0, 1.0]) < 0.65


def test_ranking_names_all_labels_and_both_means() -> None:
    truth = RNG.random((200, 6)) < 0.4
    ours = truth + RNG.normal(0, 0.5, (200, 6))
    peer = truth + RNG.normal(0, 2, (200, 6))
    figures = suites.ranking(truth, ours, peer, 50)
    assert len(figures) == 8
    mean = figures["mean of six"]
    assert mean["auc"] == pytest.approx(np.mean([auc(truth[:, c], ours[:, c]) for c in range(6)]))
    assert mean["interval"][0] < mean["auc"] < mean["interval"][1]
    assert mean["gain_interval"][0] > 0


def test_equal_scores_gain_nothing() -> None:
    truth = RNG.random((100, 6)) < 0.4
    score = RNG.random((100, 6))
    assert suites.ranking(truth, score, score, 20)["toxic"]["gain_interval"] == [0.0, 0.0]


def test_hatecheck_by_functionality() -> None:
    hateful = np.array([True, True, False, False])
    names = np.array(["slur", "threat", "quote", "quote"])
    figures = suites.hatecheck(hateful, names, np.array([0.9, 0.2, 0.1, 0.5]), 0.5)
    assert figures["functionalities"] == {"slur": 1.0, "threat": 0.0, "quote": 0.5}
    assert (figures["hateful"], figures["non_hateful"], figures["mean_of_halves"]) == (0.5, 0.5, 0.5)


def test_calibration_error() -> None:
    assert suites.calibration_error(np.array([True, False]), np.array([0.75, 0.75])) == pytest.approx(0.25)
    assert suites.calibration_error(np.array([True, False]), np.array([1.0, 0.0])) == 0
