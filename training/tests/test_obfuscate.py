"""The obfuscator: deterministic, and every style does what it says."""

import random
import unicodedata

import pytest

from evaluation.obfuscate import STYLES, ZERO_WIDTH, obfuscate, obfuscate_rows, read_rows
from training.tables import EVALUATION

SENTENCE = "The committee considered several wonderful proposals yesterday evening"


@pytest.mark.parametrize("style", STYLES)
def test_same_seed_same_text(style: str) -> None:
    once, again = (obfuscate(SENTENCE, style, random.Random(7)) for _ in range(2))
    assert once == again
    assert once != SENTENCE


@pytest.mark.parametrize("style", STYLES)
def test_function_words_are_left_alone(style: str) -> None:
    assert obfuscate("they were with you", style, random.Random(1)) == "they were with you"
    assert obfuscate("", style, random.Random(1)) == ""


@pytest.mark.parametrize("seed", range(20))
def test_styles_can_be_undone_by_eye(seed: int) -> None:
    word = "Wonderful"
    rng = random.Random(seed)
    assert STYLES["spaces"](word, rng).replace(" ", "") == word
    assert "".join(c for c in STYLES["zero_width"](word, rng) if c not in ZERO_WIDTH) == word
    assert "".join(c for c in STYLES["dots"](word, rng) if c.isalpha()) == word
    repeated = STYLES["repeats"](word, rng)
    assert len(repeated) >= len(word) + 2
    assert "".join(dict.fromkeys(repeated)) == "".join(dict.fromkeys(word))
    assert len(STYLES["leet"](word, rng)) == len(word)
    assert not unicodedata.normalize("NFC", STYLES["homoglyphs"](word, rng)).isascii()


def test_rows_keep_labels_and_do_not_depend_on_neighbours() -> None:
    rows = [{"text": SENTENCE, "toxic": "1", "source": "a"}, {"text": SENTENCE, "toxic": "0", "source": "b"}]
    changed = obfuscate_rows(rows, 3)
    assert [row["toxic"] for row in changed] == ["1", "0"]
    assert changed[:1] == obfuscate_rows(rows[:1], 3)
    assert changed[0]["source"].startswith("obfuscated ")


def test_shipped_copy_is_what_the_generator_makes() -> None:
    rows = read_rows(EVALUATION / "jigsaw_test.csv.gz")
    assert obfuscate_rows(rows, 20240229) == read_rows(EVALUATION / "obfuscated_test.csv.gz")
