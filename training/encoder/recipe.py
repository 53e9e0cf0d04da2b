"""Every number that the training of `bert` depends on, with the reason for its value."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any

from training.tables import LABELS

HATE = ("toxic", "identity_hate")


@dataclass(frozen=True)
class Source:
    """A file of training/data: how many of its rows an epoch reads, what they weigh, which labels they may teach."""

    name: str
    rows: float  # of the file in one epoch; 0.5 reads every row in every other epoch
    weight: float = 1.0
    labels: tuple[str, ...] = LABELS
    clean_is_clean: bool = False  # rows known not to be toxic have none of the other labels either
    only_hate_zeros: bool = False  # a zero teaches identity_hate alone: rows without hate may be rude all the same
    held_out: int = 33  # one text in so many is kept for development
    noise: float = 0.1  # share of rows that are misspelt, anew in every epoch


@dataclass(frozen=True)
class Recipe:
    """Chosen on held-out training rows, never on the files of evaluation/."""

    sources: tuple[Source, ...] = field(
        default=(
            Source("jigsaw", 1.0),
            Source("jigsaw_natural", 1.0, held_out=8),  # more: they give calibration and thresholds too
            Source("jigsaw_toxic_only", 0.5, clean_is_clean=True),
            Source("jigsaw_fr_translated", 1.0),
            Source("civil_spans", 0.4, 0.3),
            Source("wikipedia_talk", 0.3, 0.7, clean_is_clean=True),
            Source("paradetox", 0.5, 0.5, ("toxic", "obscene", "insult")),
            Source("innocent_words", 0.2, 0.3, noise=0.0),
            Source("wikipedia_benign", 0.4, 0.7),
            Source("french_benign", 0.4, 0.5),
            Source("edos", 0.35, 0.5, HATE, only_hate_zeros=True),
            Source("davidson", 0.35, 0.5, HATE, only_hate_zeros=True),
            Source("hatexplain", 0.5, 0.7, HATE, only_hate_zeros=True),
            Source("toxigen", 1.0, 1.0, HATE, only_hate_zeros=True),
            Source("mlma_en", 0.4, 0.3, HATE, only_hate_zeros=True),
            Source("mlma_fr", 0.5, 0.3, HATE, only_hate_zeros=True),
            Source("own_sentences", 0.35, noise=0.25),
        )
    )
    rare_copies: int = 2  # of Jigsaw rows with a threat, severe toxicity or hate: 20 to 60 times rarer than the rest
    label_weights: tuple[float, ...] = (2.0, 1.0, 1.0, 1.0, 1.0, 1.5)
    epochs: int = 5
    peak_rate: float = 1.5e-4
    layer_decay: float = 0.9  # of the rate, from each layer to the one below
    head_factor: float = 5.0  # rate of the new heads over that of the top layer
    warm_up: float = 0.04  # of all steps
    betas: tuple[float, float] = (0.9, 0.98)
    decay: float = 0.01
    clip: float = 1.0
    head_dropout: float = 0.1
    hidden_dropout: float = 0.1  # from the first epoch: without it rows that repeat are learnt by heart
    average: float = 0.9995  # of the moving average of weights, which is what is served
    most_rows: int = 64  # a batch
    most_tokens: int = 3072  # padded, a batch
    short: int = 128  # where most texts are cut
    long: int = 224
    long_share: float = 0.15
    held_out_templates: int = 12  # one template in so many
    seed: int = 20251122

    def as_json(self) -> dict[str, Any]:
        """For the card and the checkpoint."""
        return asdict(self)

    def digest(self) -> str:
        """Changes with any number that changes what is learnt: a checkpoint of another recipe is not continued."""
        return hashlib.sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()[:12]
