"""Fits the Perspective map of each model and writes it into the model's card.

`dss eval --perspective --json` scores the rows, fits the map and cross-validates it; this command stores what it says
as the card's member `perspective` and changes nothing else. Run it again whenever a model was trained anew.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from training.linear.card import write_card
from training.tables import ROOT

SCORES = ROOT / "training/perspective/perspective_2018_scores.csv.gz"
COMMAND = "python -m training.perspective"


def fitted(dss: Path, models: Path, model: str, scores: Path) -> dict[str, Any]:
    """SHA-256 of the model, rows, folds and attributes (label, column, map, fit) as the program measures them."""
    command = [str(dss), "eval", "--models", str(models), "--model", model, "--perspective", str(scores), "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    answer = json.loads(done.stdout)
    return {"sha256": answer["sha256"], **answer["perspective"]}


def section(figures: dict[str, Any]) -> dict[str, Any]:
    """The card's member: where the map comes from, and the map."""
    return {
        "scale": "Perspective API, models of 2018",
        "data": str(SCORES.relative_to(ROOT)),
        "command": COMMAND,
        "method": "quantile map from the logit of the probability, piecewise linear; its fit is cross-validated",
        **figures,
    }


def store(path: Path, figures: dict[str, Any]) -> None:
    """Replaces the member `perspective` of a card, behind `calibration` if it is new."""
    card = json.loads(path.read_text(encoding="utf-8"))
    if "perspective" not in card:
        place = list(card).index("calibration") + 1
        items = list(card.items())
        card = dict([*items[:place], ("perspective", None), *items[place:]])
    card["perspective"] = section(figures)
    write_card(path, card)


def main() -> int:
    """Fits each model that is there."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__, epilog=f"example: {COMMAND} --model bert")
    parser.add_argument("--dss", type=Path, default=ROOT / os.environ.get("DSS_BINARY", "build/release/dss"))
    parser.add_argument("--models", type=Path, default=ROOT / "models", help="folder of the models (%(default)s)")
    parser.add_argument("--model", action="append", choices=("simple", "bert"), help="(default: those that are there)")
    arguments = parser.parse_args()
    for model in arguments.model or ("simple", "bert"):
        card = arguments.models / model / "card.json"
        if not card.exists():
            continue
        figures = fitted(arguments.dss, arguments.models, model, SCORES)
        store(card, figures)
        toxicity = figures["attributes"]["TOXICITY"]["fit"]
        f1 = ", ".join(f"{at}: {one['f1']:.3f}" for at, one in toxicity["thresholds"].items())
        print(f"{model}: TOXICITY F1 {f1}; Pearson {toxicity['pearson']:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
