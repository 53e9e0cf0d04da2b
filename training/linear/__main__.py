"""Trains models/simple from training/data: weights, calibration, thresholds and card.

Steps: extract n-grams with `dss features`; train on all rows; train once more without each fold of the natural, the
sampled and the innocent rows, and score that fold with `dss score`; fit calibration and thresholds to those scores.
The files of evaluation/ are not read. The same machine gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from training.linear import card as cards
from training.linear import decisions, features, served, sources, trainer
from training.linear.calibration import Curve, fit_curve
from training.linear.export import write_weights
from training.linear.logistic import FloatArray
from training.linear.prevalence import natural_weights
from training.linear.recipe import Recipe
from training.tables import LABELS, ROOT


class Trainer:
    """One run: what all its steps share."""

    def __init__(self, dss: Path, output: Path, recipe: Recipe) -> None:
        """Reads the data and extracts its features."""
        self.dss = dss
        self.output = output
        self.recipe = recipe
        self.corpus = sources.load(recipe)
        print(f"{len(self.corpus.texts)} rows; extracting n-grams")
        self.counts = features.extract(dss, self.corpus.texts, recipe.bucket_bits)

    def train(self, chosen: NDArray[np.bool_], folder: Path, name: str) -> dict[str, Any]:
        """Trains on the chosen rows, writes model.safetensors; the base of its card."""
        counts = self.counts.take(chosen)
        comments = self.counts.take(chosen & self.corpus.comments)
        idf = features.inverse_document_frequency(comments, self.recipe.bucket_bits)
        rows = features.weigh(counts, idf, self.recipe.tf, self.recipe.norm_floor)
        target = np.nan_to_num(self.corpus.target[chosen])
        model = trainer.train(rows, target, self.corpus.cost[chosen], self.recipe, name)
        folder.mkdir(parents=True, exist_ok=True)
        digest = write_weights(folder / "model.safetensors", model, idf)
        return cards.base_card(digest, self.counts.recipe, self.recipe)

    def unread_logits(self, scratch: Path) -> FloatArray:
        """Served logits [rows, 6] of rows that have a fold, by models trained without them; NaN elsewhere."""
        logits = np.full(self.corpus.target.shape, np.nan)
        for fold in tqdm(range(self.recipe.folds), desc="folds"):
            held_out = self.corpus.fold == fold
            card = self.train(~held_out, scratch, f"fold {fold}")
            weights = (scratch / "model.safetensors").read_bytes()
            texts = [self.corpus.texts[i] for i in np.flatnonzero(held_out)]
            logits[held_out] = served.raw_logits(self.dss, weights, card, texts)
        return logits


def probabilities_of(curves: dict[str, Curve], logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Calibrated probabilities [rows, 6] of logits [rows, 6]."""
    return np.stack([curves[name].probability(logits[:, column]) for column, name in enumerate(LABELS)], axis=1)


def calibrate(
    logits: NDArray[np.float64], target: FloatArray, natural: NDArray[np.bool_], innocent: NDArray[np.float64]
) -> dict[str, Any]:
    """The card's calibration, thresholds, band and histogram.

    `logits` and `target` [rows, 6] of rows of one corpus, those in `natural` as they came, the others sampled by label;
    `innocent` [rows, 6] logits of texts that are not to be flagged.
    """
    curves: dict[str, Curve] = {}
    truths = target >= 0.5
    weights = natural_weights(truths, natural)
    for column, name in enumerate(LABELS):
        curves[name] = fit_curve(logits[:, column], truths[:, column], weights[:, column])
    p = probabilities_of(curves, logits)
    thresholds = decisions.best_thresholds(p, truths, probabilities_of(curves, innocent), weights)
    return {
        "calibration": {name: {"x": curve.x.tolist(), "y": curve.y.tolist()} for name, curve in curves.items()},
        "thresholds": dict(zip(LABELS, thresholds, strict=True)),
        "uncertain": decisions.uncertain_band(),
        "reference_histogram": decisions.reference_histogram(p[natural, 0]),
    }


def parse() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m training.linear",
        description=__doc__,
        epilog="examples:\n  make train-simple\n  python -m training.linear --dss build/release/dss --output simple",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    binary = Path(os.environ.get("DSS_BINARY", ROOT / "build/release/dss"))
    parser.add_argument(
        "--dss", type=Path, default=binary, help="the program (default: DSS_BINARY or build/release/dss)"
    )
    parser.add_argument("--output", type=Path, default=ROOT / "models/simple", help="folder for weights and card")
    parser.add_argument("--scratch", type=Path, default=ROOT / "build/training", help="folder for models of the folds")
    return parser.parse_args()


def main() -> None:
    """Trains, calibrates and writes weights and card."""
    arguments = parse()
    recipe = Recipe()
    run = Trainer(arguments.dss, arguments.output, recipe)
    logits = run.unread_logits(arguments.scratch)
    natural = run.corpus.is_from(sources.NATURAL)
    innocent = run.corpus.is_from(sources.INNOCENT)
    card = run.train(np.ones(len(natural), np.bool_), arguments.output, "all rows")
    known = natural | run.corpus.is_from(sources.SAMPLED)
    card |= calibrate(logits[known], run.corpus.target[known], natural[known], logits[innocent])
    card["limits"] = cards.LIMITS
    card["training"] = cards.training_section(recipe, Counter(run.corpus.source.tolist()), int(known.sum()))
    card["licence"] = cards.LICENCE
    cards.write_card(arguments.output / "card.json", card)
    np.savez_compressed(
        arguments.scratch / "unread.npz", logits=logits, source=run.corpus.source, target=run.corpus.target
    )
    print(json.dumps({"sha256": card["sha256"], "thresholds": card["thresholds"]}))


if __name__ == "__main__":
    main()
