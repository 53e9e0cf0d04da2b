"""The weight of the linear model's logit beside the encoder's: logit = encoder + a · linear, one a for each label."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.encoder.auc import weighted_auc

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

MOST = 1.5
STEPS = np.arange(0, MOST + 0.01, 0.05)
SAMPLES = 200
SEED = 20251122


@dataclass(frozen=True)
class Rows:
    """Rows of one kind for one label, arrays [rows]; `cost` is what a row counts, `share` what the kind counts."""

    encoder: FloatArray
    linear: FloatArray
    truth: BoolArray
    cost: FloatArray
    share: float = 1.0

    def areas(self, rows: NDArray[np.int64]) -> FloatArray:
        """How often `rows` are ranked right, for each of STEPS."""
        encoder, linear, truth, cost = self.encoder[rows], self.linear[rows], self.truth[rows], self.cost[rows]
        return np.array([weighted_auc(truth, encoder + a * linear, cost) for a in STEPS])


def best_weight(kinds: list[Rows]) -> float:
    """a in [0, MOST] whose sum ranks positives above negatives most often, on the mean of the kinds of rows.

    The best of STEPS on each of SAMPLES bootstrap samples, averaged: the area is flat around its top, and one sample's
    top is chance (bagging; Breiman 1996). 0 where a class is absent.
    """
    random = np.random.default_rng(SEED)
    best = []
    for _ in range(SAMPLES):
        samples = [random.integers(0, len(kind.truth), len(kind.truth)) for kind in kinds]
        sums = sum(kind.share * kind.areas(rows) for kind, rows in zip(kinds, samples, strict=True))
        if not np.isnan(sums[0]):
            best.append(STEPS[int(np.argmax(sums))])
    return round(float(np.mean(best)), 3) if best else 0.0


def blend(encoder: FloatArray, linear: FloatArray, weights: FloatArray) -> FloatArray:
    """Logits [rows, labels] of both models together."""
    return encoder + weights * linear
