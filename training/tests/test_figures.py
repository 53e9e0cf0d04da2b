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
