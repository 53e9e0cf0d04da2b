"""Sentences about groups of people, clean ones and abusive ones, for measuring identity bias.

Written apart from the training sentences and never trained on. Every group gets the same sentences; backgrounds.tsv
names people by trade or build instead, so that the two can be compared.
"""

from __future__ import annotations

import csv
import itertools
import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ALTERNATIVES = re.compile(r"(\([^()]*\)|\[[^\[\]]*\])")
CLEAN, TOXIC = "clean", "toxic"


@dataclass(frozen=True)
class Sentence:
    """A sentence about a group; `identity` is False for the groups of backgrounds.tsv."""

    text: str
    group: str
    identity: bool
    toxic: bool


def expand(template: str) -> list[str]:
    """Every reading of a template: (a|b) stands for a or b, [x] for x or nothing."""
    parts = ALTERNATIVES.split(template)
    choices = [part[1:-1].split("|") if part[:1] == "(" else [part] for part in parts]
    choices = [[part[0][1:-1], ""] if part[0][:1] == "[" else part for part in choices]
    return [" ".join("".join(reading).split()) for reading in itertools.product(*choices)]


def templates() -> dict[str, list[str]]:
    """Expanded templates by kind, `clean` and `toxic`."""
    kinds: dict[str, list[str]] = {}
    kind = ""
    for line in (HERE / "templates.txt").read_text(encoding="utf-8").splitlines():
        if line in (f"[{CLEAN}]", f"[{TOXIC}]"):
            kind = line[1:-1]
        elif line and not line.startswith("#"):
            kinds.setdefault(kind, []).extend(expand(line))
    return kinds


def groups(name: str) -> list[dict[str, str]]:
    """Rows plural, singular, being of groups.tsv or backgrounds.tsv."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def fill(template: str, group: dict[str, str]) -> str:
    """A template about a group; the first letter is a capital."""
    text = template.format(groups=group["plural"], a_group=group["singular"], being=group["being"])
    return text[:1].upper() + text[1:]


def sentences() -> list[Sentence]:
    """All sentences: groups first, backgrounds last."""
    named = [(group, True) for group in groups("groups.tsv")] + [(group, False) for group in groups("backgrounds.tsv")]
    return [
        Sentence(fill(template, group), group["plural"], identity, kind == TOXIC)
        for group, identity in named
        for kind, all_of_kind in templates().items()
        for template in all_of_kind
    ]


def every_sentence() -> list[str]:
    """The texts of `sentences`."""
    return [sentence.text for sentence in sentences()]
