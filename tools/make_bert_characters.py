#!/usr/bin/env python3
"""Writes src/tokenizer/data/bert_characters.txt: what Hugging Face's tokenizers do with every code point.

    pip install -r tests/requirements.txt && tools/make_bert_characters.py src/tokenizer/data/bert_characters.txt

A development tool: the build reads only the text file. The library itself is asked, step by step, because the versions
of Unicode inside it differ from step to step and from those of Python and ICU.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cmp_to_key
from itertools import pairwise
from pathlib import Path

import tokenizers
from tokenizers.normalizers import NFD, BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

EVERY = [point for point in range(0x110000) if not 0xD800 <= point < 0xE000]
HANGUL = range(0xAC00, 0xD7A4)
YPOGEGRAMMENI = 0x345  # the only code point of the highest combining class, 240

HEADER = f"""\
# What BERT's normaliser and pre-tokeniser do with code points; those not named stay as they are.
# Made by tools/make_bert_characters.py with tokenizers {tokenizers.__version__}.
#   remove, space, cjk, punctuation, mark   RANGE         mark: a non-spacing mark, removed with accents
#   class                                   RANGE CLASS   canonical combining class, where it is not 0
#   lower                                   FROM TO...
#   decompose                               FROM TO...    canonically, in full; Hangul syllables are left out
"""


def step(**switches: bool) -> Callable[[int], str]:
    """One step of the normaliser, on one code point."""
    off = dict(clean_text=False, handle_chinese_chars=False, strip_accents=False, lowercase=False)
    normalizer = BertNormalizer(**{**off, **switches})
    return lambda point: normalizer.normalize_str(chr(point))


def changes(of: Callable[[int], str]) -> dict[int, str]:
    return {point: after for point in EVERY if (after := of(point)) != chr(point)}


def punctuation() -> list[int]:
    split = BertPreTokenizer().pre_tokenize_str
    return [point for point in EVERY if [word for word, _ in split(f"a{chr(point)}b")] == ["a", chr(point), "b"]]


def combining_classes(decomposed: dict[int, str]) -> dict[int, int]:
    """Combining classes other than 0, found by the order into which NFD brings two code points.

    The classes are numbered by their rank, which gives the same order as Unicode's own numbers.
    """
    nfd = NFD().normalize_str

    def swapped(first: int, second: int) -> bool:
        return first != second and nfd(chr(first) + chr(second)) == chr(second) + chr(first)

    marks = [point for point in EVERY if point not in decomposed and swapped(YPOGEGRAMMENI, point)] + [YPOGEGRAMMENI]
    marks.sort(key=cmp_to_key(lambda one, other: swapped(one, other) - swapped(other, one)))
    ranks = {marks[0]: 1}
    for before, mark in pairwise(marks):
        ranks[mark] = ranks[before] + swapped(mark, before)
    return ranks


def ranges(points: Iterable[int]) -> Iterator[str]:
    """FIRST..LAST, or FIRST alone, of each run of code points."""
    runs: list[list[int]] = []
    for point in sorted(points):
        if runs and point == runs[-1][1] + 1:
            runs[-1][1] = point
        else:
            runs.append([point, point])
    return (f"{first:04X}" if first == last else f"{first:04X}..{last:04X}" for first, last in runs)


def mapped(name: str, table: dict[int, str]) -> Iterator[str]:
    return (f"{name} {point:04X} " + " ".join(f"{ord(char):04X}" for char in after) for point, after in table.items())


def check(holds: bool, what: str) -> None:
    if not holds:
        sys.exit(f"make_bert_characters: no longer true, src/tokenizer/bert_characters.cc relies on it: {what}")


def lines() -> Iterator[str]:
    cleaned = changes(step(clean_text=True))
    remove = {point for point, after in cleaned.items() if after == ""}
    space = {point for point, after in cleaned.items() if after == " "} | {0x20}
    cjk = set(changes(step(handle_chinese_chars=True)))
    marks = {point for point, after in changes(step(strip_accents=True)).items() if after == ""}
    alone = set(punctuation())
    lower = changes(step(lowercase=True))
    decomposed = changes(lambda point: NFD().normalize_str(chr(point)))
    classes = combining_classes(decomposed)

    check(set(cleaned.values()) <= {"", " "}, "text is cleaned by removing and by spaces")
    check(not remove & (alone | cjk | marks | set(lower) | set(decomposed)), "what is removed is nothing else")
    check(not (alone | cjk | space) & (set(lower) | set(classes) | marks), "punctuation has neither case nor class")
    check(
        not any(ord(char) in alone | cjk | space | marks for char in "".join(lower.values()) if char != "\u0307"),
        "lower case is letters",
    )
    for point, after in decomposed.items():
        kept = [ord(char) for char in after if ord(char) not in marks]
        starts = [ord(char) for char in after if ord(char) not in classes]
        check(not kept or not starts or kept[0] in starts, f"what is left of U+{point:04X} begins with a starter")
        check(point not in cjk or len(kept) == 1, f"U+{point:04X} of CJK is one sign when decomposed")
        check(len(kept) == 1 or not alone & set(kept), f"U+{point:04X} is either letters or one sign of punctuation")
        check(point in space or not space & set(kept), f"U+{point:04X} is no space when decomposed")

    for name, points in dict(remove=remove, space=space, cjk=cjk, punctuation=alone, mark=marks).items():
        yield from (f"{name} {run}" for run in ranges(points))
    for rank in sorted(set(classes.values())):
        yield from (f"class {run} {rank}" for run in ranges(point for point in classes if classes[point] == rank))
    yield from mapped("lower", lower)
    yield from mapped("decompose", {point: after for point, after in decomposed.items() if point not in HANGUL})


def table() -> str:
    return HEADER + "".join(line + "\n" for line in lines())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: make_bert_characters.py FILE")
    Path(sys.argv[1]).write_text(table(), encoding="ascii")
