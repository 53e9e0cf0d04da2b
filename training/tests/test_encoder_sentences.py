"""Sentences of our own: what the generator promises, and what is shipped."""

from collections import Counter
from pathlib import Path

import pytest

from evaluation.identity.sentences import every_sentence
from training.encoder.sentences.__main__ import shipped_sentences
from training.encoder.sentences.generate import (
    Group,
    Writer,
    plural,
    read_groups,
    read_kinds,
    read_slots,
    sentences,
)
from training.encoder.sentences.overlap import OWN, Forbidden, grams, hatecheck
from training.tables import COLUMNS, LABELS, Row, read_table, text_key


@pytest.fixture(scope="module")
def shipped() -> list[Row]:
    return read_table(OWN)


def made(count: int, seed: int) -> list[Row]:
    return [sentence.row() for sentence in sentences(count, seed, lambda text: True)]


def test_the_same_seed_gives_the_same_sentences() -> None:
    assert made(500, 7) == made(500, 7)
    assert made(500, 7) != made(500, 8)


def test_the_shipped_file_is_what_the_generator_gives(shipped: list[Row]) -> None:
    assert [sentence.row() for sentence in shipped_sentences()] == shipped


def test_shipped_sentences_share_no_five_words_with_evaluation(shipped: list[Row]) -> None:
    evaluation = {gram for text in [*hatecheck(), *every_sentence()] for gram in grams(text)}
    assert sum(not evaluation.isdisjoint(grams(row["text"])) for row in shipped) == 0


def test_shipped_sentences_are_different_rows_of_the_schema(shipped: list[Row]) -> None:
    assert set(shipped[0]) == set(COLUMNS)
    assert len({text_key(row["text"]) for row in shipped}) == len(shipped)


def test_no_slot_or_choice_is_left_open(shipped: list[Row]) -> None:
    assert not [row for row in shipped if any(sign in row["text"] for sign in "{}|[]")]


def test_every_template_names_known_slots_only() -> None:
    groups = {"groups", "a_group", "being", "slur", "slurs", "others", "a_other"}
    known = groups | set(read_slots())
    writer = Writer(1)
    for kind in read_kinds():
        assert kind.templates
        for template in kind.templates:
            assert "{" not in writer.fill(template), template
            assert {part.split("}")[0] for part in template.split("{")[1:]} <= known


def test_hate_and_its_absence_are_both_taught_to_both_heads(shipped: list[Row]) -> None:
    for label in ("toxic", "identity_hate"):
        counts = Counter(row[label] for row in shipped)
        assert counts["0"] > 0.25 * len(shipped)
        assert counts["1"] > 0.25 * len(shipped)


def test_threats_and_hate_imply_toxic() -> None:
    for kind in read_kinds():
        if kind.labels.get("threat") == "1" or kind.labels.get("identity_hate") == "1":
            assert kind.labels["toxic"] == "1"


def test_well_over_forty_groups() -> None:
    groups = read_groups()
    assert len(groups) >= 60
    assert all(group.plural and group.singular and group.being for group in groups)
    assert len({group.plural for group in groups}) == len(groups)


def test_every_group_occurs_in_clean_and_in_hateful_sentences(shipped: list[Row]) -> None:
    clean = " ".join(f" {text_key(row['text'])} " for row in shipped if row["toxic"] == "0")
    hateful = " ".join(f" {text_key(row['text'])} " for row in shipped if row["identity_hate"] == "1")
    for group in read_groups():
        assert f" {text_key(group.plural)} " in clean
        assert f" {text_key(group.plural)} " in hateful


def test_a_template_with_a_slur_draws_a_group_that_has_one() -> None:
    writer = Writer(3)
    writer.groups = [Group("bakers", "a baker", "a baker", ()), Group("xs", "an x", "x", ("slurword",))]
    assert {writer.fill("{slur}") for _ in range(50)} == {"slurword"}


@pytest.mark.parametrize(("noun", "many"), [("bitch", "bitches"), ("gypsy", "gypsies"), ("abo", "abos")])
def test_plural(noun: str, many: str) -> None:
    assert plural(noun) == many


def test_a_header_with_an_unknown_label_is_refused(tmp_path: Path) -> None:
    (tmp_path / "templates.txt").write_text("[odd 3 toxik=1]\nhello\n", encoding="utf-8")
    with pytest.raises(ValueError, match="toxik"):
        read_kinds(tmp_path / "templates.txt")


def test_forbidden_sees_five_words_in_a_row_whatever_their_case() -> None:
    forbidden = Forbidden(["One two, three four FIVE six", "short one"])
    assert forbidden.shares("and two three four five six seven")
    assert forbidden.shares("Short one!")
    assert not forbidden.shares("two three four six five")
    assert not forbidden.shares("a short one")
    assert not forbidden.shares("")


def test_forbidden_texts_are_not_made() -> None:
    first = made(300, 5)
    forbidden = Forbidden(row["text"] for row in first)
    again = [one.row()["text"] for one in sentences(300, 5, lambda text: not forbidden.shares(text))]
    assert not {text_key(text) for text in again} & {text_key(row["text"]) for row in first}


def test_a_refused_sentence_changes_hardly_any_other() -> None:
    first = [row["text"] for row in made(300, 5)]
    again = [one.row()["text"] for one in sentences(300, 5, lambda text: text != first[10])]
    assert first[10] not in again
    assert sum(a != b for a, b in zip(first, again, strict=True)) <= 2


def test_articles() -> None:
    writer = Writer(1)
    assert writer.fill("a ugly thing, a idiot, A evil day") == "a ugly thing, an idiot, An evil day"


def test_only_known_label_values(shipped: list[Row]) -> None:
    assert {row[label] for row in shipped for label in LABELS} == {"", "0", "1"}
