"""Which rows are read in which order: a function of the seed and the epoch alone, so that a run can be continued."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.encoder.corpus import Corpus
from training.encoder.noise import misspell
from training.encoder.recipe import Recipe

POOL = 2048  # rows among which those of like length are put together
Tokens = NDArray[np.int32]
Tokeniser = Callable[[list[str]], list[Tokens]]  # with [CLS] in front and [SEP] behind, not cut


@dataclass(frozen=True)
class Batch:
    """`tokens` [rows, longest] padded by 0; `lengths` [rows]; `rows` numbers of the corpus."""

    tokens: NDArray[np.int64]
    lengths: NDArray[np.int64]
    rows: NDArray[np.int64]


def drawn_rows(rate: NDArray[np.float32], epoch: int, seed: int) -> NDArray[np.int64]:
    """The rows of an epoch in random order: row i occurs rate[i] times in the long run, as evenly as can be."""
    phase = np.random.default_rng([seed, 0]).random(len(rate))
    copies = np.floor(phase + rate * (epoch + 1)) - np.floor(phase + rate * epoch)
    rows = np.repeat(np.arange(len(rate)), copies.astype(np.int64))
    return np.random.default_rng([seed, 1, epoch]).permutation(rows)


def cut(tokens: Tokens, most: int) -> Tokens:
    """At most `most` tokens; the last one, [SEP], stays."""
    return tokens if len(tokens) <= most else np.append(tokens[: most - 1], tokens[-1])


def pad(sequences: list[Tokens], rows: NDArray[np.int64]) -> Batch:
    """A batch of sequences."""
    lengths = np.array([len(one) for one in sequences], np.int64)
    tokens = np.zeros((len(sequences), lengths.max()), np.int64)
    for place, one in zip(tokens, sequences, strict=True):
        place[: len(one)] = one
    return Batch(tokens, lengths, rows)


def group(lengths: NDArray[np.int64], most_rows: int, most_tokens: int) -> list[NDArray[np.int64]]:
    """Numbers of sequences by batch: like lengths together, within both limits (a longer single one alone)."""
    batches: list[list[int]] = []
    for start in range(0, len(lengths), POOL):
        batches.append([])
        pool = start + np.argsort(lengths[start : start + POOL], kind="stable")
        for number in pool.tolist():
            rows = len(batches[-1]) + 1
            if rows > 1 and (rows > most_rows or rows * lengths[number] > most_tokens):
                batches.append([])
            batches[-1].append(number)
    return [np.array(batch, np.int64) for batch in batches]


class Plan:
    """The batches of each epoch of a recipe over a corpus."""

    def __init__(self, corpus: Corpus, recipe: Recipe, tokenise: Tokeniser) -> None:
        """Tokenises the corpus once."""
        self.corpus = corpus
        self.recipe = recipe
        self._tokenise = tokenise
        self._tokens = [cut(one, recipe.long) for one in tokenise(corpus.texts)]

    def _sequences(self, rows: NDArray[np.int64], epoch: int) -> list[Tokens]:
        recipe = self.recipe
        rng = np.random.default_rng([recipe.seed, 2, epoch])
        noisy = np.flatnonzero(rng.random(len(rows)) < self.corpus.noise[rows])
        limits = np.where(rng.random(len(rows)) < recipe.long_share, recipe.long, recipe.short)
        letters = random.Random(f"{recipe.seed} {epoch}")
        misspelt = self._tokenise([misspell(self.corpus.texts[rows[i]], letters) for i in noisy])
        fresh = dict(zip(noisy.tolist(), misspelt, strict=True))
        return [cut(fresh.get(i, self._tokens[row]), limits[i]) for i, row in enumerate(rows.tolist())]

    def epoch(self, epoch: int) -> list[Batch]:
        """The batches of an epoch, in the order of training."""
        recipe = self.recipe
        rows = drawn_rows(self.corpus.rate, epoch, recipe.seed)
        sequences = self._sequences(rows, epoch)
        lengths = np.array([len(one) for one in sequences], np.int64)
        batches = group(lengths, recipe.most_rows, recipe.most_tokens)
        order = np.random.default_rng([recipe.seed, 3, epoch]).permutation(len(batches))
        return [pad([sequences[i] for i in batches[b]], rows[batches[b]]) for b in order.tolist()]

    def development(self) -> list[Batch]:
        """Rows kept for development, as they are."""
        rows = np.flatnonzero(self.corpus.held_out)
        sequences = [cut(self._tokens[row], self.recipe.short) for row in rows.tolist()]
        batches = group(np.array([len(one) for one in sequences], np.int64), 64, 4096)
        return [pad([sequences[i] for i in batch], rows[batch]) for batch in batches]
