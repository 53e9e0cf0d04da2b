"""Logits of the linear model for the encoder's held-out rows, by a linear model that did not read them either."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.encoder.corpus import Corpus
from training.linear import served
from training.linear.__main__ import Trainer
from training.linear.recipe import Recipe
from training.tables import text_key


def unread_logits(dss: Path, rows: Corpus, held_out: NDArray[np.int64], scratch: Path) -> NDArray[np.float64]:
    """Trains `simple` without the texts of `held_out` (a few minutes) and scores them as served: [rows, labels]."""
    texts = [rows.texts[row] for row in held_out]
    unread = {text_key(text) for text in texts}
    trainer = Trainer(dss, scratch, Recipe())
    chosen = np.array([text_key(text) not in unread for text in trainer.corpus.texts])
    card = trainer.train(chosen, scratch, "without held-out rows")
    return served.raw_logits(dss, (scratch / "model.safetensors").read_bytes(), card, texts)
