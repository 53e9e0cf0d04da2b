"""Word 5-grams that two sets of texts share.

    python -m training.encoder.sentences.overlap

fails when a sentence of own_sentences.csv.gz shares one with HateCheck or with the templates of evaluation/identity.
Places are named by row, never by text.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from training.tables import EVALUATION, TRAINING_DATA, read_table, words_of

GRAM = 5
OWN = TRAINING_DATA / "own_sentences.csv.gz"


def grams(text: str) -> set[tuple[str, ...]]:
    """The distinct word 5-grams of a text; case and punctuation do not count."""
    words = words_of(text)
    return {tuple(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)}


class Forbidden:
    """The 5-grams of some texts, and the whole of those too short to have one."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._grams: set[tuple[str, ...]] = set()
        self._short: set[tuple[str, ...]] = set()
        for text in texts:
            self._grams |= grams(text)
            if len(words := words_of(text)) < GRAM:
                self._short.add(tuple(words))

    def shares(self, text: str) -> bool:
        """Whether a text shares a 5-gram with them, or equals a short one."""
        return tuple(words_of(text)) in self._short or not self._grams.isdisjoint(grams(text))


def hatecheck() -> list[str]:
    """The cases of HateCheck."""
    return [row["test_case"] for row in read_table(EVALUATION / "hatecheck.csv.gz")]


def main() -> int:
    """Prints the rows that share a 5-gram; 1 if there are any."""
    from evaluation.identity.sentences import every_sentence

    suites = {"HateCheck": hatecheck(), "evaluation/identity": every_sentence()}
    rows = read_table(OWN)
    found = 0
    for name, texts in suites.items():
        forbidden = Forbidden(texts)
        for number, row in enumerate(rows, 1):
            if forbidden.shares(row["text"]):
                found += 1
                print(f"{OWN.name} row {number} shares {GRAM} words in a row with {name}")
    print(f"{found} of {len(rows)} sentences overlap")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
