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
    comments: bool = True  # False: left out when the frequency of n-grams is counted


@dataclass(frozen=True)
class Recipe:
    """Chosen by ROC AUC on held-out folds of the Jigsaw rows, never on the files of evaluation/."""

    bucket_bits: int = 18  # 2^19 gained nothing
    tf: str = "binary"
    norm: str = "joint"
    sources: tuple[Source, ...] = field(
        default=(
            Source("jigsaw", 1.0),
            Source("jigsaw_natural", 1.0),
            Source("jigsaw_toxic_only", 1.0),
            Source("jigsaw_fr_translated", 1.0),
            Source("civil_spans", 0.2, ("threat", "identity_hate")),
            Source("innocent_words", 0.3, comments=False),
        )
    )
    ridge_cost: float = 4.0  # C of plain logistic regression
    bayes_cost: float = 1.6  # C of the one whose priors are squared log-count ratios
    bayes_smoothing: float = 0.1  # added to every count before the ratio
    bayes_share: float = 0.5  # of the second model in the average
    epochs: int = 12
    tolerance: float = 3e-3
    seed: int = 20240301
    folds: int = 5  # for scores of rows by models that did not read them
    window_characters: int = 160
    window_margin: float = 2.5

    def as_json(self) -> dict[str, Any]:
        """For the card."""
        return asdict(self)
