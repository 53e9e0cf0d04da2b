"""The tokeniser of dss and that of Hugging Face behind the same function: texts → pieces."""

import os
import struct
import subprocess
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

ROOT = Path(__file__).resolve().parents[2]
BERT = ROOT / "models" / "bert" / "vocab.txt"
PART = 1000  # texts at a time: what the library tells besides the numbers takes much memory


def program() -> Path:
    return Path(os.environ.get("DSS_WORDPIECE_DUMP", ROOT / "build/release/tests/tokenizer/wordpiece_dump"))


@dataclass(frozen=True)
class Mode:
    lower: bool
    strip: bool


MODES = [Mode(lower, strip) for lower in (True, False) for strip in (True, False)]
UNCASED = Mode(lower=True, strip=True)


def framed(texts: list[bytes]) -> bytes:
    return b"".join(struct.pack("=I", len(text)) + text for text in texts)


def ours(vocabulary: Path, mode: Mode, texts: list[bytes]) -> list[np.ndarray]:
    """For each text an array of rows: id, begin, end, begins_word."""
    command = [program(), vocabulary, "lower" if mode.lower else "keep", "strip" if mode.strip else "keep"]
    output = subprocess.run(command, input=framed(texts), stdout=subprocess.PIPE, check=True).stdout
    numbers = np.frombuffer(output, np.uint32)
    found, at = [], 0
    for _ in texts:
        end = at + 1 + 4 * int(numbers[at])
        found.append(numbers[at + 1 : end].reshape(-1, 4))
        at = end
    assert at == len(numbers)
    return found


@cache
def word_piece(vocabulary: Path) -> WordPiece:
    pieces = vocabulary.read_bytes().decode().removesuffix("\n").split("\n")
    ids = {piece: number for number, piece in enumerate(pieces)}
    return WordPiece(ids, unk_token="[UNK]", max_input_chars_per_word=100)


def hugging_face(vocabulary: Path, mode: Mode) -> Tokenizer:
    """Without added tokens: what a text holds is never a special piece."""
    tokenizer = Tokenizer(word_piece(vocabulary))
    tokenizer.normalizer = BertNormalizer(
        clean_text=True, handle_chinese_chars=True, strip_accents=mode.strip, lowercase=mode.lower
    )
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


def byte_offsets(text: str) -> np.ndarray:
    """Bytes before each character, and before the end."""
    points = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    sizes = 1 + (points >= 0x80) + (points >= 0x800) + (points >= 0x10000)
    return np.concatenate([[0], np.cumsum(sizes)])


def theirs(tokenizer: Tokenizer, texts: list[str]) -> list[np.ndarray]:
    """For each text an array of rows: id, begin, end, begins_word."""
    found = []
    encodings = (tokenizer.encode_batch(texts[first : first + PART]) for first in range(0, len(texts), PART))
    for text, one in zip(texts, chain.from_iterable(encodings), strict=True):
        rows = np.zeros((len(one.ids), 4), np.uint32)
        if one.ids:
            rows[:, 0] = one.ids
            rows[:, 1:3] = byte_offsets(text)[np.array(one.offsets)]
            words = np.array(one.word_ids)
            rows[:, 3] = np.diff(words, prepend=-1) != 0
        found.append(rows)
    return found
