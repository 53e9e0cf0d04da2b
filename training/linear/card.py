"""`card.json`: what the model is, where it comes from, and how its logits become decisions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from training.linear.recipe import Recipe
from training.tables import LABELS

VERSION = "1.0.0"
CREATED = "2025-11-22"  # of the recipe and the data, not of the run: the same data gives the same card

LICENCE = {
    "weights": "CC BY-SA 3.0",
    "reason": "made from text of Wikipedia talk pages (CC BY-SA 3.0); labels are CC0",
}

LICENCES_OF_SOURCES = {
    "jigsaw": "labels CC0, text CC BY-SA 3.0",
    "jigsaw_natural": "labels CC0, text CC BY-SA 3.0",
    "jigsaw_toxic_only": "labels CC0, text CC BY-SA 3.0",
    "jigsaw_fr_translated": "MIT",
    "civil_spans": "CC0",
    "wikipedia_talk": "Apache-2.0, text CC BY-SA 3.0",
    "paradetox": "CC0",
    "innocent_words": "SCOWL (permissive), US Census (public domain), GeoNames (CC BY 4.0)",
}

LIMITS = {
    "languages": "English. Other languages are scored and marked; their scores mean little.",
    "word order": "Sees words and pieces of words, hardly their order: negation, quotation, irony and reported abuse "
    "are often taken for abuse. See the HateCheck table.",
    "identity": "Names of groups raise the scores of harmless sentences; worst for short ones.",
    "domain": "Learnt from Wikipedia talk pages of 2004-2015; chat, games and newer slang are less well known.",
    "rare categories": "threat, severe_toxic and identity_hate have few positive rows: their probabilities are rough.",
    "use": "Meant to help people decide, not to decide about people.",
}


def base_card(sha256: str, features_recipe: str, recipe: Recipe) -> dict[str, Any]:
    """The part that the program needs to read the weights."""
    return {
        "id": "dss-simple",
        "version": VERSION,
        "format": "linear-ngrams-1",
        "sha256": sha256,
        "created": CREATED,
        "languages": ["en"],
        "labels": list(LABELS),
        "features": {
            "recipe": features_recipe,
            "bucket_bits": recipe.bucket_bits,
            "tf": recipe.tf,
            "norm": recipe.norm,
            "norm_floor": recipe.norm_floor,
        },
        "windows": {"characters": recipe.window_characters, "margin": recipe.window_margin},
    }


def training_section(recipe: Recipe, rows: dict[str, int], natural: int) -> dict[str, Any]:
    """Sources, settings and the command, for who reads the card."""
    used = recipe.as_json()
    sources = {
        source.name: {
            "rows": rows[source.name],
            "weight": source.weight,
            "labels": list(source.labels),
            "licence": LICENCES_OF_SOURCES[source.name],
        }
        for source in recipe.sources
    }
    used.pop("sources")
    return {
        "command": "make train-simple",
        "method": "logistic regression and NB-LR over hashed word 1-2-grams and character 4-5-grams, averaged",
        "sources": sources,
        "hyperparameters": used,
        "calibration_rows": natural,
        "calibration": "scores of jigsaw_natural and jigsaw, weighted to natural prevalence, by models that did "
        "not read them, as served; monotone piecewise linear",
        "leakage_check": "python -m training.check_leakage",
    }


def write_card(path: Path, card: dict[str, Any]) -> None:
    """Writes the card as JSON that a person can read."""
    path.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
