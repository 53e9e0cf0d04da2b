"""Blend, calibration and thresholds on made-up scores whose right answer is known."""

import numpy as np
import pytest

from training.encoder.auc import auc, weighted_auc
from training.encoder.blend import MOST, blend, likeliest_weight, ranking_weight
from training.encoder.corpus import Corpus
from training.encoder.decisions import balanced_threshold, cautious_threshold, decide
from training.encoder.recipe import Recipe
from training.linear.calibration import Curve, sigmoid
from training.tables import LABELS


def scores(rows: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two independent readings of the same logit and the truth drawn from it."""
    rng = np.random.default_rng(seed)
    logit = rng.normal(-1, 2, rows)
    truth = rng.random(rows) < sigmoid(logit)
    return logit + rng.normal(0, 1, rows), logit + rng.normal(0, 1, rows), truth


RULES = pytest.mark.parametrize("fit", [likeliest_weight, ranking_weight])


@RULES
def test_two_equally_good_models_weigh_the_same(fit) -> None:
    encoder, linear, truth = scores(20000)
    assert fit(encoder, linear, truth, np.ones(len(truth))) == pytest.approx(1, abs=0.12)


@RULES
def test_a_useless_or_contrary_model_weighs_nothing(fit) -> None:
    encoder, linear, truth = scores(5000)
    noise = np.random.default_rng(2).normal(size=len(truth))
    assert fit(encoder, noise, truth, np.ones(len(truth))) < 0.1
    assert fit(encoder, -linear, truth, np.ones(len(truth))) == 0


def test_a_weight_has_a_bound() -> None:
    encoder, linear, truth = scores(5000)
    noise = np.random.default_rng(2).normal(size=len(truth))
    assert likeliest_weight(noise, linear, truth, np.ones(len(truth))) == MOST
    assert MOST - 0.05 < ranking_weight(0.1 * noise, linear, truth, np.ones(len(truth))) <= MOST


@RULES
def test_a_weight_needs_both_classes(fit) -> None:
    encoder, linear, truth = scores(5000)
    assert fit(encoder, linear, np.ones(len(truth), bool), np.ones(len(truth))) == 0


@RULES
def test_rows_of_no_cost_do_not_count(fit) -> None:
    encoder, linear, truth = scores(4000)
    cost = np.ones(4000)
    cost[2000:] = 0
    wrong = truth.copy()
    wrong[2000:] = ~truth[2000:]
    assert fit(encoder, linear, wrong, cost) == fit(encoder, linear, truth, cost)


def test_weighted_area_counts_a_row_as_often_as_it_weighs() -> None:
    encoder, _, truth = scores(400)
    times = np.random.default_rng(3).integers(0, 4, 400)
    again = np.repeat(np.arange(400), times)
    assert weighted_auc(truth, encoder, times) == pytest.approx(auc(truth[again], encoder[again]))
    assert np.isnan(weighted_auc(np.ones(3, bool), encoder[:3], np.ones(3)))


def test_blend_is_the_weighted_sum() -> None:
    assert blend(np.array([[1.0, 2.0]]), np.array([[10.0, 20.0]]), np.array([0.5, 0])).tolist() == [[6.0, 2.0]]


def test_balanced_threshold_lies_between_the_classes_whatever_their_size() -> None:
    p = np.array([0.1] * 90 + [0.2] * 10 + [0.6] * 5)
    truth = np.array([False] * 100 + [True] * 5)
    assert 0.2 < balanced_threshold(p, truth, np.full(105, "a")) <= 0.6


def test_the_card_has_every_label() -> None:
    recipe = Recipe()
    names = [source.name for source in recipe.sources]
    chosen = ("jigsaw", "jigsaw_natural", "innocent_words", "own_sentences", "toxigen")
    rng = np.random.default_rng(9)
    source = rng.choice([names.index(name) for name in chosen], 6000)
    logits = rng.normal(-2, 2, (6000, 6))
    target = (rng.random((6000, 6)) < sigmoid(logits)).astype(np.float32)
    target[source == names.index("innocent_words")] = 0
    ones = np.ones((6000, 6), np.float32)
    rows = Corpus([], target, ones, source, np.zeros(6000, np.float32), np.zeros(6000, np.float32), np.ones(6000, bool))
    card = decide(logits, rows, np.arange(6000), recipe)
    assert set(card["calibration"]) == set(card["thresholds"]) == set(LABELS)
    assert all(0 < value < 1 for value in card["thresholds"].values())
    assert sum(card["reference_histogram"]) == pytest.approx(1)
    assert all(np.diff(curve["y"]).min() > 0 for curve in card["calibration"].values())


def test_rows_sampled_by_their_labels_do_not_raise_the_rate() -> None:
    """Calibrated on a corpus half of which was chosen for its labels, natural rows keep their natural rate."""
    recipe = Recipe()
    names = [source.name for source in recipe.sources]
    logit, _, truth = scores(12000)
    natural = np.arange(12000) < 6000
    kept = natural | truth
    source = np.where(natural, names.index("jigsaw_natural"), names.index("jigsaw"))[kept]
    count = int(kept.sum())
    target = np.repeat(truth[kept, None], 6, axis=1).astype(np.float32)
    # One row of each kind that decides the other thresholds.
    for place, name in enumerate(("innocent_words", "own_sentences", "own_sentences", "toxigen", "toxigen")):
        source[place], target[place] = names.index(name), place % 2
    logits = np.repeat(logit[kept, None], 6, axis=1)
    zeros = np.zeros(count, np.float32)
    rows = Corpus([], target, np.ones_like(target), source, zeros, zeros, np.ones(count, bool))
    card = decide(logits, rows, np.arange(count), recipe)
    curve = card["calibration"]["toxic"]
    own = source == names.index("jigsaw_natural")
    mean = Curve(np.array(curve["x"]), np.array(curve["y"])).probability(logits[own, 0]).mean()
    assert mean == pytest.approx(target[own, 0].mean(), abs=0.02)


def test_the_cautious_threshold_is_the_highest_of_those_that_rank_alike() -> None:
    """Between 0.4 and 0.7 nothing lies, so the highest of these is taken; above, a positive would be lost."""
    probability = np.array([0.1] * 50 + [0.3] * 5 + [0.7] * 20 + [0.95] * 20)
    truth = probability >= 0.5
    assert cautious_threshold(probability, truth, np.zeros(0)) == 0.7


def test_a_cautious_threshold_never_flags_more_of_the_innocent() -> None:
    """Innocent texts at 0.5 push the threshold over them, as for the best one."""
    probability = np.array([0.1] * 50 + [0.4] * 10 + [0.9] * 20)
    truth = probability >= 0.4
    assert cautious_threshold(probability, truth, np.full(10, 0.5)) > 0.5
