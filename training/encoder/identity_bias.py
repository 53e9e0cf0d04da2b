"""Identity bias (Borkan et al. 2019, Nuanced Metrics for Measuring Unintended Bias): AUCs by group, and flag rates."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from training.encoder.auc import auc

BoolArray = NDArray[np.bool_]


def group_figures(
    score: NDArray[np.floating], toxic: BoolArray, group: BoolArray, background: BoolArray, threshold: float
) -> dict[str, float]:
    """Figures of one group. All arrays [sentences]; `group` and `background` choose sentences.

    subgroup: AUC within the group. bpsn: the background's toxic sentences against the group's clean ones, low where
    the group's name alone raises scores. bnsp: the background's clean ones against the group's toxic ones. flagged:
    the share of the group's clean sentences at or above the threshold.
    """
    bpsn = (background & toxic) | (group & ~toxic)
    bnsp = (background & ~toxic) | (group & toxic)
    return {
        "subgroup": auc(toxic[group], score[group]),
        "bpsn": auc(toxic[bpsn], score[bpsn]),
        "bnsp": auc(toxic[bnsp], score[bnsp]),
        "flagged": float((score[group & ~toxic] >= threshold).mean()),
        "clean_sentences": int((group & ~toxic).sum()),
    }


def power_mean(values: list[float], power: float = -5) -> float:
    """The generalised mean over groups of Borkan et al.: near the worst group."""
    return float(np.mean(np.array(values) ** power) ** (1 / power))
