"""The dual solver against scikit-learn's, and what it promises beyond."""

import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from training.linear.logistic import Rows, column_sums, fit, logits

BUCKETS = 40
STRICT = {"epochs": 400, "tolerance": 1e-7}


def problem(seed: int = 0, rows: int = 300) -> tuple[Rows, np.ndarray, np.ndarray]:
    """Sparse rows, their dense form and two noisy labels."""
    rng = np.random.default_rng(seed)
    matrix = sp.random(rows, BUCKETS, density=0.2, random_state=rng, dtype=np.float32, format="csr")
    truth = rng.normal(size=(BUCKETS, 2))
    labels = (matrix @ truth + 0.5 * rng.normal(size=(rows, 2)) > 0.2).astype(np.float32)
    return as_rows(matrix), matrix.toarray(), labels


def as_rows(matrix: sp.csr_matrix) -> Rows:
    return Rows(matrix.indptr.astype(np.int64), matrix.indices.astype(np.int32), matrix.data)


@pytest.mark.parametrize("cost", [0.3, 4.0, 60.0])
def test_agrees_with_liblinear(cost: float) -> None:
    rows, dense, labels = problem()
    ours = fit(rows, labels, np.full_like(labels, cost), np.ones((BUCKETS, 2), np.float32), **STRICT)
    for label in range(2):
        theirs = LogisticRegression(C=cost, solver="liblinear", tol=1e-8, max_iter=2000).fit(dense, labels[:, label])
        np.testing.assert_allclose(ours.weights[:, label], theirs.coef_[0], atol=3e-3 * max(1, cost**0.5))
        np.testing.assert_allclose(ours.bias[label], theirs.intercept_[0], atol=3e-3 * max(1, cost**0.5))


def test_prior_variance_is_scaling_of_the_features() -> None:
    rows, dense, labels = problem()
    ratio = np.random.default_rng(1).uniform(0.1, 3, BUCKETS).astype(np.float32)
    variance = np.repeat(ratio[:, None] ** 2, 2, axis=1)
    ours = fit(rows, labels, np.full_like(labels, 2), variance, **STRICT)
    theirs = LogisticRegression(C=2, solver="liblinear", tol=1e-8, max_iter=2000).fit(dense * ratio, labels[:, 0])
    np.testing.assert_allclose(ours.weights[:, 0], theirs.coef_[0] * ratio, atol=5e-3)


def test_rows_of_no_cost_teach_nothing() -> None:
    rows, _, labels = problem()
    cost = np.ones_like(labels)
    cost[100:, 0] = 0
    nonsense = labels.copy()
    nonsense[100:, 0] = np.nan
    whole = fit(rows, nonsense, cost, np.ones((BUCKETS, 2), np.float32), **STRICT)
    end = rows.indptr[100]
    head = Rows(rows.indptr[:101], rows.indices[:end], rows.values[:end])
    part = fit(head, labels[:100], np.ones((100, 2), np.float32), np.ones((BUCKETS, 2), np.float32), **STRICT)
    np.testing.assert_allclose(whole.weights[:, 0], part.weights[:, 0], atol=1e-3)


def test_a_soft_label_is_two_rows_of_shared_cost() -> None:
    rows, dense, labels = problem(rows=80)
    soft = np.clip(labels * 0.7 + 0.1, 0, 1)
    ours = fit(rows, soft, np.ones_like(soft), np.ones((BUCKETS, 2), np.float32), **STRICT)
    twice = np.vstack([dense, dense])
    hard = np.concatenate([np.ones(80), np.zeros(80)])
    weight = np.concatenate([soft[:, 0], 1 - soft[:, 0]])
    theirs = LogisticRegression(C=1, solver="liblinear", tol=1e-8, max_iter=2000).fit(twice, hard, weight)
    np.testing.assert_allclose(ours.weights[:, 0], theirs.coef_[0], atol=3e-3)


def test_same_input_same_bytes() -> None:
    rows, _, labels = problem()
    once, again = (fit(rows, labels, np.ones_like(labels), np.ones((BUCKETS, 2), np.float32), seed=5) for _ in range(2))
    assert once.weights.tobytes() == again.weights.tobytes()
    assert once.bias.tobytes() == again.bias.tobytes()


def test_a_bucket_without_variance_keeps_no_weight() -> None:
    rows, _, labels = problem()
    variance = np.ones((BUCKETS, 2), np.float32)
    variance[7] = 0
    model = fit(rows, labels, np.ones_like(labels), variance)
    assert not model.weights[7].any()
    assert model.weights[8].any()


def test_products_agree_with_scipy() -> None:
    rows, dense, labels = problem()
    model = fit(rows, labels, np.ones_like(labels), np.ones((BUCKETS, 2), np.float32))
    np.testing.assert_allclose(logits(rows, model), dense @ model.weights + model.bias, atol=1e-4)
    np.testing.assert_allclose(column_sums(rows, labels, BUCKETS), dense.T @ labels, rtol=1e-4, atol=1e-4)


def test_too_many_labels_are_refused() -> None:
    rows, _, _ = problem()
    with pytest.raises(ValueError, match="at most 8"):
        fit(rows, np.zeros((300, 9), np.float32), np.ones((300, 9), np.float32), np.ones((BUCKETS, 9), np.float32))
