"""Misspellings are fresh, bounded, and leave the first letter of a word where they drop one."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.encoder import noise

WORDS = st.text("abcdefghijklmnopqrstuvwxyzABC", min_size=3, max_size=12)


@given(st.text(max_size=300), st.integers(0, 1000))
def test_the_same_generator_gives_the_same_text(text: str, seed: int) -> None:
    assert noise.misspell(text, random.Random(seed)) == noise.misspell(text, random.Random(seed))


@given(st.text(max_size=300), st.integers(0, 1000))
def test_texts_neither_vanish_nor_explode(text: str, seed: int) -> None:
    misspelt = noise.misspell(text, random.Random(seed))
    assert len(misspelt) <= 4 * len(text) + 4
    assert bool(misspelt.strip()) == bool(text.strip())


@given(WORDS, st.integers(0, 1000))
def test_dropped_and_swapped_letters(word: str, seed: int) -> None:
    short = noise.dropped(word, random.Random(seed))
    assert len(short) == len(word) - 1
    assert short[0] == word[0]
    assert sorted(noise.swapped(word, random.Random(seed))) == sorted(word)


@given(WORDS, st.integers(0, 1000))
def test_spaced_words_keep_their_letters(word: str, seed: int) -> None:
    assert "".join(c for c in noise.spaced(word, random.Random(seed)) if c.isalpha()) == word


@given(WORDS, st.integers(0, 1000))
def test_lookalikes_keep_the_length(word: str, seed: int) -> None:
    assert len(noise.lookalike(word, random.Random(seed))) == len(word)


@pytest.mark.parametrize("text", ["", "a b", "?!", "12 34"])
def test_texts_without_words_pass(text: str) -> None:
    rng = random.Random(1)
    assert {noise.misspell(text, rng).replace(" ", "") for _ in range(50)} == {text.replace(" ", "")}


def test_most_misspellings_change_the_text() -> None:
    rng = random.Random(2)
    text = "nobody would have thought of such a sentence before"
    assert len({noise.misspell(text, rng) for _ in range(100)}) > 80
