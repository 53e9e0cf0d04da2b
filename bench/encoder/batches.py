"""Token ids for lengths, and the padded batches that peers without packed sequences need."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

SEED = 11
FIRST_WORD = 1000
"""Ids below are BERT's special and unused ones."""


@dataclass(frozen=True)
class Batch:
    """`ids` and `mask` int64 [texts, tokens], mask 1 for tokens and 0 for padding; `lengths` [texts]."""

    ids: np.ndarray
    mask: np.ndarray
    lengths: np.ndarray

    @property
    def tokens(self) -> int:
        """Padding is not counted."""
        return int(self.lengths.sum())

    @property
    def padded(self) -> bool:
        return self.tokens < self.ids.size


@dataclass(frozen=True)
class Vocabulary:
    size: int
    cls: int
    sep: int
    pad: int

    @classmethod
    def read(cls, path: Path) -> "Vocabulary":
        words = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
        return cls(len(words), words.index("[CLS]"), words.index("[SEP]"), words.index("[PAD]"))


def texts_of(lengths: list[int], vocabulary: Vocabulary) -> list[np.ndarray]:
    """Random but always the same ids; [CLS] first, [SEP] last."""
    generator = np.random.default_rng(SEED)

    def text(length):
        words = generator.integers(min(FIRST_WORD, vocabulary.size - 1), vocabulary.size, length - 2)
        return np.concatenate([[vocabulary.cls], words, [vocabulary.sep]]).astype(np.int64)

    return [text(length) for length in lengths]


def pad(texts: list[np.ndarray], filler: int) -> Batch:
    lengths = np.array([len(text) for text in texts])
    ids = np.full((len(texts), lengths.max()), filler, np.int64)
    for row, text in zip(ids, texts, strict=True):
        row[: len(text)] = text
    mask = (np.arange(ids.shape[1]) < lengths[:, None]).astype(np.int64)
    return Batch(ids, mask, lengths)


def batches_of(texts: list[np.ndarray], size: int, filler: int) -> list[Batch]:
    """Sorted by length and cut into batches of `size` texts: the least padding that batches of this size can have."""
    ordered = sorted(texts, key=len) if size > 1 else texts
    return [pad(ordered[first : first + size], filler) for first in range(0, len(ordered), size)]
