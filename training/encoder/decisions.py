"""Calibration and thresholds of blended logits, from rows that neither model read."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.encoder.blend import FloatArray
from training.encoder.corpus import OWN, Corpus
from training.encoder.recipe import Recipe
from training.linear import decisions
from training.linear.calibration import Curve, fit_curve
from training.linear.prevalence import natural_weights
from training.tables import LABELS

NATURAL = "jigsaw_natural"
SAMPLED = "jigsaw"  # the same corpus, rows with labels over-sampled
INNOCENT = "innocent_words"
HATE_SETS = (OWN, "toxigen", "hatexplain", "edos")
TIE = 0.02  # about one standard error of F1 with a hundred positives
IDENTITY_HATE = LABELS.index("identity_hate")
BoolArray = NDArray[np.bool_]


def jigsaw_rows(source: NDArray[np.str_]) -> tuple[BoolArray, BoolArray]:
    """Which rows are Jigsaw's, and which of them came as they were, not by their labels."""
    return np.isin(source, (NATURAL, SAMPLED)), source == NATURAL


def cautious_threshold(probability: FloatArray, truth: BoolArray, innocent: FloatArray) -> float:
    """The highest threshold whose F1 lies within TIE of the best: rows as few as these cannot tell them apart, and a
    higher one flags fewer harmless texts. At most as many of `innocent` are flagged as by the best one."""
    best = decisions.best_threshold(probability, truth, innocent)

    def f1(threshold: float) -> float:
        flagged = probability >= threshold
        return 2 * (flagged & truth).sum() / max(1, flagged.sum() + truth.sum())

    steps = np.arange(round(100 * best), 91) / 100
    return float(max(step for step in steps if f1(step) >= f1(best) - TIE))


def balanced_threshold(probability: FloatArray, truth: BoolArray, source: NDArray[np.str_]) -> float:
    """The threshold with the most right decisions, both classes and all sources counting alike; steps of 0.01."""
    weight = np.zeros(len(truth))
    for name in np.unique(source):
        for value in (True, False):
            rows = (source == name) & (truth == value)
            weight[rows] = 1 / max(1, rows.sum())
    steps = np.arange(2, 81) / 100
    right = [(weight * ((probability >= step) == truth)).sum() for step in steps]
    best = np.flatnonzero(np.array(right) >= max(right) - 1e-9)
    return float(steps[best[len(best) // 2]])


def decide(logits: FloatArray, rows: Corpus, held_out: NDArray[np.int64], recipe: Recipe) -> dict[str, Any]:
    """The card's calibration, thresholds, band and histogram from `logits` [held-out rows, labels]."""
    source = np.array([one.name for one in recipe.sources])[rows.source[held_out]]
    target, cost = rows.target[held_out], rows.cost[held_out]
    jigsaw, natural = jigsaw_rows(source)
    shares = natural_weights(target[jigsaw] >= 0.5, natural[jigsaw])
    clean = (source == INNOCENT) | ((source == OWN) & (np.nanmax(target, axis=1) == 0))
    curves: dict[str, Curve] = {}
    thresholds: dict[str, float] = {}
    for column, name in enumerate(LABELS):
        truth = target[:, column] >= 0.5
        curve = fit_curve(logits[jigsaw, column], truth[jigsaw], shares[:, column])
        p = curve.probability(logits[:, column])
        if column == IDENTITY_HATE:
            hate = np.isin(source, HATE_SETS) & (cost[:, column] > 0)
            thresholds[name] = balanced_threshold(p[hate], truth[hate], source[hate])
        else:
            thresholds[name] = cautious_threshold(p[natural], truth[natural], p[clean & (source == INNOCENT)])
        curves[name] = curve
    toxic = curves["toxic"].probability(logits[natural, 0])
    flagged = curves["toxic"].probability(logits[clean & (source == OWN), 0]) >= thresholds["toxic"]
    return {
        "calibration": {name: {"x": curve.x.tolist(), "y": curve.y.tolist()} for name, curve in curves.items()},
        "thresholds": thresholds,
        "uncertain": decisions.uncertain_band(),
        "reference_histogram": decisions.reference_histogram(toxic),
        "own_clean_flagged": round(float(flagged.mean()), 4),
    }
