"""Weights that let rows sampled by label stand for rows as they came.

Rare labels have a few dozen positives among natural rows, and hundreds among the sampled ones. Within a stratum both
are alike, so all its rows together are given the share that the stratum has among the natural rows alone
(post-stratification; Holt & Smith 1979).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def natural_weights(truth: NDArray[np.bool_], natural: NDArray[np.bool_]) -> FloatArray:
    """Weights [rows, labels] with mean 1 in each column. `truth` [rows, labels]; `natural` [rows], somewhere true.

    For each label there are four strata: whether a row has it, and whether it has any label. A stratum without
    natural rows weighs nothing.
    """
    labelled = truth.any(axis=1)
    columns = []
    for has in truth.T:
        stratum = 2 * labelled + has
        rows = np.bincount(stratum, minlength=4)
        share = np.bincount(stratum[natural], minlength=4) / natural.sum()
        columns.append((share / np.maximum(rows, 1))[stratum])
    weights = np.stack(columns, axis=1)
    return weights / weights.mean(axis=0)
