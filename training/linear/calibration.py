"""Monotone piecewise linear maps from a model's logit to a calibrated one, fitted by maximum likelihood.

With few positives the map is a straight line (Platt scaling); with more it gets knots where the rows are. Slopes are
kept above a small positive number, so that the order of texts never changes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

FloatArray = NDArray[np.float64]

LEAST_SLOPE = 0.1
POSITIVES_PER_KNOT = 60
MOST_KNOTS = 10


@dataclass(frozen=True)
class Curve:
    """Points with x strictly increasing and y increasing; the end pieces go on to infinity."""

    x: FloatArray
    y: FloatArray

    def __call__(self, logit: FloatArray) -> FloatArray:
        """Calibrated logits."""
        right = np.clip(np.searchsorted(self.x, logit, side="right"), 1, len(self.x) - 1)
        slope = (self.y[right] - self.y[right - 1]) / (self.x[right] - self.x[right - 1])
        return self.y[right - 1] + slope * (logit - self.x[right - 1])

    def probability(self, logit: FloatArray) -> FloatArray:
        """Calibrated probabilities."""
        return sigmoid(self(logit))


def sigmoid(z: FloatArray) -> FloatArray:
    """1 / (1 + exp(-z)) without overflow."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, small) / (1 + small)


def knots_for(logit: FloatArray, truth: NDArray[np.bool_]) -> FloatArray:
    """Where the map may bend: from the median of the negatives to a high quantile of the positives."""
    positives = int(truth.sum())
    count = int(np.clip(positives // POSITIVES_PER_KNOT, 2, MOST_KNOTS))
    low = float(np.quantile(logit[~truth], 0.5))
    high = float(np.quantile(logit[truth], 0.9))
    return np.linspace(low, max(high, low + 1), count)


def fit_curve(
    logit: FloatArray, truth: NDArray[np.bool_], weight: FloatArray | None = None, ridge: float = 1.0
) -> Curve:
    """The curve of largest likelihood, its slopes drawn towards their mean by `ridge`. Both classes must occur.

    `weight` [rows], by default 1, is what each row counts.
    """
    weight = np.ones(len(logit)) if weight is None else weight
    knots = knots_for(logit, truth)
    pieces = _pieces(logit, knots)
    count = len(knots) - 1

    def loss(parameters: FloatArray) -> tuple[float, FloatArray]:
        offset, slopes = parameters[0], parameters[1:]
        z = offset + pieces @ slopes
        error = weight * (sigmoid(z) - truth)
        spread = slopes - slopes.mean()
        value = weight @ (np.logaddexp(0, z) - truth * z) + ridge / 2 * (spread**2).sum()
        return float(value), np.concatenate([[error.sum()], pieces.T @ error + ridge * spread])

    rate = np.average(truth, weights=weight)
    start = np.concatenate([[np.log(rate / (1 - rate))], np.ones(count)])
    bounds = [(None, None)] + [(LEAST_SLOPE, None)] * count
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 1000})
    y = found.x[0] + np.concatenate([[0.0], np.cumsum(found.x[1:] * np.diff(knots))])
    return Curve(knots.round(5), y.round(5))


def _pieces(logit: FloatArray, knots: FloatArray) -> FloatArray:
    """How far each logit goes into each piece [rows, pieces]; the outer two are open. Their sum is logit - knots[0]."""
    below, above = knots[:-1].copy(), knots[1:].copy()
    above[-1] = np.inf
    parts = np.clip(logit[:, None], below, above) - below
    parts[:, 0] += np.minimum(logit - knots[0], 0)
    return parts
