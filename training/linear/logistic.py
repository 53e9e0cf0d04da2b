"""L2-regularised logistic regression for several labels at once, by dual coordinate descent.

For each label l the fit minimises over weights w and bias b

    1/2 Σ_f w_f² / v_fl + 1/2 b² + Σ_i c_il · [log(1 + exp(z_il)) − t_il · z_il],    z_il = b + Σ_f w_f x_if

with targets t in [0, 1] (soft labels), costs c ≥ 0 (0 masks an unknown label) and a prior variance v for each
feature and label. v = 1 is plain logistic regression with C = c; v = r² with r the naive Bayes log-count ratio
is NB-LR (Wang & Manning 2012), since scaling x by r is scaling the prior of w by r².

At the optimum w_f = v_f Σ_i c_i (t_i − s_i) x_if with s_i = σ(z_i), so one number s_i per row and label is the dual
variable. A step takes one row, with all others fixed: the new s solves
logit(s) = z + c·q·(s_old − s), q = 1 + Σ_f v_f x_if², by Newton's method on logit(s) (Yu, Huang & Lin 2011).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray
from tqdm import tqdm

FloatArray = NDArray[np.float32]

WIDTH = 8  # labels are padded to one cache line of weights
NEWTON_STEPS = 12


@dataclass(frozen=True)
class Rows:
    """Sparse rows: row i holds `values[indptr[i]:indptr[i+1]]` at buckets `indices[...]`."""

    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    values: FloatArray

    def __len__(self) -> int:
        return len(self.indptr) - 1


@dataclass(frozen=True)
class Linear:
    """`weights` [buckets, labels] and `bias` [labels], both float32: logits = x · weights + bias."""

    weights: FloatArray
    bias: FloatArray


@njit(cache=True, fastmath=True)  # type: ignore[misc]
def _squared_norms(indptr: Any, indices: Any, values: Any, variance: Any, out: Any) -> None:
    for row in range(indptr.shape[0] - 1):
        for k in range(indptr[row], indptr[row + 1]):
            square = values[k] * values[k]
            for label in range(WIDTH):
                out[row, label] += square * variance[indices[k], label]


@njit(cache=True, fastmath=True)  # type: ignore[misc]
def _solve(target: float, pull: float, start: float) -> float:
    """s in (0, 1) with logit(s) + pull · s = target.

    In u = logit(s) the function is convex below 0 and concave above: Newton's method converges from any start on
    the root's side of 0, when steps that leave that side are cut at 0.
    """
    below = pull * 0.5 > target
    u = np.log(start / (1 - start))
    for _ in range(NEWTON_STEPS):
        u = min(u, 0.0) if below else max(u, 0.0)
        s = 1 / (1 + np.exp(-u))
        change = (u + pull * s - target) / (1 + pull * s * (1 - s))
        u -= change
        if abs(change) < 1e-4:
            break
    u = min(max(u, -15.0), 15.0)
    return 1 / (1 + np.exp(-u))


@njit(cache=True, fastmath=True)  # type: ignore[misc]
def _epoch(
    order: Any,
    indptr: Any,
    indices: Any,
    values: Any,
    target: Any,
    cost: Any,
    norms: Any,
    variance: Any,
    dual: Any,
    weights: Any,
    bias: Any,
):
    """One pass over the rows in the given order. Returns the largest change of a dual variable."""
    largest = np.float32(0)
    logit = np.zeros(WIDTH, np.float32)
    step = np.zeros(WIDTH, np.float32)
    for row in order:
        begin = indptr[row]
        end = indptr[row + 1]
        logit[:] = bias
        for k in range(begin, end):
            value = values[k]
            bucket = indices[k]
            for label in range(WIDTH):
                logit[label] += value * weights[bucket, label]
        moves = False
        for label in range(WIDTH):
            step[label] = 0
            c = cost[row, label]
            if c == 0:
                continue
            old = dual[row, label]
            pull = c * norms[row, label]
            new = np.float32(_solve(logit[label] + pull * old, pull, old))
            dual[row, label] = new
            step[label] = c * (old - new)
            change = abs(old - new)
            largest = max(largest, change)
            moves = moves or change > 1e-6
        if not moves:
            continue
        for label in range(WIDTH):
            bias[label] += step[label]
        for k in range(begin, end):
            value = values[k]
            bucket = indices[k]
            for label in range(WIDTH):
                weights[bucket, label] += step[label] * value * variance[bucket, label]
    return largest


def _padded(array: NDArray[Any], rows: int, fill: float) -> FloatArray:
    wide = np.full((rows, WIDTH), fill, np.float32)
    wide[:, : array.shape[1]] = array
    return wide


def fit(
    rows: Rows,
    target: FloatArray,
    cost: FloatArray,
    variance: FloatArray,
    *,
    epochs: int = 20,
    tolerance: float = 1e-3,
    seed: int = 0,
    progress: str | None = None,
) -> Linear:
    """Fits all labels. `target`, `cost` [rows, labels]; `variance` [buckets, labels], 0 leaves a bucket out.

    Stops after `epochs` passes, or once no dual variable changed by more than `tolerance` in a pass. `progress`
    names the bar; None draws none. Single-threaded: the same input gives the same bytes on the same machine.
    """
    labels = target.shape[1]
    if labels > WIDTH:
        raise ValueError(f"at most {WIDTH} labels")
    wide_variance = _padded(variance, len(variance), 0)
    wide_cost = _padded(cost, len(rows), 0)
    wide_target = _padded(np.where(cost > 0, target, 0), len(rows), 0)
    norms = np.ones((len(rows), WIDTH), np.float32)
    _squared_norms(rows.indptr, rows.indices, rows.values, wide_variance, norms)
    weights, bias, dual = _start(rows, wide_target, wide_cost, wide_variance)
    rng = np.random.default_rng(seed)
    for _ in tqdm(range(epochs), desc=progress, disable=progress is None):
        order = rng.permutation(len(rows))
        parts = (rows.indptr, rows.indices, rows.values, wide_target, wide_cost, norms, wide_variance)
        if _epoch(order, *parts, dual, weights, bias) < tolerance:
            break
    return Linear(weights[:, :labels].copy(), bias[:labels].copy())


def _start(
    rows: Rows, target: FloatArray, cost: FloatArray, variance: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Weights, bias and dual variables that agree: s = t (pulled inside (0, 1)), so that c (t − s) is near 0."""
    dual = np.clip(target, 1e-4, 1 - 1e-4).astype(np.float32)
    weights = np.zeros_like(variance)
    bias = np.zeros(WIDTH, np.float32)
    _accumulate(rows.indptr, rows.indices, rows.values, cost * (target - dual), weights)
    bias += (cost * (target - dual)).sum(axis=0)
    weights *= variance
    return weights, bias, dual


