"""Every number that the training of `simple` depends on, with the reason for its value."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from training.tables import LABELS


@dataclass(frozen=True)
class Source:
    """A file of training/data, what its rows weigh in the loss, and the labels that it may teach."""

    name: str
    weight: float
    labels: tuple[str, ...] = LABELS
    clean_is_clean: bool = False  # True: rows known not to be toxic have none of the other labels either
    comments: bool = True  # False: left out when the frequency of n-grams is counted


@dataclass(frozen=True)
class Recipe:
    """Chosen by ROC AUC on held-out folds of the Jigsaw rows, never on the files of evaluation/."""

    bucket_bits: int = 18  # 2^19 gained nothing
    tf: str = "binary"
    norm: str = "joint"
    norm_floor: float = 50.0  # about the norm of six words: with fewer, a logit stays nearer to the bias
    sources: tuple[Source, ...] = field(
        default=(
            Source("jigsaw", 1.0),
            Source("jigsaw_natural", 1.0),
            Source("jigsaw_toxic_only", 1.0, clean_is_clean=True),
            Source("jigsaw_fr_translated", 1.0),
            Source("civil_spans", 0.2, ("threat", "identity_hate")),
            Source("wikipedia_talk", 0.5, clean_is_clean=True),
            Source("paradetox", 0.3, ("toxic", "obscene", "insult")),
            Source("innocent_words", 0.4, comments=False),
        )
    )
    ridge_cost: float = 4.0  # C of plain logistic regression
    bayes_cost: float = 3.0  # C of the one whose priors are squared log-count ratios
    bayes_smoothing: float = 0.3  # added to every count before the ratio
    bayes_share: float = 0.7  # of the second model in the average
    epochs: int = 12
    tolerance: float = 3e-3
    seed: int = 20240301
    folds: int = 8  # for scores of rows by models that did not read them; with few, those models are less sure
    window_characters: int = 400
    window_margin: float = 2.0

    def as_json(self) -> dict[str, Any]:
        """For the card."""
        return asdict(self)
