"""How far scores stand for those of the Perspective API: what `dss eval` and `dss compare` say of it."""

import csv
import gzip
import json
import pathlib
import re
import subprocess

import pytest
from program import BINARY, ROOT

SCORES = ROOT / "training/perspective/perspective_2018_scores.csv.gz"
# Few texts reach 0.9, so the figure moves by chance: its interval is .80 to .91.
FLOORS = {"0.5": 0.86, "0.7": 0.86, "0.8": 0.86, "0.9": 0.85}


def dss(*arguments):
    done = subprocess.run([BINARY, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr
    return done.stdout


def card(model):
    return json.loads((ROOT / f"models/{model}/card.json").read_text())


def test_the_card_holds_what_dss_eval_measures():
    measured = json.loads(dss("eval", "--model", "simple", "--perspective", "--json"))["perspective"]
    stored = card("simple")["perspective"]
    assert {name: stored[name] for name in measured} == measured


@pytest.mark.parametrize("threshold", FLOORS)
def test_old_thresholds_keep_their_meaning(threshold):
    fit = card("bert")["perspective"]["attributes"]["TOXICITY"]["fit"]
    assert fit["thresholds"][threshold]["f1"] >= FLOORS[threshold]
    assert fit["pearson"] >= 0.91


def archive(folder, rows=200) -> pathlib.Path:
    """The first rows of the old scores, as somebody's own archive."""
    path = folder / "archive.csv"
    with gzip.open(SCORES, "rt", newline="", encoding="utf-8") as source, path.open("w", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(["comment", "old"])
        for row, _ in zip(csv.DictReader(source), range(rows), strict=False):
            writer.writerow([row["comment_text"], row["TOXICITY@6"]])
        writer.writerow(["a row without a score", ""])
    return path


def test_compare_tells_which_decisions_change(tmp_path):
    path = archive(tmp_path)
    changed = tmp_path / "changed.csv"
    told = dss("compare", path, "--text-column", "comment", "--old-column", "old", "--threshold", "0.8",
               "--model", "simple", "--changed", changed)  # fmt: skip
    figures = dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", told, re.MULTILINE))
    assert figures["rows"] == "200"
    with changed.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == int(figures["newly flagged"]) + int(figures["no longer flagged"]) > 0
    assert all((float(row["old"]) >= 0.8) != (float(row["new"]) >= 0.8) for row in rows)
    gaps = [abs(float(row["old"]) - float(row["new"])) for row in rows]
    assert gaps == sorted(gaps, reverse=True)


def test_compare_names_what_is_wrong(tmp_path):
    path = archive(tmp_path, 3)
    for arguments in (["--old-column", "none"], ["--old-column", "old", "--attribute", "SPAM"]):
        done = subprocess.run(
            [BINARY, "compare", path, "--text-column", "comment", *arguments], cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode != 0 and done.stderr.startswith("dss: ") and done.stderr.count("\n") == 1
