"""Texts to token numbers, by Hugging Face's tokenizers."""

from __future__ import annotations

from pathlib import Path

from tokenizers import BertWordPieceTokenizer

from training.encoder.plan import Tokeniser


def tokeniser(folder: Path) -> Tokeniser:
    """The uncased WordPiece tokeniser of a folder with vocab.txt."""
    pieces = BertWordPieceTokenizer(str(folder / "vocab.txt"), lowercase=True)

    def tokenise(texts: list[str]) -> list[list[int]]:
        return [one.ids for one in pieces.encode_batch(texts)]

    return tokenise
