"""bench/encoder: padded batches, weights and the forward pass that peers are compared with."""

import json
import sys
from pathlib import Path

import pytest

np = pytest.importorskip("numpy")
safetensors = pytest.importorskip("safetensors.numpy")
sys.path.append(str(Path(__file__).resolve().parents[2]))

from bench.encoder import batches, reference, weights  # noqa: E402

MODEL_FILE = "model.safetensors"
VOCABULARY = batches.Vocabulary(size=5000, cls=101, sep=102, pad=0)


@pytest.mark.parametrize("size", [1, 3, 8])
def test_batches_hold_every_text_once(size):
    texts = batches.texts_of([7, 4, 30, 9, 9, 12, 2], VOCABULARY)
    made = batches.batches_of(texts, size, VOCABULARY.pad)
    found = [row[:length].tolist() for batch in made for row, length in zip(batch.ids, batch.lengths, strict=True)]
    assert sorted(found) == sorted(text.tolist() for text in texts)
    assert sum(batch.tokens for batch in made) == 73
    assert all(batch.mask.sum() == batch.tokens and len(batch.ids) <= size for batch in made)
    assert all((batch.ids[batch.mask == 0] == VOCABULARY.pad).all() for batch in made)


def test_texts_begin_with_cls_and_end_with_sep():
    for text, length in zip(batches.texts_of([2, 16], VOCABULARY), [2, 16], strict=True):
        assert len(text) == length and text[0] == VOCABULARY.cls and text[-1] == VOCABULARY.sep
        assert ((text[1:-1] >= batches.FIRST_WORD) & (text[1:-1] < VOCABULARY.size)).all()


def test_only_batches_of_unequal_texts_are_padded():
    texts = batches.texts_of([8, 8, 9], VOCABULARY)
    assert not batches.pad(texts[:2], 0).padded and batches.pad(texts, 0).padded


def test_quantising_gives_back_what_was_dequantised():
    values = np.random.default_rng(1).integers(-127, 128, (5, 40)).astype(np.int8)
    values[:, 0] = 127
    values[4] = 0
    scale = np.array([0.5, 0.01, 3.0, 1e-4, 1 / 127], np.float32)
    full = weights.dequantise({"x": values, "x_scale": scale, "LayerNorm.weight": np.ones(3, np.float16)})
    assert set(full) == {"x", "LayerNorm.weight"} and all(value.dtype == np.float32 for value in full.values())
    again, again_scale = weights.quantise_rows(full["x"])
    assert (again == values).all() and again_scale == pytest.approx(scale)


LAYER_PARTS = {
    "attention.self.query": (8, 8),
    "attention.self.key": (8, 8),
    "attention.self.value": (8, 8),
    "attention.output.dense": (8, 8),
    "intermediate.dense": (16, 8),
    "output.dense": (8, 16),
}


def write_model(folder, pooler="none"):
    """A tiny model whose layers add nothing: the last state is the normalised embedding."""
    tensors = {f"bert.encoder.layer.0.{name}.weight": np.zeros(shape) for name, shape in LAYER_PARTS.items()}
    tensors |= {f"bert.encoder.layer.0.{name}.bias": np.zeros(shape[0]) for name, shape in LAYER_PARTS.items()}
    for norm in ("encoder.layer.0.attention.output", "encoder.layer.0.output", "embeddings"):
        tensors |= {f"bert.{norm}.LayerNorm.weight": np.ones(8), f"bert.{norm}.LayerNorm.bias": np.zeros(8)}
    generator = np.random.default_rng(3)
    for table, rows in {"word": 20, "position": 16, "token_type": 2}.items():
        tensors[f"bert.embeddings.{table}_embeddings.weight"] = generator.normal(size=(rows, 8))
    tensors |= {"classifier.weight": generator.normal(size=(3, 8)), "classifier.bias": np.arange(3)}
    safetensors.save_file({name: value.astype(np.float32) for name, value in tensors.items()}, folder / MODEL_FILE)
    config = {"num_hidden_layers": 1, "hidden_size": 8, "num_attention_heads": 2, "intermediate_size": 16}
    config |= {"max_position_embeddings": 16, "pooler": pooler}
    (folder / "config.json").write_text(json.dumps(config))
    return tensors


def test_the_reference_without_layers_is_the_classifier_of_the_first_embedding(tmp_path):
    tensors, ranges = write_model(tmp_path), {}
    found = reference.logits(np.array([5, 6, 7]), weights.Model(tmp_path), ranges)
    embedding = sum(
        tensors[f"bert.embeddings.{table}_embeddings.weight"][row]
        for table, row in {"word": 5, "position": 0, "token_type": 0}.items()
    )
    state = (embedding - embedding.mean()) / embedding.std()
    assert found == pytest.approx(tensors["classifier.weight"] @ state + np.arange(3), abs=1e-5)
    assert set(ranges) == {f"bert.encoder.layer.0.{name}" for name in LAYER_PARTS}
    assert all(low <= 0 <= high for low, high in ranges.values())


def test_the_exact_gelu():
    assert reference.gelu(np.array([-1.0, 0.0, 2.0])) == pytest.approx([-0.158655, 0.0, 1.954500], abs=1e-6)


def test_a_model_with_a_pooler_is_refused(tmp_path):
    write_model(tmp_path, pooler="tanh")
    with pytest.raises(SystemExit, match="pooler"):
        weights.Model(tmp_path)