@njit(cache=True, fastmath=True)  # type: ignore[misc]
def _accumulate(indptr: Any, indices: Any, values: Any, factor: Any, out: Any) -> None:
    """out[bucket] += Σ over rows of value · factor[row]: the transposed product xᵀ · factor."""
    for row in range(indptr.shape[0] - 1):
        for k in range(indptr[row], indptr[row + 1]):
            for label in range(WIDTH):
                out[indices[k], label] += values[k] * factor[row, label]


@njit(cache=True, fastmath=True)  # type: ignore[misc]
def _product(indptr: Any, indices: Any, values: Any, weights: Any, out: Any) -> None:
    for row in range(indptr.shape[0] - 1):
        for k in range(indptr[row], indptr[row + 1]):
            for label in range(weights.shape[1]):
                out[row, label] += values[k] * weights[indices[k], label]


def logits(rows: Rows, model: Linear) -> FloatArray:
    """Logits [rows, labels]."""
    out = np.tile(model.bias, (len(rows), 1))
    _product(rows.indptr, rows.indices, rows.values, model.weights, out)
    return out


def column_sums(rows: Rows, factor: FloatArray, buckets: int) -> FloatArray:
    """xᵀ · factor: [buckets, columns of factor]."""
    out = np.zeros((buckets, WIDTH), np.float32)
    _accumulate(rows.indptr, rows.indices, rows.values, _padded(factor, len(rows), 0), out)
    return out[:, : factor.shape[1]]
