"""ROC AUC by ranks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def auc(truth: NDArray[np.bool_], score: NDArray[np.floating]) -> float:
    """The chance that a positive scores above a negative, ties counting half; NaN where a class is absent."""
    positives = int(truth.sum())
    negatives = len(truth) - positives
    if positives == 0 or negatives == 0:
        return float("nan")
    _, place, count = np.unique(score, return_inverse=True, return_counts=True)
    rank = np.cumsum(count) - (count - 1) / 2
    return float((rank[place][truth].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def weighted_auc(truth: NDArray[np.bool_], score: NDArray[np.floating], weight: NDArray[np.floating]) -> float:
    """As auc(), where a row counts `weight` times; ties count for whichever row comes first."""
    order = np.argsort(score, kind="stable")
    positive = np.where(truth, weight, 0)[order]
    negative = np.where(truth, 0, weight)[order]
    pairs = positive.sum() * negative.sum()
    return float((positive * np.cumsum(negative)).sum() / pairs) if pairs > 0 else float("nan")
