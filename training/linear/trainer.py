"""Two readings of the same rows, averaged: plain logistic regression and NB-LR."""

from __future__ import annotations

import numpy as np

from training.linear.logistic import FloatArray, Linear, Rows, column_sums, fit
from training.linear.recipe import Recipe


def log_count_ratios(rows: Rows, target: FloatArray, cost: FloatArray, buckets: int, smoothing: float) -> FloatArray:
    """r [buckets, labels] = ln of (smoothed share of a bucket among positives / among negatives).

    Counts rows that hold the bucket, by the weights `cost` and soft `target` [rows, labels].
    """
    present = Rows(rows.indptr, rows.indices, np.ones_like(rows.values))
    positive = column_sums(present, cost * np.where(cost > 0, target, 0), buckets) + smoothing
    negative = column_sums(present, cost * np.where(cost > 0, 1 - target, 0), buckets) + smoothing
    return np.log((positive / positive.sum(axis=0)) / (negative / negative.sum(axis=0))).astype(np.float32)


def train(rows: Rows, target: FloatArray, cost: FloatArray, recipe: Recipe, name: str = "") -> Linear:
    """The averaged model. `target` [rows, labels] in [0, 1]; `cost` [rows, labels], 0 where unknown."""
    buckets = 1 << recipe.bucket_bits
    how = {"epochs": recipe.epochs, "tolerance": recipe.tolerance, "seed": recipe.seed}
    plain = np.ones((buckets, target.shape[1]), np.float32)
    ratios = log_count_ratios(rows, target, cost, buckets, recipe.bayes_smoothing)
    ridge = fit(rows, target, cost * recipe.ridge_cost, plain, progress=f"{name} ridge", **how)
    bayes = fit(rows, target, cost * recipe.bayes_cost, ratios**2, progress=f"{name} bayes", **how)
    share = recipe.bayes_share
    return Linear(
        (1 - share) * ridge.weights + share * bayes.weights,
        (1 - share) * ridge.bias + share * bayes.bias,
    )
