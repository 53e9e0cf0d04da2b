"""Ids, places and words are those of Hugging Face's tokenizers."""

import functools
import itertools
import runpy

import numpy as np
import peer
import pytest
from lines import SCALARS, Lines
from tokenizers.normalizers import NFD

BATCH = 20_000
PLACES = slice(1, 3)  # columns begin and end
OTHER_MODES = peer.MODES[1:]


@functools.cache
def ordered_marks():
    """Marks that outlive the removal of accents and may change places."""
    data = (peer.ROOT / "src/tokenizer/data/bert_characters.txt").read_text(encoding="ascii")
    points = {"mark": set(), "class": set()}
    for kind, run in (line.split()[:2] for line in data.splitlines()):
        if kind in points:
            first, _, last = run.partition("..")
            points[kind].update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return points["class"] - points["mark"]


def same(text, mode, one, other):
    """Where marks change places, Hugging Face counts in the places that removed accents had before."""
    if np.array_equal(one, other):
        return True
    if one.shape != other.shape or not mode.strip or ordered_marks().isdisjoint(NFD().normalize_str(text)):
        return False
    return np.array_equal(np.delete(one, PLACES, 1), np.delete(other, PLACES, 1))


def differing(vocabulary, mode, texts, tokenizer):
    """The texts of which the pieces differ."""
    clean = [text.decode("utf-8", "replace") for text in texts]
    pairs = zip(clean, peer.ours(vocabulary, mode, texts), peer.theirs(tokenizer, clean), strict=True)
    return [text for text, one, other in pairs if not same(text, mode, one, other)]


def compare(vocabulary, mode, texts):
    tokenizer = peer.hugging_face(vocabulary, mode)
    texts = iter(texts)
    compared, faults = 0, []
    while batch := list(itertools.islice(texts, BATCH)):
        compared += len(batch)
        faults += differing(vocabulary, mode, batch, tokenizer)
    assert not faults, f"{len(faults)} of {compared} texts differ, such as {sorted(faults, key=len)[:3]!a}"
    return compared


def varied(pytestconfig, share):
    words = peer.BERT.read_text(encoding="utf-8").splitlines()
    lines = Lines(pytestconfig.getoption("seed"), words)
    return itertools.islice(lines, pytestconfig.getoption("lines") // share)


def test_varied_texts_uncased(pytestconfig):
    assert compare(peer.BERT, peer.UNCASED, varied(pytestconfig, 1)) == pytestconfig.getoption("lines")


@pytest.mark.parametrize("mode", OTHER_MODES, ids=str)
def test_varied_texts_other_modes(mode, pytestconfig):
    compare(peer.BERT, mode, varied(pytestconfig, 4))


@pytest.mark.parametrize("mode", peer.MODES, ids=str)
def test_varied_texts_piece_by_piece(mode, every_character, pytestconfig):
    compare(every_character, mode, varied(pytestconfig, 4))


@pytest.mark.parametrize("mode", peer.MODES, ids=str)
def test_every_code_point(mode, every_character):
    """Each between letters, in texts of 128."""
    runs = (SCALARS[first : first + 128] for first in range(0, len(SCALARS), 128))
    compare(every_character, mode, (" ".join(f"a{chr(point)}b" for point in run).encode() for run in runs))


def test_the_table_is_what_the_library_does():
    made = runpy.run_path(str(peer.ROOT / "tools" / "make_bert_characters.py"))["table"]()
    kept = (peer.ROOT / "src/tokenizer/data/bert_characters.txt").read_text(encoding="ascii")
    assert made == kept, "tools/make_bert_characters.py writes another table"
