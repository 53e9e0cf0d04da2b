"""Thresholds, the band of uncertainty and the reference histogram, from calibrated probabilities of held-out rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

LEAST_PRECISION = 0.5  # a flag is more often right than wrong
LEAST_THRESHOLD = 0.3
MOST_THRESHOLD = 0.6
MOST_INNOCENT = 0.0005  # share of innocent texts that all labels together may flag
UNSURE = 0.3  # in the band the likelier answer is wrong more often than this
HISTOGRAM_ENDS = tuple(range(0, 101, 10))


def best_threshold(
    probability: FloatArray,
    truth: NDArray[np.bool_],
    innocent: FloatArray,
    weight: FloatArray | None = None,
    most_innocent: float = MOST_INNOCENT,
) -> float:
    """The threshold of highest F1 among those that are precise and spare the innocent; in steps of 0.01.

    `innocent` are probabilities of texts of which no more than `most_innocent` may be flagged. Where no threshold
    does, the highest one is taken. `weight` [rows], by default 1, is what each row counts.
    """
    weight = np.ones(len(probability)) if weight is None else weight
    best, best_f1 = MOST_THRESHOLD, -1.0
    for percent in range(round(100 * LEAST_THRESHOLD), round(100 * MOST_THRESHOLD) + 1):
        threshold = percent / 100
        flagged = probability >= threshold
        right, total = weight[flagged & truth].sum(), weight[flagged].sum()
        if total == 0 or right / total < LEAST_PRECISION:
            continue
        if innocent.size > 0 and (innocent >= threshold).mean() > most_innocent:
            continue
        f1 = 2 * right / (total + weight[truth].sum())
        if f1 > best_f1:
            best, best_f1 = threshold, f1
    return best


def best_thresholds(
    probability: FloatArray, truth: NDArray[np.bool_], innocent: FloatArray, weight: FloatArray
) -> list[float]:
    """A threshold for each label: each label may flag the same share of innocent texts, the largest one with which
    all together flag no more than MOST_INNOCENT.

    `probability`, `truth`, `weight` [rows, labels]; `innocent` [texts, labels].
    """
    labels = range(truth.shape[1])
    found: list[float] = []
    for part in range(len(labels), 0, -1):
        most = MOST_INNOCENT * part / len(labels)
        found = [best_threshold(probability[:, i], truth[:, i], innocent[:, i], weight[:, i], most) for i in labels]
        if (innocent >= np.array(found)).any(axis=1).mean() <= MOST_INNOCENT:
            break
    return found


def uncertain_band() -> dict[str, float]:
    """Probabilities from which neither answer is right with 1 - UNSURE."""
    return {"low": UNSURE, "high": round(1 - UNSURE, 2)}


def reference_histogram(toxic: FloatArray) -> list[float]:
    """Share of scores 100 · p, rounded, in (-, 0], (0, 10], … (90, 100]; the shares sum to 1."""
    scores = np.floor(100 * toxic + 0.5)
    bins = np.searchsorted(np.array(HISTOGRAM_ENDS), scores, side="left")
    shares = np.bincount(bins, minlength=len(HISTOGRAM_ENDS)) / len(scores)
    rounded = shares.round(6)
    rounded[np.argmax(rounded)] += 1 - rounded.sum()
    return [round(float(share), 6) for share in rounded]
