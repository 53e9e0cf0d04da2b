"""Writes training/data/own_sentences.csv.gz anew. The same templates give the same bytes."""

from __future__ import annotations

from evaluation.identity.sentences import every_sentence
from training.encoder.sentences.generate import sentences
from training.encoder.sentences.overlap import OWN, Forbidden, hatecheck
from training.tables import write_table

COUNT = 40_000
SEED = 20251122


def main() -> None:
    """Makes the sentences, none of which overlaps with an evaluation suite."""
    forbidden = Forbidden([*hatecheck(), *every_sentence()])
    rows = [sentence.row() for sentence in sentences(COUNT, SEED, lambda text: not forbidden.shares(text))]
    write_table(OWN, rows)
    print(f"{len(rows)} sentences in {OWN.name}")


if __name__ == "__main__":
    main()
