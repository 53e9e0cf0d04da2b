"""What a recipe's rows may teach, and which fold they belong to."""

import numpy as np
import pytest

from training.linear.recipe import Recipe, Source
from training.linear.sources import INNOCENT, NATURAL, SAMPLED, Corpus, load
from training.tables import LABELS


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load(Recipe())


def test_every_row_teaches_known_labels_only(corpus: Corpus) -> None:
    assert corpus.target.shape == corpus.cost.shape == (len(corpus.texts), len(LABELS))
    assert not np.isnan(corpus.target[corpus.cost > 0]).any()
    assert (corpus.cost.sum(axis=1) > 0).all()


def test_sources_teach_what_the_recipe_says(corpus: Corpus) -> None:
    for source in Recipe().sources:
        cost = corpus.cost[corpus.is_from(source.name)]
        assert cost.max() == np.float32(source.weight)
        taught = {LABELS[column] for column in np.flatnonzero(cost.any(axis=0))}
        assert taught <= set(source.labels)


def test_folds_are_of_like_size_and_of_the_right_rows(corpus: Corpus) -> None:
    crossed = np.isin(corpus.source, (NATURAL, SAMPLED, INNOCENT))
    assert ((corpus.fold >= 0) == crossed).all()
    sizes = np.bincount(corpus.fold[crossed])
    assert len(sizes) == Recipe().folds
    assert sizes.max() < 1.1 * sizes.min()


def test_innocent_words_do_not_count_for_frequencies(corpus: Corpus) -> None:
    assert not corpus.comments[corpus.is_from(INNOCENT)].any()
    assert corpus.comments[corpus.is_from(NATURAL)].all()
    assert not corpus.target[corpus.is_from(INNOCENT)].any()


def test_reading_twice_gives_the_same(corpus: Corpus) -> None:
    again = load(Recipe())
    assert again.texts == corpus.texts
    assert (again.fold == corpus.fold).all()


def test_a_source_may_teach_one_label() -> None:
    one = load(Recipe(sources=(Source("jigsaw_toxic_only", 0.5, ("toxic",)),)))
    assert set(np.unique(one.cost[:, 0])) == {0.5}
    assert not one.cost[:, 1:].any()


def test_clean_rows_may_stand_for_all_labels() -> None:
    one = load(Recipe(sources=(Source("jigsaw_toxic_only", 1.0, clean_is_clean=True),)))
    clean = one.target[:, 0] == 0
    assert not one.target[clean].any()
    assert (one.cost[clean] == 1).all()
    assert not one.cost[~clean, 1:].any()
