"""Request bodies for the benchmark: distinct texts of 200 characters, cut from the comments of evaluation/."""

import csv
import gzip
import json
import random
from pathlib import Path

LENGTH = 200
COUNT = 120_000


def make_texts(comments, count, seed=7):
    """Each text is two windows of half the length, so that two texts hardly ever share more than one of them."""
    stream = " ".join(" ".join(comment.split()) for comment in comments)
    chooser = random.Random(seed)
    half = LENGTH // 2
    texts = set()
    while len(texts) < count:
        first, second = (chooser.randrange(len(stream) - half) for _ in range(2))
        text = stream[first : first + half] + stream[second : second + half]
        if text == text.strip():
            texts.add(text)
    return sorted(texts, key=lambda text: chooser.random())


def read_comments(path):
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        column = next(name for name in rows.fieldnames if name in ("text", "comment_text"))
        return [row[column] for row in rows]


def write_bodies(root: Path, target: Path):
    """Writes the bodies once; they depend on nothing but the evaluation file."""
    source = root / "evaluation" / "jigsaw_test.csv.gz"
    if target.exists() and target.stat().st_mtime > source.stat().st_mtime:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps({"text": text}, ensure_ascii=False) for text in make_texts(read_comments(source), COUNT))
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
