"""Checks that no training text stands in an evaluation file.

A row of training/data leaks when its words equal those of an evaluation row (case and punctuation aside), or when
half of its word 6-grams stand in one evaluation row. Leaking rows are named by file and row number, never by text;
row 1 is the first after the header.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from tqdm import tqdm

from evaluation.identity.sentences import every_sentence
from training.tables import EVALUATION, TRAINING_DATA, read_table, text_key, words_of

GRAM = 6
SHARE = 0.5
TEXT_COLUMNS = ("text", "test_case")


@dataclass(frozen=True)
class Place:
    """A row of a file; rows count from 1."""

    file: str
    row: int

    def __str__(self) -> str:
        return f"{self.file} row {self.row}"


def grams(text: str) -> set[tuple[str, ...]]:
    """The distinct word 6-grams of a text; empty for fewer than six words."""
    words = words_of(text)
    return {tuple(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)}


class EvaluationIndex:
    """Finds the evaluation row that a training text repeats."""

    def __init__(self, texts: Iterable[tuple[Place, str]]) -> None:
        """Indexes the evaluation texts by their words and by their word 6-grams."""
        self._by_key: dict[str, Place] = {}
        self._by_gram: dict[tuple[str, ...], list[Place]] = defaultdict(list)
        for place, text in texts:
            if key := text_key(text):
                self._by_key.setdefault(key, place)
            for gram in grams(text):
                self._by_gram[gram].append(place)

    def leak(self, text: str) -> Place | None:
        """The evaluation row that `text` equals or shares half of its 6-grams with, if there is one."""
        exact = self._by_key.get(text_key(text))
        if exact is not None:
            return exact
        own = grams(text)
        shared = Counter(place for gram in own for place in self._by_gram.get(gram, ()))
        for place, count in shared.most_common(1):
            if count >= SHARE * len(own):
                return place
        return None


def texts_of(path: Path) -> Iterator[tuple[Place, str]]:
    """Every text of a CSV file, or every line of a text file, with its place."""
    if path.suffix == ".txt":
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield Place(path.name, number), line
        return
    for number, row in enumerate(read_table(path), 1):
        column = next(name for name in TEXT_COLUMNS if name in row)
        yield Place(path.name, number), row[column]


def identity_sentences() -> Iterator[tuple[Place, str]]:
    """The sentences of evaluation/identity; their row is their number in the list."""
    for number, text in enumerate(every_sentence(), 1):
        yield Place("identity", number), text


def evaluation_files(folder: Path) -> list[Path]:
    """The evaluation files that hold texts."""
    return sorted([*folder.glob("*.csv.gz"), *folder.glob("*.txt")])


def find_leaks(training: list[Path], evaluation: list[Path]) -> list[tuple[Place, Place]]:
    """Pairs of a training row and the evaluation row that it repeats, those of evaluation/identity among them."""
    index = EvaluationIndex(chain(identity_sentences(), *map(texts_of, evaluation)))
    found = []
    for path in tqdm(training, desc="checking", unit="file"):
        for place, text in texts_of(path):
            if (other := index.leak(text)) is not None:
                found.append((place, other))
    return found


def main() -> int:
    """Prints the leaking rows; 1 if there are any, else 0."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog="example: python -m training.check_leakage",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--training", type=Path, default=TRAINING_DATA, help="folder of *.csv.gz to check")
    parser.add_argument("--evaluation", type=Path, default=EVALUATION, help="folder of *.csv.gz and *.txt")
    arguments = parser.parse_args()
    training = sorted(arguments.training.glob("*.csv.gz"))
    evaluation = evaluation_files(arguments.evaluation)
    if not training or not evaluation:
        print("no files to compare", file=sys.stderr)
        return 1
    leaks = find_leaks(training, evaluation)
    for place, other in leaks:
        print(f"{place} repeats {other}")
    print(f"{len(leaks)} leaking rows in {len(training)} training files against {len(evaluation)} evaluation files")
    return 1 if leaks else 0


if __name__ == "__main__":
    sys.exit(main())
