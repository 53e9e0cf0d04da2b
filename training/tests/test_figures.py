"""The card's figures are those that `dss eval` prints for the weights beside it."""

import json
import os
from pathlib import Path

import pytest

from training.linear.figures import figures
from training.tables import ROOT

BINARY = Path(os.environ.get("DSS_BINARY", ROOT / "build/release/dss"))


@pytest.mark.skipif(not BINARY.exists(), reason="needs the program")
def test_the_card_holds_what_dss_eval_measures() -> None:
    card = json.loads((ROOT / "models/simple/card.json").read_text(encoding="utf-8"))
    assert card["evaluation"] == figures(BINARY, ROOT / "models")


@pytest.mark.skipif(not BINARY.exists(), reason="needs the program")
def test_the_card_of_the_encoder_holds_what_dss_eval_measures() -> None:
    """Attention is rounded otherwise by other processors, so figures may differ a little."""
    card = json.loads((ROOT / "models/bert/card.json").read_text(encoding="utf-8"))["evaluation"]
    measured = figures(BINARY, ROOT / "models", "bert")
    assert measured["jigsaw_test"]["mean_auc"] == pytest.approx(card["jigsaw_test"]["mean_auc"], abs=0.001)
    for name in ("hateful_right", "non_hateful_right"):
        assert measured["hatecheck"][name] == pytest.approx(card["hatecheck"][name], abs=0.01)
