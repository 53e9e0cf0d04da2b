"""The training rows of a recipe, with what each may teach and which of them are natural."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.linear.logistic import FloatArray
from training.linear.recipe import Recipe
from training.tables import LABELS, TRAINING_DATA, label_matrix, read_table, stable_hash, text_key

NATURAL = "jigsaw_natural"  # rows as they came, not sampled by label
SAMPLED = "jigsaw"  # of the same corpus, rows with labels over-sampled
INNOCENT = "innocent_words"  # none of them may be flagged


@dataclass(frozen=True)
class Corpus:
    """Rows of all sources one after another. `target`, `cost` [rows, labels]."""

    texts: list[str]
    target: FloatArray  # in [0, 1]; NaN where unknown
    cost: FloatArray  # 0 where unknown or not to be taught
    fold: NDArray[np.int64]  # of natural, sampled and innocent rows, from 0; -1 for all others
    source: NDArray[np.str_]
    comments: NDArray[np.bool_]  # rows that count for the frequency of n-grams

    def is_from(self, source: str) -> NDArray[np.bool_]:
        """Which rows a source gave."""
        return self.source == source


def load(recipe: Recipe) -> Corpus:
    """Reads the recipe's sources. A row's fold depends on its words alone."""
    texts: list[str] = []
    targets, costs, folds, names, comments = [], [], [], [], []
    for source in recipe.sources:
        table = read_table(TRAINING_DATA / f"{source.name}.csv.gz")
        target = label_matrix(table)
        if source.clean_is_clean:
            target = np.where(np.isnan(target) & (target[:, :1] == 0), 0, target).astype(np.float32)
        teaches = np.array([name in source.labels for name in LABELS])
        texts += [row["text"] for row in table]
        targets.append(target)
        costs.append(np.where(np.isnan(target) | ~teaches, 0, source.weight).astype(np.float32))
        crossed = source.name in (NATURAL, SAMPLED, INNOCENT)
        folds += [stable_hash(text_key(row["text"])) % recipe.folds if crossed else -1 for row in table]
        names += [source.name] * len(table)
        comments += [source.comments] * len(table)
    return Corpus(
        texts,
        np.concatenate(targets),
        np.concatenate(costs),
        np.array(folds, np.int64),
        np.array(names),
        np.array(comments),
    )
