"""The figures of `dss eval` computed anew and apart from it: numpy and scikit-learn over scores of `dss score`.

Prints JSON in the form of `dss eval --json`. With --compare FILE (an output of `dss eval --json`) it names every figure
that differs by more than the tolerance (bootstrap intervals: by more than 0.004, the draws being others), and fails if
there is one.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, precision_recall_fscore_support, roc_auc_score

from training.linear.served import probabilities
from training.tables import EVALUATION, LABELS, ROOT, Row, label_matrix, read_table

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

FREQUENT = [LABELS.index(name) for name in ("toxic", "obscene", "insult")]
IDENTITY_HATE = LABELS.index("identity_hate")
INTERVAL_TOLERANCE = 0.004


class Scorer:
    """Probabilities of one model, and the thresholds of its card."""

    def __init__(self, dss: Path, models: Path) -> None:
        """Reads `models`/simple/card.json; scores are made by `dss`."""
        self._dss = dss
        self._models = models
        self.card = json.loads((models / "simple/card.json").read_text(encoding="utf-8"))
        self.thresholds = np.array([self.card["thresholds"][name] for name in LABELS], np.float32)

    def __call__(self, texts: list[str]) -> FloatArray:
        """Probabilities [texts, 6], rounded to the server's float32."""
        return probabilities(self._dss, self._models, texts).astype(np.float32).astype(np.float64)


def aucs(truth: BoolArray, p: FloatArray) -> FloatArray:
    """ROC AUC of each column; NaN where a class is absent."""
    return np.array(
        [
            roc_auc_score(truth[:, c], p[:, c]) if 0 < truth[:, c].sum() < len(p) else np.nan
            for c in range(truth.shape[1])
        ]
    )


def intervals(truth: BoolArray, p: FloatArray, resamples: int, seed: int = 1) -> FloatArray:
    """Percentile bootstrap [2, 8]: 95 % bounds of the six AUCs, their mean, and the mean of the frequent three."""
    rng = np.random.default_rng(seed)
    draws = []
    for _ in range(resamples):
        rows = rng.integers(0, len(p), len(p))
        one = aucs(truth[rows], p[rows])
        draws.append([*one, one.mean(), one[FREQUENT].mean()])
    return np.nanpercentile(np.array(draws), [2.5, 97.5], axis=0)


def ranking_figures(rows: list[Row], scorer: Scorer, resamples: int) -> dict[str, Any]:
    """AUC, PR-AUC and decisions for each category of a labelled file."""
    p = scorer([row["text"].strip() for row in rows])
    truth = label_matrix(rows) >= 0.5
    area = aucs(truth, p)
    bounds = intervals(truth, p, resamples) if resamples else np.full((2, len(LABELS) + 2), np.nan)
    categories = {}
    for c, name in enumerate(LABELS):
        precision, recall, f1, _ = precision_recall_fscore_support(
            truth[:, c], p[:, c] >= scorer.thresholds[c], average="binary", zero_division=0
        )
        categories[name] = {
            "positives": int(truth[:, c].sum()),
            "auc": area[c],
            "auc_interval": bounds[:, c].tolist(),
            "pr_auc": average_precision_score(truth[:, c], p[:, c]),
            "threshold": float(scorer.thresholds[c]),
            "precision": precision,
            "recall": recall,
            "f1": f1,
        }
    return {
        "rows": len(rows),
        "mean_auc": area.mean(),
        "mean_auc_interval": bounds[:, -2].tolist(),
        "toxic_obscene_insult_auc": area[FREQUENT].mean(),
        "toxic_obscene_insult_auc_interval": bounds[:, -1].tolist(),
        "categories": categories,
    }


def expected_calibration_error(truth: BoolArray, p: FloatArray) -> float:
    """Ten bins of equal width: the mean over rows of |mean probability - observed share| of the row's bin."""
    bins = np.minimum((p * 10).astype(int), 9)
    gaps = [abs(p[bins == b].sum() - truth[bins == b].sum()) for b in range(10)]
    return float(sum(gaps) / len(p))


def calibration_figures(rows: list[Row], scorer: Scorer) -> dict[str, Any]:
    """Whether probabilities mean what they say, on rows of natural prevalence."""
    p = scorer([row["text"].strip() for row in rows])
    truth = label_matrix(rows) >= 0.5
    rate = truth.mean(axis=0)
    skill = 1 - ((p - truth) ** 2).mean(axis=0) / (rate * (1 - rate))
    order = np.argsort(p[:, 0], kind="stable")
    likely = order[p[order, 0] >= np.float64(np.float32(0.1))]
    bins = [
        {"rows": len(part), "mean_probability": p[part, 0].mean(), "observed": truth[part, 0].mean()}
        for part in np.array_split(likely, 5)
    ]
    return {
        "rows": len(rows),
        "toxic_expected_calibration_error": expected_calibration_error(truth[:, 0], p[:, 0]),
        "toxic_bins": bins,
        "brier_skill": dict(zip(LABELS, skill.tolist(), strict=True)),
    }


