"""The rows that the encoder learns from, what each may teach, and which are kept for development."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.encoder.recipe import Recipe, Source
from training.tables import LABELS, TRAINING_DATA, Row, label_matrix, read_table, stable_hash, text_key

FloatArray = NDArray[np.float32]
IDENTITY_HATE = LABELS.index("identity_hate")
RARE = [LABELS.index(name) for name in ("severe_toxic", "threat", "identity_hate")]
JIGSAW = ("jigsaw", "jigsaw_natural")
OWN = "own_sentences"


@dataclass(frozen=True)
class Corpus:
    """Rows of all sources one after another. `target`, `cost` [rows, labels]."""

    texts: list[str]
    target: FloatArray  # in [0, 1]; NaN where unknown
    cost: FloatArray  # 0 where unknown or not to be taught
    source: NDArray[np.int64]  # number in the recipe
    rate: FloatArray  # how often an epoch reads the row, 0 for rows kept for development
    noise: FloatArray  # chance of being misspelt
    held_out: NDArray[np.bool_]


def digest(corpus: Corpus, recipe: Recipe) -> str:
    """Changes with the recipe and with any text or label: a checkpoint of other data is not continued."""
    found = hashlib.sha256(recipe.digest().encode())
    for text in corpus.texts:
        found.update(text.encode("utf-8", "surrogatepass") + b"\0")
    for part in (corpus.target, corpus.cost, corpus.rate):
        found.update(np.nan_to_num(part, nan=-1).tobytes())
    return found.hexdigest()[:12]


def costs(table: list[Row], target: FloatArray, source: Source) -> FloatArray:
    """What each label of each row weighs in the loss."""
    teaches = np.array([name in source.labels for name in LABELS])
    cost = np.where(np.isnan(target) | ~teaches, 0, source.weight).astype(np.float32)
    if source.only_hate_zeros:
        zeros = target < 0.5
        zeros[:, IDENTITY_HATE] = False
        cost[zeros] = 0
    return cost


def is_held_out(row: Row, source: Source, recipe: Recipe) -> bool:
    """Depends on the text's words alone; for sentences of our own on the template."""
    if source.name == OWN:
        return int(row["source"].rsplit(" ", 1)[1]) % recipe.held_out_templates == 0
    return stable_hash(text_key(row["text"])) % source.held_out == 0


def load(recipe: Recipe) -> Corpus:
    """Reads the recipe's sources. Rows without any label to teach are left out."""
    texts: list[str] = []
    targets, prices, numbers, rates, noises, kept = [], [], [], [], [], []
    for number, source in enumerate(recipe.sources):
        table = read_table(TRAINING_DATA / f"{source.name}.csv.gz")
        target = label_matrix(table)
        if source.clean_is_clean:
            target = np.where(np.isnan(target) & (target[:, :1] == 0), 0, target).astype(np.float32)
        cost = costs(table, target, source)
        teaching = np.flatnonzero(cost.any(axis=1))
        held_out = np.array([is_held_out(table[i], source, recipe) for i in teaching], np.bool_)
        rate = np.full(len(teaching), source.rows, np.float32)
        if source.name in JIGSAW:
            rate[(target[teaching][:, RARE] >= 0.5).any(axis=1)] *= recipe.rare_copies
        texts += [table[i]["text"] for i in teaching]
        targets.append(target[teaching])
        prices.append(cost[teaching])
        numbers.append(np.full(len(teaching), number, np.int64))
        rates.append(np.where(held_out, 0, rate).astype(np.float32))
        noises.append(np.full(len(teaching), source.noise, np.float32))
        kept.append(held_out)
    columns = (np.concatenate(part) for part in (targets, prices, numbers, rates, noises, kept))
    return Corpus(texts, *columns)
