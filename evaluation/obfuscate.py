"""Makes an obfuscated copy of an evaluation file, in the manner of people who evade word filters.

Six styles, one drawn for each text: `leet` (sh1t, $hit), `dots` (s.h.i.t, s-h-i-t, sh.it), `spaces` (s h i t),
`zero_width` (invisible characters between letters), `homoglyphs` (Cyrillic and Greek look-alikes, full-width and
mathematical letters, accents) and `repeats` (shiiiit). Half of a text's content words are disguised: words of
three letters or more that are not function words. Which words are offensive is not known to this program, so
harmless texts are disguised just as much as abusive ones.

The generator knows nothing of the normaliser that undoes such tricks; it was written apart from it. It needs only
the standard library, and the same seed gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import random
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

SHARE_OF_WORDS = 0.5
WORD = re.compile(r"[A-Za-z]{3,}")

FUNCTION_WORDS = frozenset(
    """the and for are but not you your yours all any can had her hers was one our ours out has him his how its may
    new now old see two way who did get got let say she too use that this with have from they will would there their
    what when where which while about into than then them these those been being were does doing done just also only
    very some such more most much many over under again here why because could should shall might must each other
    both few own same off on up down before after above below between through during until yourself himself herself
    itself themselves yourselves ourselves myself""".split()
)

LEET = {
    "a": "4@", "b": "8", "e": "33", "g": "9", "i": "1!", "l": "1|", "o": "00", "s": "5$", "t": "7+", "z": "2",
}  # fmt: skip

CYRILLIC_AND_GREEK = {
    "a": "а", "c": "с", "e": "е", "h": "һ", "i": "і", "j": "ј", "k": "к", "m": "м", "n": "п", "o": "оο", "p": "рρ",
    "s": "ѕ", "t": "т", "u": "υ", "v": "ν", "x": "х", "y": "у",
    "A": "АΑ", "B": "ВΒ", "C": "С", "E": "ЕΕ", "H": "НΗ", "I": "ІΙ", "K": "КΚ", "M": "МΜ", "N": "Ν", "O": "ОΟ",
    "P": "РΡ", "S": "Ѕ", "T": "ТΤ", "X": "ХΧ", "Y": "ҮΥ", "Z": "Ζ",
}  # fmt: skip

ACCENTS = "\u0300\u0301\u0302\u0303\u0308\u030a"
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
MATHEMATICAL_FIRST_LETTERS = (
    0x1D400,
    0x1D5D4,
    0x1D670,
)  # bold, sans-serif bold, monospace: A-Z, then a-z

Style = Callable[[str, random.Random], str]


def leet(word: str, rng: random.Random) -> str:
    """Digits and signs for letters: each letter that has one, with probability 0.6, at least one of them."""
    places = [i for i, letter in enumerate(word) if letter.lower() in LEET]
    if not places:
        return word
    chosen = {i for i in places if rng.random() < 0.6} or {rng.choice(places)}
    return "".join(rng.choice(LEET[c.lower()]) if i in chosen else c for i, c in enumerate(word))


def dots(word: str, rng: random.Random) -> str:
    """A separator between all letters, or (one time in five) at a single place."""
    separator = rng.choices(".-_*", weights=(6, 2, 1, 1))[0]
    if rng.random() < 0.8:
        return separator.join(word)
    place = rng.randrange(1, len(word))
    return word[:place] + separator + word[place:]


def spaces(word: str, rng: random.Random) -> str:
    """Letters set apart by single spaces."""
    del rng
    return " ".join(word)


def zero_width(word: str, rng: random.Random) -> str:
    """One to three invisible characters inside the word."""
    for _ in range(rng.randint(1, 3)):
        place = rng.randrange(1, len(word))
        word = word[:place] + rng.choice(ZERO_WIDTH) + word[place:]
    return word


def _mathematical(word: str, rng: random.Random) -> str:
    first = rng.choice(MATHEMATICAL_FIRST_LETTERS)
    return "".join(chr(first + ord(c) - (65 if c.isupper() else 97 - 26)) for c in word)


def _full_width(word: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in word)


def _accented(word: str, rng: random.Random) -> str:
    marked = "".join(c + rng.choice(ACCENTS) if c.lower() in "aeiouycn" else c for c in word)
    return unicodedata.normalize("NFC", marked)


def _look_alike(word: str, rng: random.Random) -> str:
    places = [i for i, letter in enumerate(word) if letter in CYRILLIC_AND_GREEK]
    if not places:
        return _full_width(word)
    chosen = {i for i in places if rng.random() < 0.7} or {rng.choice(places)}
    return "".join(rng.choice(CYRILLIC_AND_GREEK[c]) if i in chosen else c for i, c in enumerate(word))


def homoglyphs(word: str, rng: random.Random) -> str:
    """Letters that look the same: mostly Cyrillic and Greek, else full-width, mathematical or accented ones."""
    kind = rng.random()
    if kind < 0.64:
        return _look_alike(word, rng)
    if kind < 0.76:
        return _full_width(word)
    if kind < 0.88:
        return _mathematical(word, rng)
    return _accented(word, rng)


def repeats(word: str, rng: random.Random) -> str:
    """One or two letters, three to six times each."""
    for _ in range(rng.randint(1, 2)):
        place = rng.randrange(len(word))
        word = word[:place] + word[place] * rng.randint(3, 6) + word[place + 1 :]
    return word


STYLES: dict[str, Style] = {
    "leet": leet,
    "dots": dots,
    "spaces": spaces,
    "zero_width": zero_width,
    "homoglyphs": homoglyphs,
    "repeats": repeats,
}


def obfuscate(text: str, style: str, rng: random.Random, share: float = SHARE_OF_WORDS) -> str:
    """The text with about `share` of its content words disguised in one style; at least one, if it has any."""
    words = [m for m in WORD.finditer(text) if m.group().lower() not in FUNCTION_WORDS]
    if not words:
        return text
    chosen = {m.start() for m in words if rng.random() < share} or {rng.choice(words).start()}

    def disguise(match: re.Match[str]) -> str:
        return STYLES[style](match.group(), rng) if match.start() in chosen else match.group()

    return WORD.sub(disguise, text)


def obfuscate_rows(rows: list[dict[str, str]], seed: int) -> list[dict[str, str]]:
    """Copies of the rows with `text` disguised and `source` naming the style. One random stream for each row."""
    names = list(STYLES)
    changed = []
    for number, row in enumerate(rows):
        rng = random.Random(f"{seed}:{number}")
        style = rng.choice(names)
        changed.append({**row, "text": obfuscate(row["text"], style, rng), "source": f"obfuscated {style}"})
    return changed


def read_rows(path: Path) -> list[dict[str, str]]:
    """All rows of a gzipped CSV file with a header."""
    csv.field_size_limit(1 << 30)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    """Writes rows as gzipped CSV without a time stamp, so that equal rows give equal bytes."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(gzip.compress(buffer.getvalue().encode("utf-8"), compresslevel=9, mtime=0))


def main() -> None:
    """Reads the arguments, writes the file, says how many rows it holds."""
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog="example: python evaluation/obfuscate.py --seed 20240229   (rewrites evaluation/obfuscated_test.csv.gz)",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--input", type=Path, default=here / "jigsaw_test.csv.gz", help="gzipped CSV with `text`")
    parser.add_argument("--output", type=Path, default=here / "obfuscated_test.csv.gz")
    parser.add_argument("--seed", type=int, default=20240229)
    arguments = parser.parse_args()
    rows = obfuscate_rows(read_rows(arguments.input), arguments.seed)
    write_rows(arguments.output, rows)
    print(f"{len(rows)} rows written to {arguments.output}")


if __name__ == "__main__":
    main()
