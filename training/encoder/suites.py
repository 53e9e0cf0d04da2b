"""Figures of scored evaluation suites: ranking with bootstrap intervals, HateCheck by functionality."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.encoder.auc import auc
from training.tables import LABELS

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
FREQUENT = [LABELS.index(name) for name in ("toxic", "obscene", "insult")]


def aucs(truth: BoolArray, score: FloatArray) -> FloatArray:
    """AUC of the six labels, their mean, the mean of toxic, obscene and insult."""
    six = np.array([auc(truth[:, column], score[:, column]) for column in range(len(LABELS))])
    return np.array([*six, np.nanmean(six), six[FREQUENT].mean()])


def ranking(truth: BoolArray, ours: FloatArray, peer: FloatArray, resamples: int, seed: int = 1) -> dict[str, Any]:
    """AUCs of both, 95 % percentile intervals of ours and of the paired difference on resampled rows."""
    rng = np.random.default_rng(seed)
    draws = np.empty((resamples, 2, len(LABELS) + 2))
    for draw in draws:
        rows = rng.integers(0, len(truth), len(truth))
        draw[0], draw[1] = aucs(truth[rows], ours[rows]), aucs(truth[rows], peer[rows])
    bounds = np.nanpercentile(draws[:, 0], [2.5, 97.5], axis=0)
    gain = np.nanpercentile(draws[:, 0] - draws[:, 1], [2.5, 97.5], axis=0)
    own, other = aucs(truth, ours), aucs(truth, peer)
    names = (*LABELS, "mean of six", "mean of toxic, obscene, insult")
    return {
        name: {
            "auc": own[i],
            "interval": bounds[:, i].tolist(),
            "simple": other[i],
            "gain_interval": gain[:, i].tolist(),
        }
        for i, name in enumerate(names)
    }


def hatecheck(hateful: BoolArray, functionality: NDArray[np.str_], score: FloatArray, threshold: float) -> dict:
    """HateCheck decided by one score at one threshold; shares of right decisions."""
    right = (score >= threshold) == hateful
    return {
        "auc": auc(hateful, score),
        "threshold": threshold,
        "hateful": float(right[hateful].mean()),
        "non_hateful": float(right[~hateful].mean()),
        "mean_of_halves": float((right[hateful].mean() + right[~hateful].mean()) / 2),
        "all": float(right.mean()),
        "functionalities": {
            str(name): float(right[functionality == name].mean()) for name in dict.fromkeys(functionality.tolist())
        },
    }


def calibration_error(truth: BoolArray, p: FloatArray) -> float:
    """Expected calibration error in ten bins of equal width."""
    bins = np.minimum((p * 10).astype(int), 9)
    gaps = [abs(p[bins == b].sum() - truth[bins == b].sum()) for b in range(10)]
    return float(sum(gaps) / len(p))
