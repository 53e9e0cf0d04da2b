"""Makes models/bert of an exported run: int8 weights, blend with `simple`, calibration, thresholds, card.

Reads fp32/ and held_out.npz of `training.encoder.export`. The files of evaluation/ are not read.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

import numpy as np

from training.encoder import card as cards
from training.encoder import corpus, decisions
from training.encoder.blend import FloatArray, blend, likeliest_weight, ranking_weight
from training.encoder.linear_logits import unread_logits
from training.encoder.quantise import quantise_directory
from training.encoder.recipe import Recipe
from training.linear.card import write_card
from training.linear.prevalence import natural_weights
from training.tables import LABELS, ROOT

OWN_SHARE = 0.25  # what a sentence of our own counts when hate is weighed: the templates are few


def blend_weights(
    encoder: FloatArray, linear: FloatArray, rows: corpus.Corpus, held_out: np.ndarray, recipe: Recipe
) -> FloatArray:
    """One weight a label, from `encoder` and `linear`, logits [held-out rows, labels].

    What ranks the held-out Jigsaw rows best, as many of each kind as come by nature. But identity_hate, which the hate
    sets and our own sentences decide as well, by likelihood over all rows that know it.
    """
    source = np.array([one.name for one in recipe.sources])[rows.source[held_out]]
    truth = rows.target[held_out] >= 0.5
    jigsaw, natural = decisions.jigsaw_rows(source)
    shares = natural_weights(truth[jigsaw], natural[jigsaw])
    own = np.where(source == corpus.OWN, OWN_SHARE, 1.0)
    weights = []
    for column in range(len(LABELS)):
        e, z, t, cost = (table[:, column] for table in (encoder, linear, truth, rows.cost[held_out]))
        if column == decisions.IDENTITY_HATE:
            known = cost > 0
            weights.append(likeliest_weight(e[known], z[known], t[known], (cost * own)[known]))
        else:
            weights.append(ranking_weight(e[jigsaw], z[jigsaw], t[jigsaw], shares[:, column]))
    return np.array(weights)


def parse() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m training.encoder.finish",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dss" / "encoder"
    binary = Path(os.environ.get("DSS_BINARY", ROOT / "build/release/dss"))
    parser.add_argument("--dss", type=Path, default=binary, help="the program (DSS_BINARY or build/release/dss)")
    parser.add_argument("--folder", type=Path, default=cache, help="of the run (%(default)s)")
    parser.add_argument("--output", type=Path, default=ROOT / "models/bert", help="(%(default)s)")
    parser.add_argument("--simple", type=Path, default=ROOT / "models/simple", help="the linear model of the blend")
    return parser.parse_args()


def main() -> None:
    """Fits and writes everything."""
    arguments = parse()
    recipe = Recipe()
    rows = corpus.load(recipe)
    saved = np.load(arguments.folder / "held_out.npz")
    held_out, encoder = saved["rows"], saved["logits"]
    if not np.array_equal(held_out, np.flatnonzero(rows.held_out)):
        raise SystemExit("finish: held_out.npz is of other data: run python -m training.encoder.export again")
    linear = unread_logits(arguments.dss, rows, held_out, arguments.folder / "linear")
    weights = blend_weights(encoder, linear, rows, held_out, recipe)
    decided = decisions.decide(blend(encoder, linear, weights), rows, held_out, recipe)
    flagged = decided.pop("own_clean_flagged")
    digest = quantise_directory(arguments.folder / "fp32", arguments.output)
    simple = json.loads((arguments.simple / "card.json").read_text(encoding="utf-8"))
    write_card(arguments.output / "card.json", cards.card(digest, simple["sha256"], weights, decided, recipe, rows))
    summary = {
        "weights": dict(zip(LABELS, weights.tolist(), strict=True)),
        "thresholds": decided["thresholds"],
        "clean sentences of held-out templates flagged": flagged,
    }
    print(json.dumps(summary, indent=1))


if __name__ == "__main__":
    main()
