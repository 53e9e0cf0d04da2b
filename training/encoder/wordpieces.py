"""Texts to token numbers, by Hugging Face's tokenizers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from tokenizers import BertWordPieceTokenizer

from training.encoder.plan import Tokeniser, Tokens

PART = 2000  # texts at a time: what the tokeniser tells besides the numbers takes much memory


def tokeniser(folder: Path) -> Tokeniser:
    """The uncased WordPiece tokeniser of a folder with vocab.txt."""
    pieces = BertWordPieceTokenizer(str(folder / "vocab.txt"), lowercase=True)

    def tokenise(texts: list[str]) -> list[Tokens]:
        found: list[Tokens] = []
        for start in range(0, len(texts), PART):
            found += [np.array(one.ids, np.int32) for one in pieces.encode_batch(texts[start : start + PART])]
        return found

    return tokenise
