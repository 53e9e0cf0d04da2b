"""Puts the figures of `dss eval` into a model's card.json, so that /models/info serves what the README shows.

A step of its own behind training: it reads the files of evaluation/, which training never does, and changes nothing
but the card's member "evaluation".
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
from pathlib import Path
from typing import Any

from training.linear import card as cards
from training.tables import ROOT


def figures(dss: Path, models: Path, model: str = "simple") -> dict[str, Any]:
    """What `dss eval --json` says of a model in `models`, without its name and version."""
    command = [dss, "eval", "--json", "--model", model, "--models", models, "--data", ROOT / "evaluation"]
    measured: dict[str, Any] = json.loads(subprocess.check_output(list(map(str, command))))
    return {name: value for name, value in measured.items() if name not in ("model", "version", "sha256")}


def main() -> None:
    """Reads the card, measures, writes the card."""
    parser = argparse.ArgumentParser(prog="python -m training.linear.figures", description=__doc__)
    binary = Path(os.environ.get("DSS_BINARY", ROOT / "build/release/dss"))
    parser.add_argument(
        "--dss", type=Path, default=binary, help="the program (default: DSS_BINARY or build/release/dss)"
    )
    parser.add_argument("--models", type=Path, default=ROOT / "models", help="folder that holds simple/ and bert/")
    parser.add_argument("--model", choices=["simple", "bert"], default="simple", help="(%(default)s)")
    arguments = parser.parse_args()
    path = arguments.models / arguments.model / "card.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    card["evaluation"] = figures(arguments.dss, arguments.models, arguments.model)
    cards.write_card(path, card)


if __name__ == "__main__":
    main()
