"""Measures a `bert` directory on evaluation/ as the program serves it, beside `simple`. Training reads nothing of it.

    .venv/bin/python -m training.encoder.evaluate [--model models/bert]

`--against fp32` also prints what 8-bit arithmetic costs.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluation.identity.sentences import sentences
from training.encoder import suites
from training.encoder.identity_bias import group_figures, power_mean
from training.linear import served
from training.tables import EVALUATION, LABELS, ROOT, label_matrix, read_table

IDENTITY_HATE = LABELS.index("identity_hate")
FloatArray = NDArray[np.float64]


class Model:
    """A directory with its card, and `simple` beside it, both asked through the program."""

    def __init__(self, folder: Path, models: Path, dss: Path, precision: str = "int8") -> None:
        self.folder, self.models, self.dss, self.precision = folder, models, dss, precision
        self.thresholds = json.loads((folder / "card.json").read_text(encoding="utf-8"))["thresholds"]

    def scores(self, texts: list[str]) -> tuple[FloatArray, FloatArray]:
        """Calibrated probabilities of the model, and of `simple`."""
        settings = {"DSS_ENCODER_DIRECTORY": str(self.folder.resolve()), "DSS_ENCODER_PRECISION": self.precision}
        ours = served.probabilities(self.dss, self.models, texts, "bert", settings)
        return ours, served.probabilities(self.dss, self.models, texts)


def ranking_suite(model: Model, name: str, resamples: int) -> dict[str, Any]:
    """A labelled file, paired against `simple`."""
    rows = read_table(EVALUATION / f"{name}.csv.gz")
    p, simple = model.scores([row["text"].strip() for row in rows])
    return suites.ranking(label_matrix(rows) >= 0.5, p, simple, resamples)


def hatecheck_suite(model: Model) -> dict[str, Any]:
    """HateCheck decided by identity_hate at the card's threshold."""
    rows = read_table(EVALUATION / "hatecheck.csv.gz")
    p, _ = model.scores([row["test_case"].strip() for row in rows])
    hateful = np.array([row["label_gold"] == "hateful" for row in rows])
    names = np.array([row["functionality"] for row in rows])
    return suites.hatecheck(hateful, names, p[:, IDENTITY_HATE], model.thresholds["identity_hate"])


def identity_suite(model: Model) -> dict[str, Any]:
    """Bias by group on evaluation/identity, by `toxic` at the card's threshold."""
    every = sentences()
    p, _ = model.scores([sentence.text for sentence in every])
    toxic = np.array([sentence.toxic for sentence in every])
    group = np.array([sentence.group for sentence in every])
    identity = np.array([sentence.identity for sentence in every])
    figures = {
        name: group_figures(p[:, 0], toxic, group == name, ~identity, model.thresholds["toxic"])
        for name in dict.fromkeys(group[identity].tolist())
    }
    worst = max(figures, key=lambda name: figures[name]["flagged"])
    means = {key: power_mean([one[key] for one in figures.values()]) for key in ("subgroup", "bpsn", "bnsp")}
    return {"power_means": means, "most_flagged": [worst, figures[worst]["flagged"]], "groups": figures}


def calibration_suite(model: Model) -> dict[str, Any]:
    """Whether probabilities mean what they say on natural rows."""
    rows = read_table(EVALUATION / "calibration_natural.csv.gz")
    p, _ = model.scores([row["text"].strip() for row in rows])
    truth = label_matrix(rows) >= 0.5
    errors = {name: suites.calibration_error(truth[:, c], p[:, c]) for c, name in enumerate(LABELS)}
    return {"rows": len(rows), "expected_calibration_error": errors}


def markdown(figures: dict[str, Any]) -> str:
    """The tables of the README."""
    lines = ["| label | bert | 95 % | simple | gain, 95 % |", "|---|---|---|---|---|"]
    for name, one in figures["jigsaw_test"].items():
        low, high = one["interval"]
        below, above = one["gain_interval"]
        line = (
            f"| {name} | {one['auc']:.4f} | {low:.4f}-{high:.4f} | {one['simple']:.4f} | {below:+.4f} … {above:+.4f} |"
        )
        lines.append(line)
    hate = figures["hatecheck"]
    lines.append(
        f"\nHateCheck by identity_hate ≥ {hate['threshold']}: AUC {hate['auc']:.4f}, hateful {hate['hateful']:.1%}, "
        f"non-hateful {hate['non_hateful']:.1%}, mean {hate['mean_of_halves']:.1%}, all {hate['all']:.1%}\n"
    )
    lines += ["| functionality | right |", "|---|---|"]
    lines += [f"| {name} | {share:.1%} |" for name, share in hate["functionalities"].items()]
    bias = figures["identity"]
    means = ", ".join(f"{name} {value:.4f}" for name, value in bias["power_means"].items())
    worst, share = bias["most_flagged"]
    lines.append(f"\nIdentity bias, power means of AUC: {means}; most flagged: {worst}, {share:.1%}\n")
    lines += ["| group | subgroup | BPSN | BNSP | flagged |", "|---|---|---|---|---|"]
    for name, one in bias["groups"].items():
        lines.append(
            f"| {name} | {one['subgroup']:.3f} | {one['bpsn']:.3f} | {one['bnsp']:.3f} | {one['flagged']:.1%} |"
        )
    return "\n".join(lines)


def precision_cost(model: Model, other: Model) -> str:
    """What the model loses against the same weights in another precision."""
    rows = read_table(EVALUATION / "jigsaw_test.csv.gz")
    texts, truth = [row["text"].strip() for row in rows], label_matrix(rows) >= 0.5
    areas = [suites.aucs(truth, one.scores(texts)[0])[len(LABELS)] for one in (model, other)]
    halves = [hatecheck_suite(one)["mean_of_halves"] for one in (model, other)]
    return (
        f"{model.precision} against {other.precision}: mean AUC {areas[0]:.4f} against {areas[1]:.4f}, "
        f"HateCheck's mean of halves {halves[0]:.1%} against {halves[1]:.1%}"
    )


def parse() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m training.encoder.evaluate",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    binary = Path(os.environ.get("DSS_BINARY", ROOT / "build/release/dss"))
    parser.add_argument("--dss", type=Path, default=binary, help="the program (DSS_BINARY or build/release/dss)")
    parser.add_argument("--model", type=Path, default=ROOT / "models/bert", help="(%(default)s)")
    parser.add_argument("--models", type=Path, default=ROOT / "models", help="where `simple` is (%(default)s)")
    parser.add_argument("--against", choices=["fp32", "bf16"], help="compare with this precision")
    parser.add_argument("--resamples", type=int, default=1000, help="bootstrap draws (%(default)s)")
    parser.add_argument("--json", type=Path, help="writes the figures there")
    return parser.parse_args()


def main() -> None:
    """Prints the tables."""
    arguments = parse()
    model = Model(arguments.model, arguments.models, arguments.dss)
    figures = {
        "jigsaw_test": ranking_suite(model, "jigsaw_test", arguments.resamples),
        "hatecheck": hatecheck_suite(model),
        "identity": identity_suite(model),
        "calibration_natural": calibration_suite(model),
    }
    print(markdown(figures))
    print(json.dumps(figures["calibration_natural"]))
    if arguments.against is not None:
        print(precision_cost(model, Model(arguments.model, arguments.models, arguments.dss, arguments.against)))
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
