"""The sentences that measure identity bias: enough of them, and none seen in training."""

from collections import Counter

from evaluation.identity.sentences import every_sentence, expand, groups, sentences, templates
from training.check_leakage import EvaluationIndex, Place
from training.encoder.sentences.generate import read_kinds
from training.tables import TRAINING_DATA, read_table, text_key


def test_forty_groups_with_two_hundred_clean_sentences_each() -> None:
    clean = Counter(one.group for one in sentences() if one.identity and not one.toxic)
    assert len(clean) >= 40
    assert min(clean.values()) >= 200


def test_every_group_and_background_has_the_same_templates() -> None:
    counts = Counter((one.group, one.toxic) for one in sentences())
    assert len({count for (_, toxic), count in counts.items() if toxic}) == 1
    assert len({count for (_, toxic), count in counts.items() if not toxic}) == 1
    assert any(not one.identity for one in sentences())


def test_sentences_differ_and_are_filled() -> None:
    texts = every_sentence()
    assert len(set(texts)) == len(texts)
    assert not [text for text in texts if any(sign in text for sign in "{}|[]()")]


def test_groups_are_different() -> None:
    names = [group["plural"] for table in ("groups.tsv", "backgrounds.tsv") for group in groups(table)]
    assert len(set(names)) == len(names)


def test_templates_are_worded_unlike_those_of_training() -> None:
    training = {text_key(template) for kind in read_kinds() for template in kind.templates}
    assert not training & {text_key(template) for kind in templates().values() for template in kind}


def test_no_training_row_repeats_a_sentence() -> None:
    index = EvaluationIndex((Place("identity", i), text) for i, text in enumerate(every_sentence()))
    leaks = [
        (path.name, number)
        for path in sorted(TRAINING_DATA.glob("*.csv.gz"))
        for number, row in enumerate(read_table(path), 1)
        if index.leak(row["text"]) is not None
    ]
    assert leaks == []


def test_expand() -> None:
    assert expand("a (b|c) [d] e") == ["a b d e", "a b e", "a c d e", "a c e"]
    assert expand("plain") == ["plain"]
