"""Comments of the Jigsaw test that the encoder reads once and in one piece, with their lengths in tokens."""

import csv
import gzip
import json
import random

try:
    from tokenizers import BertWordPieceTokenizer
except ImportError:
    raise SystemExit(
        "bench/served needs the package tokenizers: .venv/bin/python bench/served/run (./test makes .venv)"
    ) from None

MOST_TOKENS = 128


def read(root, ask):
    """[(tokens, body of the request)], shuffled, always the same. `ask(body)`: the server's answer, as a dictionary."""
    with gzip.open(root / "evaluation/jigsaw_test.csv.gz", "rt", encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    tokenizer = BertWordPieceTokenizer(str(root / "models/bert/vocab.txt"), lowercase=True)
    found = []
    for text in texts:
        tokens = len(tokenizer.encode(text).ids)
        body = json.dumps({"text": text, "model": "bert"})
        if tokens <= MOST_TOKENS and not ask(body.encode()).get("deobfuscated"):
            found.append((tokens, body))
    random.Random(5).shuffle(found)
    return found
