"""The weight of the linear model's logit beside the encoder's: logit = encoder + a · linear, one a for each label."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from training.encoder.auc import weighted_auc
from training.linear.calibration import sigmoid

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

MOST = 1.5
RIDGE = 2.0  # draws the likeliest weight towards 0: with few positives the encoder is believed
STEPS = np.arange(0, MOST + 0.01, 0.05)
SAMPLES = 200
SEED = 20251122


def ranking_weight(encoder: FloatArray, linear: FloatArray, truth: BoolArray, cost: FloatArray) -> float:
    """a in [0, MOST] whose sum ranks positives above negatives most often; `cost` weighs the rows.

    The best of STEPS on each of SAMPLES bootstrap samples, averaged: the area is flat around its top, and one sample's
    top is chance (bagging; Breiman 1996). 0 where one of the classes is absent.
    """
    random = np.random.default_rng(SEED)
    best = []
    for _ in range(SAMPLES):
        rows = random.integers(0, len(truth), len(truth))
        areas = [weighted_auc(truth[rows], encoder[rows] + a * linear[rows], cost[rows]) for a in STEPS]
        if not np.isnan(areas[0]):
            best.append(STEPS[int(np.argmax(areas))])
    return round(float(np.mean(best)), 3) if best else 0.0


def likeliest_weight(encoder: FloatArray, linear: FloatArray, truth: BoolArray, cost: FloatArray) -> float:
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


def blend(encoder: FloatArray, linear: FloatArray, weights: FloatArray) -> FloatArray:
    """Logits [rows, labels] of both models together."""
    return encoder + weights * linear
