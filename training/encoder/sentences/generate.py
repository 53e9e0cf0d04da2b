"""Sentences of our own making, from templates and groups: what the collected data does not teach.

Neutral, positive, negated, quoted, reclaimed and hateful use of the names of groups; profanity without hate; abuse of
things, of persons and of trades. A sentence that shares five words in a row with HateCheck is never made, see
`overlap.py`. The same seed gives the same sentences.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from training.tables import LABELS, Row, stable_hash, text_key

HERE = Path(__file__).resolve().parent
HEADER = re.compile(r"\[(?P<kind>[\w-]+) (?P<share>\d+) (?P<labels>[\w= ]+)\]")
INNERMOST = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
SLOT = re.compile(r"\{(\w+)\}")
WRONG_ARTICLE = re.compile(r"\b([Aa]) (?=[aeioAEIO])")  # not before u: a useless, a user
ATTEMPTS = 40


@dataclass(frozen=True)
class Group:
    """The names of a group of people; `slurs` are singular nouns, often none."""

    plural: str
    singular: str
    being: str
    slurs: tuple[str, ...]


@dataclass
class Kind:
    """One use of language: its share of all sentences, its labels, its templates."""

    name: str
    share: int
    labels: dict[str, str]
    templates: list[str] = field(default_factory=list)


def read_groups(path: Path = HERE / "groups.tsv") -> list[Group]:
    """The groups of a table with columns plural, singular, being, slurs (parted by semicolons)."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [
        Group(row["plural"], row["singular"], row["being"], tuple(filter(None, (row["slurs"] or "").split(";"))))
        for row in rows
    ]


def read_slots(path: Path = HERE / "slots.txt") -> dict[str, list[str]]:
    """Choices by name of the slot."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {name: choices.strip().split("|") for name, choices in (line.split(":", 1) for line in lines)}


def read_kinds(path: Path = HERE / "templates.txt") -> list[Kind]:
    """The kinds of sentences with their templates. A line before the first header is an error."""
    kinds: list[Kind] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        header = HEADER.fullmatch(line)
        if header:
            labels = dict(pair.split("=") for pair in header["labels"].split())
            if unknown := set(labels) - set(LABELS):
                raise ValueError(f"{path.name}: no such label: {', '.join(sorted(unknown))}")
            kinds.append(Kind(header["kind"], int(header["share"]), labels))
        elif line and not line.startswith("#"):
            kinds[-1].templates.append(line)
    return kinds


def plural(noun: str) -> str:
    """The plural of a slur."""
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("ch", "sh", "s", "x")) else "s")


class Writer:
    """Fills templates; `random` may be replaced at any time."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.groups = read_groups()
        self.slots = read_slots()
        self.openings = (HERE / "opening.txt").read_text(encoding="utf-8").splitlines()
        self.closings = (HERE / "closing.txt").read_text(encoding="utf-8").splitlines()

    def _choose(self, match: re.Match[str]) -> str:
        if match[1] is not None:
            return self.random.choice(match[1].split("|"))
        return match[2] if self.random.random() < 0.5 else ""

    def _names(self, template: str) -> dict[str, str]:
        """Names for the slots that are of a group."""
        eligible = [group for group in self.groups if group.slurs] if "{slur" in template else self.groups
        group, other = self.random.choice(eligible), self.random.choice(self.groups)
        names = {"groups": group.plural, "a_group": group.singular, "being": group.being}
        names |= {"others": other.plural, "a_other": other.singular}
        if group.slurs:
            slur = self.random.choice(group.slurs)
            names |= {"slur": slur, "slurs": plural(slur)}
        return names

    def fill(self, template: str) -> str:
        """One sentence of a template."""
        while INNERMOST.search(template):
            template = INNERMOST.sub(self._choose, template)
        names = self._names(template)
        text = SLOT.sub(lambda slot: names.get(slot[1]) or self.random.choice(self.slots[slot[1]]), template)
        return " ".join(WRONG_ARTICLE.sub(r"\1n ", text).split())

    def dress(self, text: str) -> str:
        """With an opening or a closing now and then, and with capitals or without."""
        if self.random.random() < 0.12:
            text = f"{self.random.choice(self.openings)} {text}"
        if self.random.random() < 0.2:
            closing = self.random.choice(self.closings)
            text = text.rstrip(".") + ("" if closing[0] in "!,." else " ") + closing
        chance = self.random.random()
        if chance < 0.35:
            return text.lower()
        if chance < 0.38:
            return text.upper()
        return text[:1].upper() + text[1:] + ("" if text[-1:] in ".!?" or chance > 0.75 else ".")


@dataclass(frozen=True)
class Sentence:
    """A sentence and where it comes from."""

    text: str
    kind: Kind
    template: str

    def row(self) -> Row:
        """As a row of training data; its source names the kind, and the template by a short hash."""
        labels = {name: self.kind.labels.get(name, "") for name in LABELS}
        source = f"own {self.kind.name} {stable_hash(self.template) % 10**6:06}"
        return {"text": self.text, "lang": "en", **labels, "source": source}


def sentences(count: int, seed: int, allowed: Callable[[str], bool]) -> Iterator[Sentence]:
    """About `count` different sentences that are `allowed`, every kind by its share.

    Every sentence has a random generator of its own, so that one which is not allowed changes hardly any other.
    """
    kinds = read_kinds()
    total = sum(kind.share for kind in kinds)
    writer = Writer(seed)
    seen: set[str] = set()
    for kind in kinds:
        for number in range(round(count * kind.share / total)):
            writer.random = random.Random(f"{seed} {kind.name} {number}")
            for _ in range(ATTEMPTS):
                template = writer.random.choice(kind.templates)
                text = writer.dress(writer.fill(template))
                if text_key(text) not in seen and allowed(text):
                    seen.add(text_key(text))
                    yield Sentence(text, kind, template)
                    break
