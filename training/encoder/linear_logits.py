"""Logits of the linear model for the encoder's held-out rows, by a linear model that did not read them either."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.encoder.corpus import Corpus
from training.linear import served
from training.linear.__main__ import Trainer
from training.linear.recipe import Recipe
from training.tables import text_key


def digest(texts: list[str]) -> str:
    """Names what the logits depend on: the texts, and how `simple` is trained."""
    content = json.dumps([texts, Recipe().as_json()], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def unread_logits(dss: Path, rows: Corpus, held_out: NDArray[np.int64], scratch: Path) -> NDArray[np.float64]:
    """Trains `simple` without the texts of `held_out` (a few minutes) and scores them as served: [rows, labels].

    The logits are kept in `scratch` for the next run on the same texts.
    """
    texts = [rows.texts[row] for row in held_out]
    kept, name = scratch / "logits.npz", digest(texts)
    if kept.exists():
        saved = np.load(kept)
        if saved["digest"] == name:
            return saved["logits"]
    unread = {text_key(text) for text in texts}
    trainer = Trainer(dss, scratch, Recipe())
    chosen = np.array([text_key(text) not in unread for text in trainer.corpus.texts])
    card = trainer.train(chosen, scratch, "without held-out rows")
    logits = served.raw_logits(dss, (scratch / "model.safetensors").read_bytes(), card, texts)
    np.savez_compressed(kept, digest=name, logits=logits)
    return logits
