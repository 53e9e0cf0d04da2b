"""Which rows an epoch reads, and how they are put into batches."""

from dataclasses import replace

import numpy as np
import pytest

from training.encoder.corpus import Corpus
from training.encoder.plan import Batch, Plan, cut, drawn_rows, group, pad
from training.encoder.recipe import Recipe

RECIPE = replace(Recipe(), most_rows=8, most_tokens=100, short=20, long=30)


def tokenise(texts: list[str]) -> list[np.ndarray]:
    return [np.array([101, *(1000 + ord(c) % 50 for c in text), 102], np.int32) for text in texts]


def small_corpus(rows: int = 60) -> Corpus:
    rng = np.random.default_rng(4)
    texts = ["x y" * int(n) for n in rng.integers(1, 20, rows)]
    rate = np.where(np.arange(rows) < 10, 0, 1).astype(np.float32)
    one = np.ones((rows, 6), np.float32)
    return Corpus(texts, one, one, np.zeros(rows, np.int64), rate, np.full(rows, 0.3, np.float32), rate == 0)


def flat(batches: list[Batch]) -> list[tuple[list[int], list[int]]]:
    return [(batch.rows.tolist(), batch.tokens.ravel().tolist()) for batch in batches]


def test_rows_are_read_as_often_as_their_rate_says() -> None:
    rate = np.array([0, 0.25, 0.5, 1, 2, 1.5], np.float32)
    counts = np.zeros(6, np.int64)
    for epoch in range(8):
        rows = np.bincount(drawn_rows(rate, epoch, 3), minlength=6)
        assert (np.abs(rows - rate) < 1).all()
        counts += rows
    assert counts.tolist() == [0, 2, 4, 8, 16, 12]


def test_epochs_differ_in_order_and_repeat_by_seed() -> None:
    rate = np.ones(50, np.float32)
    assert drawn_rows(rate, 0, 3).tolist() == drawn_rows(rate, 0, 3).tolist()
    assert drawn_rows(rate, 0, 3).tolist() != drawn_rows(rate, 1, 3).tolist()
    assert drawn_rows(rate, 0, 3).tolist() != drawn_rows(rate, 0, 4).tolist()


@pytest.mark.parametrize("seed", range(5))
def test_batches_hold_every_row_once_within_the_limits(seed: int) -> None:
    lengths = np.random.default_rng(seed).integers(2, 90, 5000)
    batches = group(lengths, 16, 600)
    assert sorted(np.concatenate(batches).tolist()) == list(range(5000))
    for batch in batches:
        assert len(batch) <= 16
        assert len(batch) == 1 or len(batch) * lengths[batch].max() <= 600


def test_a_sequence_above_the_limit_is_a_batch_of_its_own() -> None:
    assert [batch.tolist() for batch in group(np.array([5, 700, 5]), 16, 600)] == [[0, 2], [1]]


def test_cut_keeps_the_last_token() -> None:
    assert cut(np.arange(5), 3).tolist() == [0, 1, 4]
    assert cut(np.arange(3), 3).tolist() == [0, 1, 2]


def test_padding_is_zero() -> None:
    batch = pad([np.array([7, 8]), np.array([9, 9, 9])], np.array([4, 5]))
    assert batch.tokens.tolist() == [[7, 8, 0], [9, 9, 9]]
    assert batch.lengths.tolist() == [2, 3]


def test_an_epoch_is_the_same_in_every_process_and_noise_is_fresh_in_the_next() -> None:
    first, again = (Plan(small_corpus(), RECIPE, tokenise) for _ in range(2))
    assert flat(first.epoch(1)) == flat(again.epoch(1))
    assert flat(first.epoch(1)) != flat(first.epoch(2))


def test_held_out_rows_are_in_development_and_nowhere_else() -> None:
    plan = Plan(small_corpus(), RECIPE, tokenise)
    assert {row for batch in plan.epoch(0) for row in batch.rows.tolist()} == set(range(10, 60))
    assert {row for batch in plan.development() for row in batch.rows.tolist()} == set(range(10))


def test_texts_are_cut() -> None:
    plan = Plan(small_corpus(), RECIPE, tokenise)
    lengths = np.concatenate([batch.lengths for batch in plan.epoch(0)])
    assert lengths.max() <= RECIPE.long
    assert (lengths > RECIPE.short).sum() < 0.5 * len(lengths)
