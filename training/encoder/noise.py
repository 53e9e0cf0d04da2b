"""Misspellings for training: people write `h a t e`, `h4te`, `haate`, `hte`. Apart from evaluation/obfuscate.py."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

WORD = re.compile(r"[^\W\d_]{3,}")
LOOKALIKES = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "5$", "t": "7", "g": "9", "b": "8", "l": "1"}


def spaced(word: str, rng: random.Random) -> str:
    """h a t e, h.a.t.e, h-a-t-e."""
    return rng.choice((" ", " ", ".", "-", "_")).join(word)


def lookalike(word: str, rng: random.Random) -> str:
    """Letters replaced by digits and signs that resemble them."""
    share = rng.choice((0.4, 0.7, 1.0))
    return "".join(
        rng.choice(LOOKALIKES[c.lower()]) if c.lower() in LOOKALIKES and rng.random() < share else c for c in word
    )


def dropped(word: str, rng: random.Random) -> str:
    """A letter left out, though not the first."""
    at = rng.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def repeated(word: str, rng: random.Random) -> str:
    """A letter drawn out."""
    at = rng.randrange(len(word))
    return word[:at] + word[at] * rng.randint(2, 4) + word[at + 1 :]


def swapped(word: str, rng: random.Random) -> str:
    """Two neighbouring letters exchanged."""
    at = rng.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def starred(word: str, rng: random.Random) -> str:
    """A letter hidden, or a sign put in."""
    at = rng.randrange(1, len(word))
    return word[:at] + rng.choice("*#.-_") + word[at + rng.randint(0, 1) :]


STYLES: tuple[Callable[[str, random.Random], str], ...] = (
    spaced,
    spaced,
    lookalike,
    lookalike,
    dropped,
    repeated,
    swapped,
    starred,
)


def misspell(text: str, rng: random.Random) -> str:
    """The text with some of its words in one of the styles, or with its blanks left out or put elsewhere."""
    if len(text) < 60 and rng.random() < 0.08:
        return text.replace(" ", "")
    if len(text) < 60 and rng.random() < 0.04:
        return " ".join(text)
    style = rng.choice(STYLES)
    share = rng.choice((0.15, 0.3, 0.6, 1.0) if len(text) < 200 else (0.05, 0.15, 0.3))
    words = list(WORD.finditer(text))
    if not words:
        return text
    chosen = {match.start() for match in words if rng.random() < share} or {rng.choice(words).start()}
    return WORD.sub(lambda match: style(match[0], rng) if match.start() in chosen else match[0], text)
