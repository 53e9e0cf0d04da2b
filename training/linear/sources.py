"""The training rows of a recipe, with what each may teach and which of them are natural."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.linear.logistic import FloatArray
from training.linear.recipe import Recipe
from training.tables import LABELS, TRAINING_DATA, label_matrix, read_table, stable_hash, text_key

NATURAL = "jigsaw_natural"  # rows as they came, not sampled by label


@dataclass(frozen=True)
class Corpus:
    """Rows of all sources one after another. `target`, `cost` [rows, labels]."""

    texts: list[str]
    target: FloatArray  # in [0, 1]; NaN where unknown
    cost: FloatArray  # 0 where unknown or not to be taught
    fold: NDArray[np.int64]  # of natural rows, from 0; -1 for all others
    rows: dict[str, int]  # by source


def load(recipe: Recipe) -> Corpus:
    """Reads the recipe's sources. A row's fold depends on its words alone."""
    texts: list[str] = []
    targets, costs, folds = [], [], []
    rows = {}
    for source in recipe.sources:
        table = read_table(TRAINING_DATA / f"{source.name}.csv.gz")
        target = label_matrix(table)
        teaches = np.array([name in source.labels for name in LABELS])
        texts += [row["text"] for row in table]
        targets.append(target)
        costs.append(np.where(np.isnan(target) | ~teaches, 0, source.weight).astype(np.float32))
        natural = source.name == NATURAL
        folds.append([stable_hash(text_key(row["text"])) % recipe.folds if natural else -1 for row in table])
        rows[source.name] = len(table)
    return Corpus(texts, np.concatenate(targets), np.concatenate(costs), np.concatenate(folds).astype(np.int64), rows)
