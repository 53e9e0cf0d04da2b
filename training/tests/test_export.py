"""The weights file: quantisation, layout, and equal bytes for equal weights."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load

from training.linear.export import quantise, write_weights
from training.linear.logistic import Linear


def model(seed: int = 0, buckets: int = 64) -> Linear:
    rng = np.random.default_rng(seed)
    return Linear(rng.normal(size=(buckets, 6)).astype(np.float32), rng.normal(size=6).astype(np.float32))


def test_quantised_weights_are_near() -> None:
    weights = model().weights
    quantised, scale = quantise(weights)
    assert np.abs(quantised * scale - weights).max() <= scale.max() / 2 * 1.001
    assert np.abs(quantised).max(axis=0).tolist() == [127] * 6


def test_a_label_without_weights_is_written() -> None:
    quantised, scale = quantise(np.zeros((4, 6), np.float32))
    assert not quantised.any()
    assert (scale > 0).all()


def test_layout_is_what_the_server_maps(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    digest = write_weights(path, model(), np.ones(64, np.float32))
    data = path.read_bytes()
    assert digest == hashlib.sha256(data).hexdigest()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    assert length % 8 == 0
    spans = sorted((value["data_offsets"], value["dtype"], name) for name, value in header.items())
    assert [dtype for _, dtype, _ in spans] == ["F32", "F32", "F32", "I8"]
    ends = [0] + [offsets[1] for offsets, _, _ in spans]
    assert [offsets[0] for offsets, _, _ in spans] == ends[:-1]
    assert 8 + length + ends[-1] == len(data)
    assert set(load(data)) == {"idf", "scale", "bias", "weights"}


@pytest.mark.parametrize("seed", [0, 1])
def test_equal_weights_equal_bytes(tmp_path: Path, seed: int) -> None:
    digests = {write_weights(tmp_path / name, model(seed), np.ones(64, np.float32)) for name in ("a", "b")}
    assert len(digests) == 1
