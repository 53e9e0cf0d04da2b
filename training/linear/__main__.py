"""Trains models/simple from training/data: weights, calibration, thresholds and card.

Steps: extract n-grams with `dss features`; train on all rows; train once more for each fold of the natural rows
without it, and score that fold with `dss score`; fit calibration and thresholds to those scores. The files of
evaluation/ are not read. The same machine gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
import os
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
        idf = features.inverse_document_frequency(counts, self.recipe.bucket_bits)
        rows = features.weigh(counts, idf, self.recipe.tf)
        target = np.nan_to_num(self.corpus.target[chosen])
        model = trainer.train(rows, target, self.corpus.cost[chosen], self.recipe, name)
        folder.mkdir(parents=True, exist_ok=True)
        digest = write_weights(folder / "model.safetensors", model, idf)
        return cards.base_card(digest, self.counts.recipe, self.recipe)

    def unread_logits(self, scratch: Path) -> FloatArray:
        """Served logits [rows, 6] of every natural row by a model that was trained without it; NaN elsewhere."""
        logits = np.full(self.corpus.target.shape, np.nan)
        for fold in tqdm(range(self.recipe.folds), desc="folds"):
            held_out = self.corpus.fold == fold
            card = self.train(~held_out, scratch, f"fold {fold}")
            weights = (scratch / "model.safetensors").read_bytes()
            texts = [self.corpus.texts[i] for i in np.flatnonzero(held_out)]
            logits[held_out] = served.raw_logits(self.dss, weights, card, texts)
        return logits


def calibrate(logits: NDArray[np.float64], target: FloatArray) -> dict[str, Any]:
    """The card's calibration, thresholds, band and histogram from natural rows. Both arrays [rows, 6]."""
    curves: dict[str, Curve] = {}
    thresholds: dict[str, float] = {}
    for column, name in enumerate(LABELS):
        truth = target[:, column] >= 0.5
        curves[name] = fit_curve(logits[:, column], truth)
        thresholds[name] = decisions.best_threshold(curves[name].probability(logits[:, column]), truth)
    toxic = curves["toxic"].probability(logits[:, 0])
    return {
        "calibration": {name: {"x": curve.x.tolist(), "y": curve.y.tolist()} for name, curve in curves.items()},
        "thresholds": thresholds,
        "uncertain": decisions.uncertain_band(),
        "reference_histogram": decisions.reference_histogram(toxic),
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
    natural = run.corpus.fold >= 0
    logits = run.unread_logits(arguments.scratch)
    np.savez_compressed(
        arguments.scratch / "natural_logits.npz", logits=logits[natural], target=run.corpus.target[natural]
    )
    card = run.train(np.ones(len(natural), np.bool_), arguments.output, "all rows")
    card |= calibrate(logits[natural], run.corpus.target[natural])
    card["limits"] = cards.LIMITS
    card["training"] = cards.training_section(recipe, run.corpus.rows, int(natural.sum()))
    card["licence"] = cards.LICENCE
    cards.write_card(arguments.output / "card.json", card)
    print(json.dumps({"sha256": card["sha256"], "thresholds": card["thresholds"]}))


if __name__ == "__main__":
    main()
