"""What each row may teach the encoder, and which rows it never reads."""

from dataclasses import replace

import numpy as np
import pytest

from training.encoder.corpus import IDENTITY_HATE, JIGSAW, OWN, RARE, Corpus, costs, digest, is_held_out, load
from training.encoder.recipe import Recipe, Source
from training.tables import EVALUATION, LABELS, read_table, text_key

RECIPE = Recipe()


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load(RECIPE)


def rows_of(corpus: Corpus, name: str) -> np.ndarray:
    return corpus.source == [source.name for source in RECIPE.sources].index(name)


def test_every_row_teaches_known_labels_only(corpus: Corpus) -> None:
    assert corpus.target.shape == corpus.cost.shape == (len(corpus.texts), len(LABELS))
    assert not np.isnan(corpus.target[corpus.cost > 0]).any()
    assert (corpus.cost.sum(axis=1) > 0).all()


def test_zeros_of_hate_sets_teach_identity_hate_alone(corpus: Corpus) -> None:
    for source in RECIPE.sources:
        if source.only_hate_zeros:
            rows = rows_of(corpus, source.name)
            target, cost = corpus.target[rows], corpus.cost[rows]
            others = [column for column in range(len(LABELS)) if column != IDENTITY_HATE]
            assert (target[:, others][cost[:, others] > 0] >= 0.5).all()
            assert (target[:, IDENTITY_HATE][cost[:, IDENTITY_HATE] > 0] < 0.5).any()


def test_costs_of_a_masked_source() -> None:
    target = np.array([[1, np.nan, 0, np.nan, 0, 0], [0, 0, 0, 0, 0, 0]], np.float32)
    plain = costs([], target, Source("x", 1.0, 0.5))
    assert plain.tolist() == [[0.5, 0, 0.5, 0, 0.5, 0.5], [0.5] * 6]
    hate = costs([], target, Source("x", 1.0, 0.5, ("toxic", "identity_hate"), only_hate_zeros=True))
    assert hate.tolist() == [[0.5, 0, 0, 0, 0, 0.5], [0, 0, 0, 0, 0, 0.5]]


def test_held_out_rows_are_never_read(corpus: Corpus) -> None:
    assert (corpus.rate[corpus.held_out] == 0).all()
    assert (corpus.rate[~corpus.held_out] > 0).all()


def test_a_text_is_held_out_by_its_words() -> None:
    source = Source("x", 1.0, held_out=2)
    same = {is_held_out({"text": text, "source": ""}, source, RECIPE) for text in ("a b", "A  b!")}
    assert len(same) == 1


def test_sentences_of_one_template_stay_together(corpus: Corpus) -> None:
    rows = [{"text": str(i), "source": "own neutral 000012"} for i in range(5)]
    assert {is_held_out(row, Source(OWN, 1.0), RECIPE) for row in rows} == {True}
    share = corpus.held_out[rows_of(corpus, OWN)].mean()
    assert 0.03 < share < 0.2


def test_no_held_out_text_is_read_from_another_row(corpus: Corpus) -> None:
    read = {text_key(corpus.texts[row]) for row in np.flatnonzero(~corpus.held_out)}
    jigsaw = np.isin(corpus.source, [i for i, s in enumerate(RECIPE.sources) if s.name in JIGSAW])
    kept = [text_key(corpus.texts[row]) for row in np.flatnonzero(corpus.held_out & jigsaw)]
    assert not [text for text in kept if text in read]


def test_rows_that_measure_calibration_are_not_in_it(corpus: Corpus) -> None:
    natural = {text_key(row["text"]) for row in read_table(EVALUATION / "calibration_natural.csv.gz")}
    assert not natural & {text_key(text) for text in corpus.texts}


def test_rare_labels_are_read_more_often(corpus: Corpus) -> None:
    rows = rows_of(corpus, "jigsaw") & ~corpus.held_out
    rare = (corpus.target[:, RARE] >= 0.5).any(axis=1)
    assert set(corpus.rate[rows & rare]) == {RECIPE.rare_copies}
    assert set(corpus.rate[rows & ~rare]) == {1.0}


def test_the_digest_follows_texts_and_labels(corpus: Corpus) -> None:
    other = replace(corpus, texts=[*corpus.texts[:-1], corpus.texts[-1] + "!"])
    target = corpus.target.copy()
    target[0, 0] = 1 - target[0, 0]
    digests = [digest(one, RECIPE) for one in (corpus, other, replace(corpus, target=target))]
    assert len(set(digests)) == 3
    assert digest(corpus, RECIPE) == digests[0]


def test_the_digest_follows_every_number() -> None:
    assert Recipe().digest() == RECIPE.digest()
    assert Recipe(peak_rate=1e-5).digest() != RECIPE.digest()
    assert Recipe(sources=RECIPE.sources[:3]).digest() != RECIPE.digest()