def hatecheck_figures(rows: list[Row], scorer: Scorer) -> dict[str, Any]:
    """HateCheck as a whole and by functionality."""
    p = scorer([row["test_case"].strip() for row in rows])
    hateful = np.array([row["label_gold"] == "hateful" for row in rows])
    names = np.array([row["functionality"] for row in rows])
    right = (p >= scorer.thresholds) == hateful[:, None]
    by_identity_hate = right[:, IDENTITY_HATE]
    functionalities = {
        name: {
            "cases": int((names == name).sum()),
            "by_identity_hate": by_identity_hate[names == name].mean(),
            "by_toxic": right[names == name, 0].mean(),
        }
        for name in dict.fromkeys(names.tolist())
    }
    return {
        "cases": len(rows),
        "identity_hate_auc": roc_auc_score(hateful, p[:, IDENTITY_HATE]),
        "toxic_auc": roc_auc_score(hateful, p[:, 0]),
        "hateful_right": by_identity_hate[hateful].mean(),
        "non_hateful_right": by_identity_hate[~hateful].mean(),
        "all_right": by_identity_hate.mean(),
        "functionalities": functionalities,
    }


def near_miss_figures(texts: list[str], scorer: Scorer) -> dict[str, int]:
    """How many innocent texts any category flags."""
    flagged = (scorer(texts) >= scorer.thresholds).any(axis=1)
    return {"texts": len(texts), "flagged": int(flagged.sum())}


def measure(scorer: Scorer, resamples: int) -> dict[str, Any]:
    """All figures, in the form of `dss eval --json`."""
    lines = (EVALUATION / "near_misses.txt").read_text(encoding="utf-8").splitlines()
    return {
        "model": "simple",
        "version": scorer.card["version"],
        "sha256": scorer.card["sha256"],
        "jigsaw_test": ranking_figures(read_table(EVALUATION / "jigsaw_test.csv.gz"), scorer, resamples),
        "obfuscated_test": ranking_figures(read_table(EVALUATION / "obfuscated_test.csv.gz"), scorer, resamples),
        "calibration_natural": calibration_figures(read_table(EVALUATION / "calibration_natural.csv.gz"), scorer),
        "hatecheck": hatecheck_figures(read_table(EVALUATION / "hatecheck.csv.gz"), scorer),
        "near_misses": near_miss_figures(lines, scorer),
    }


def differences(ours: Any, theirs: Any, tolerance: float, path: str = "") -> list[str]:
    """Names and values of the figures that differ."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        keys = list(dict.fromkeys([*ours, *theirs]))
        return [d for k in keys for d in differences(ours.get(k), theirs.get(k), tolerance, f"{path}.{k}")]
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        loose = INTERVAL_TOLERANCE if path.endswith("_interval") else tolerance
        pairs = enumerate(zip(ours, theirs, strict=True))
        return [d for i, (a, b) in pairs for d in differences(a, b, loose, f"{path}[{i}]")]
    numbers = isinstance(ours, int | float) and isinstance(theirs, int | float)
    same = abs(ours - theirs) <= tolerance if numbers else ours == theirs
    return [] if same else [f"{path[1:]}: {ours} here, {theirs} there"]


def rounded(value: Any) -> Any:
    """Numbers with four decimals, all the way down."""
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    if isinstance(value, list):
        return [rounded(one) for one in value]
    return round(float(value), 4) if isinstance(value, float | np.floating) else value


def main() -> int:
    """Prints the figures or compares them; 1 if a figure differs."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog="example: build/release/dss eval --json > a.json; python -m evaluation.measure --compare a.json",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    binary = Path(os.environ.get("DSS_BINARY", ROOT / "build/release/dss"))
    parser.add_argument("--dss", type=Path, default=binary, help="the program that scores")
    parser.add_argument("--models", type=Path, default=ROOT / "models", help="folder that holds simple/")
    parser.add_argument("--resamples", type=int, default=200, help="bootstrap draws (0: no intervals)")
    parser.add_argument("--compare", type=Path, help="an output of `dss eval --json`")
    parser.add_argument("--tolerance", type=float, default=1.5e-4)
    arguments = parser.parse_args()
    figures = rounded(measure(Scorer(arguments.dss, arguments.models), arguments.resamples))
    if arguments.compare is None:
        print(json.dumps(figures, indent=1))
        return 0
    found = differences(figures, json.loads(arguments.compare.read_text(encoding="utf-8")), arguments.tolerance)
    print("\n".join(found) or "all figures agree")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
