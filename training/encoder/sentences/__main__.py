"""Writes training/data/own_sentences.csv.gz anew. The same templates give the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from evaluation.identity.sentences import every_sentence
from training.check_leakage import EvaluationIndex, evaluation_files, identity_sentences, texts_of
from training.encoder.sentences.generate import Sentence, sentences
from training.encoder.sentences.overlap import OWN, Forbidden, hatecheck
from training.tables import EVALUATION, write_table

COUNT = 40_000
SEED = 20251122


def allowed() -> Callable[[str], bool]:
    """Says whether a text neither overlaps with HateCheck or evaluation/identity nor repeats an evaluation row."""
    forbidden = Forbidden([*hatecheck(), *every_sentence()])
    index = EvaluationIndex(chain(identity_sentences(), *map(texts_of, evaluation_files(EVALUATION))))
    return lambda text: not forbidden.shares(text) and index.leak(text) is None


def shipped_sentences() -> Iterator[Sentence]:
    """The sentences of the file."""
    return sentences(COUNT, SEED, allowed())


def main() -> None:
    """Writes the file."""
    rows = [sentence.row() for sentence in shipped_sentences()]
    write_table(OWN, rows)
    print(f"{len(rows)} sentences in {OWN.name}")


if __name__ == "__main__":
    main()
