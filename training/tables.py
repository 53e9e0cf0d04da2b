"""Reads and writes the labelled texts of `training/data` and `evaluation`."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

LABELS = ("toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate")
COLUMNS = ("text", "lang", *LABELS, "source")
ROOT = Path(__file__).resolve().parent.parent
TRAINING_DATA = ROOT / "training" / "data"
EVALUATION = ROOT / "evaluation"

Row = dict[str, str]


def read_table(path: Path) -> list[Row]:
    """All rows of a CSV file with a header, gzipped or not, cell by column name."""
    csv.field_size_limit(1 << 30)
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(path: Path, rows: list[Row]) -> None:
    """Writes rows as gzipped CSV without a time stamp: equal rows give equal bytes."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(gzip.compress(buffer.getvalue().encode("utf-8"), compresslevel=9, mtime=0))


def label_matrix(rows: list[Row]) -> NDArray[np.float32]:
    """Labels [rows, 6] in [0, 1]; NaN where a label is blank, that is unknown."""
    cells = [[float(row[name]) if row[name] != "" else np.nan for name in LABELS] for row in rows]
    return np.array(cells, np.float32).reshape(len(rows), len(LABELS))


def words_of(text: str) -> list[str]:
    """Lower-case words, punctuation left out."""
    return re.findall(r"\w+", text.lower())


def text_key(text: str) -> str:
    """The text's words with single blanks: equal for texts that differ in case or punctuation only."""
    return " ".join(words_of(text))


def stable_hash(text: str) -> int:
    """A number of 64 bits that is the same in every run and on every machine."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big")
