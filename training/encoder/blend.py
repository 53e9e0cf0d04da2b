"""The weight of the linear model's logit beside the encoder's: logit = encoder + a · linear, one a for each label."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from training.linear.calibration import sigmoid

FloatArray = NDArray[np.float64]

MOST = 1.5
RIDGE = 2.0  # draws the weight towards 0: with few positives the encoder is believed


def fit_weight(encoder: FloatArray, linear: FloatArray, truth: NDArray[np.bool_], cost: FloatArray) -> float:
    """a in [0, MOST] so that σ(offset + slope · (encoder + a · linear)) is likeliest; `cost` weighs the rows.

    0 where one of the classes is absent.
    """
    if truth.all() or not truth.any():
        return 0.0

    def loss(parameters: FloatArray) -> tuple[float, FloatArray]:
        offset, of_encoder, of_linear = parameters
        z = offset + of_encoder * encoder + of_linear * linear
        error = cost * (sigmoid(z) - truth)
        value = (cost * (np.logaddexp(0, z) - z * truth)).sum() + RIDGE / 2 * of_linear**2
        return float(value), np.array([error.sum(), error @ encoder, error @ linear + RIDGE * of_linear])

    bounds = [(None, None), (1e-3, None), (0.0, None)]
    found = minimize(loss, np.array([0.0, 1.0, 0.1]), jac=True, method="L-BFGS-B", bounds=bounds).x
    return round(float(min(found[2] / found[1], MOST)), 3)


def fit_weights(encoder: FloatArray, linear: FloatArray, target: FloatArray, cost: FloatArray) -> FloatArray:
    """One weight a label; all arrays [rows, labels], rows of cost 0 do not count for that label."""
    weights = []
    for column in range(encoder.shape[1]):
        known = cost[:, column] > 0
        parts = (encoder[known, column], linear[known, column], target[known, column] >= 0.5)
        weights.append(fit_weight(*parts, cost[known, column].astype(np.float64)))
    return np.array(weights)


def blend(encoder: FloatArray, linear: FloatArray, weights: FloatArray) -> FloatArray:
    """Logits [rows, labels] of both models together."""
    return encoder + weights * linear
