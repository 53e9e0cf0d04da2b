"""The map to Perspective's scale: what is stored in a card, and what stays there."""

import json

import pytest

from training.linear.card import write_card
from training.perspective.__main__ import SCORES, section, store
from training.tables import ROOT

FIGURES = {"rows": 3, "folds": 5, "attributes": {"TOXICITY": {"label": "toxic", "map": {"x": [-1, 1], "y": [0, 1]}}}}


def test_the_card_keeps_everything_else(tmp_path):
    before = json.loads((ROOT / "models/simple/card.json").read_text())
    before.pop("perspective", None)
    card = tmp_path / "card.json"
    write_card(card, before)
    store(card, FIGURES)
    after = json.loads(card.read_text())
    assert after["perspective"] == section(FIGURES)
    assert {name: value for name, value in after.items() if name != "perspective"} == before
    first = card.read_bytes()
    store(card, FIGURES)
    assert card.read_bytes() == first, "a second run changes nothing"


@pytest.mark.parametrize("model", ["simple", "bert"])
def test_the_shipped_map_was_fitted_for_the_shipped_weights(model):
    card = json.loads((ROOT / f"models/{model}/card.json").read_text())
    assert card["perspective"]["sha256"] == card["sha256"], f"run python -m training.perspective --model {model}"


def test_the_rows_are_where_the_card_says():
    assert SCORES.exists()
    assert section(FIGURES)["data"] == "training/perspective/perspective_2018_scores.csv.gz"
