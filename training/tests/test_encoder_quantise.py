"""int8 weights: rounding error, what stays F32, layout of the file and the directory."""

import hashlib
import json
import struct
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from training.encoder.quantise import (
    configuration,
    dequantise,
    quantise,
    quantise_directory,
    quantise_rows,
    write_directory,
)
from training.tables import LABELS

RNG = np.random.default_rng(6)


def tensors() -> dict[str, np.ndarray]:
    names = {
        "bert.embeddings.word_embeddings.weight": (50, 8),
        "bert.embeddings.position_embeddings.weight": (16, 8),
        "bert.embeddings.token_type_embeddings.weight": (2, 8),
        "bert.embeddings.LayerNorm.weight": (8,),
        "bert.encoder.layer.0.intermediate.dense.weight": (32, 8),
        "bert.encoder.layer.0.intermediate.dense.bias": (32,),
        "classifier.weight": (6, 8),
    }
    return {name: RNG.normal(size=shape).astype(np.float32) for name, shape in names.items()}


def test_the_error_is_half_a_step_of_the_row() -> None:
    weights = RNG.normal(size=(40, 30)).astype(np.float32) * np.logspace(-3, 3, 40, dtype=np.float32)[:, None]
    rounded, scale = quantise_rows(weights)
    assert (np.abs(rounded * scale[:, None] - weights) <= 0.5001 * scale[:, None]).all()
    assert (np.abs(rounded).max(axis=1) == 127).all()


def test_a_row_of_zeros_stays_zero() -> None:
    rounded, scale = quantise_rows(np.zeros((2, 3), np.float32))
    assert not rounded.any()
    assert (scale > 0).all()


def test_matrices_and_word_embeddings_are_rounded_and_nothing_else() -> None:
    small = quantise(tensors())
    assert {name for name, value in small.items() if value.dtype == np.int8} == {
        "bert.embeddings.word_embeddings.weight",
        "bert.encoder.layer.0.intermediate.dense.weight",
    }
    assert small["bert.encoder.layer.0.intermediate.dense.weight_scale"].shape == (32,)


def test_floats_again() -> None:
    full = tensors()
    again = dequantise(quantise(full))
    assert set(again) == set(full)
    assert all(np.abs(again[name] - full[name]).max() < 0.03 for name in full)


def test_directory_of_int8_weights(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("[PAD]\nhello\n", encoding="utf-8")
    config = configuration({"hidden_size": 8, "num_hidden_layers": 1}, 224)
    write_directory(tmp_path / "fp32", tensors(), config, tmp_path / "words")
    digest = quantise_directory(tmp_path / "fp32", tmp_path / "int8")
    path = tmp_path / "int8" / "model.safetensors"
    assert digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (tmp_path / "int8/vocab.txt").read_text(encoding="utf-8") == "[PAD]\nhello\n"
    written = json.loads((tmp_path / "int8/config.json").read_text(encoding="utf-8"))
    assert list(written["id2label"].values()) == list(LABELS)
    assert written["problem_type"] == "multi_label_classification"
    assert load_file(path)["classifier.weight"].dtype == np.float32


def test_floats_stand_before_int8_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("[PAD]\n", encoding="utf-8")
    write_directory(tmp_path / "fp32", tensors(), configuration({}, 224), tmp_path / "words")
    quantise_directory(tmp_path / "fp32", tmp_path / "int8")
    data = (tmp_path / "int8/model.safetensors").read_bytes()
    header = json.loads(data[8 : 8 + struct.unpack("<Q", data[:8])[0]])
    begins = {
        kind: [one["data_offsets"][0] for one in header.values() if one.get("dtype") == kind] for kind in ("F32", "I8")
    }
    assert max(begins["F32"]) < min(begins["I8"])
