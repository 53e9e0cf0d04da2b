"""From counts to weighted rows."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfTransformer

from training.linear.features import Counts, inverse_document_frequency, weigh
from training.linear.trainer import log_count_ratios

BITS = 4


def counts(seed: int = 0) -> tuple[Counts, np.ndarray]:
    """Counts and the same as a dense array; the last row is empty."""
    rng = np.random.default_rng(seed)
    dense = rng.poisson(0.5, (30, 1 << BITS)).astype(np.int32)
    dense[-1] = 0
    row, column = np.nonzero(dense)
    indptr = np.searchsorted(row, np.arange(31)).astype(np.int64)
    return Counts(indptr, column.astype(np.int32), dense[row, column], "test"), dense


def dense_of(rows, shape: tuple[int, int]) -> np.ndarray:
    out = np.zeros(shape)
    for i in range(len(rows)):
        part = slice(rows.indptr[i], rows.indptr[i + 1])
        out[i, rows.indices[part]] = rows.values[part]
    return out


@pytest.mark.parametrize("tf", ["count", "log"])
def test_agrees_with_scikit_learn(tf: str) -> None:
    sparse, dense = counts()
    idf = inverse_document_frequency(sparse, BITS)
    theirs = TfidfTransformer(sublinear_tf=tf == "log").fit(dense).transform(dense).toarray()
    np.testing.assert_allclose(dense_of(weigh(sparse, idf, tf), dense.shape), theirs, atol=1e-6)


def test_binary_ignores_repetition() -> None:
    sparse, dense = counts()
    idf = inverse_document_frequency(sparse, BITS)
    theirs = TfidfTransformer().fit(dense).transform((dense > 0).astype(float)).toarray()
    np.testing.assert_allclose(dense_of(weigh(sparse, idf, "binary"), dense.shape), theirs, atol=1e-6)


def test_short_rows_are_divided_by_the_floor() -> None:
    sparse, dense = counts()
    ones = np.ones(1 << BITS, np.float32)
    lengths = np.linalg.norm(dense, axis=1, keepdims=True)
    floor = float(np.median(lengths))
    rows = dense_of(weigh(sparse, ones, "count", floor), dense.shape)
    np.testing.assert_allclose(rows, dense / np.maximum(lengths, floor), atol=1e-6)


def test_take_keeps_rows_whole() -> None:
    sparse, dense = counts()
    chosen = np.array([3, 29, 0, 3])
    ones = np.ones(1 << BITS, np.float32)
    part = sparse.take(chosen)
    assert len(part) == 4
    whole = dense_of(weigh(sparse, ones, "count"), dense.shape)
    np.testing.assert_array_equal(dense_of(weigh(part, ones, "count"), (4, 1 << BITS)), whole[chosen])
    mask = np.arange(30) % 2 == 0
    assert len(sparse.take(mask)) == 15


def test_log_count_ratios() -> None:
    sparse, dense = counts()
    rows = weigh(sparse, np.ones(1 << BITS, np.float32), "binary")
    target = np.zeros((30, 1), np.float32)
    target[:10] = 1
    cost = np.ones((30, 1), np.float32)
    cost[20:] = 0
    present = dense > 0
    positive = present[:10].sum(axis=0) + 0.5
    negative = present[10:20].sum(axis=0) + 0.5
    expected = np.log((positive / positive.sum()) / (negative / negative.sum()))
    np.testing.assert_allclose(log_count_ratios(rows, target, cost, 1 << BITS, 0.5)[:, 0], expected, rtol=1e-4)
