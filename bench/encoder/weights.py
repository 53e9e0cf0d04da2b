"""A BERT classifier's directory as all peers get it: the shape and F32 weights."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

SCALE = "_scale"
MOST = 127


@dataclass(frozen=True)
class Shape:
    """The numbers of config.json that the forward pass needs."""

    layers: int
    hidden: int
    heads: int
    intermediate: int
    positions: int
    epsilon: float

    @property
    def head(self):
        return self.hidden // self.heads


@dataclass(frozen=True)
class Linear:
    """`weight` [outputs, inputs] and `bias` [outputs], F32: y = x · weightᵀ + bias. `name` as in the weights' file."""

    weight: np.ndarray
    bias: np.ndarray
    name: str = ""


@dataclass(frozen=True)
class Norm:
    """Scale and shift of a layer normalisation, F32 [hidden]."""

    gamma: np.ndarray
    beta: np.ndarray


class Model:
    """Weights by the names of Hugging Face's BertForSequenceClassification, with or without the prefix `bert.`.

    int8 tensors `x` with `x_scale` a row are dequantised, so that every peer has the values that ours computes with.
    The classifier reads the last state of [CLS]; there is no pooler.
    """

    def __init__(self, folder: Path):
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        if config.get("pooler") != "none":
            raise SystemExit(f'bench: {folder} has a pooler; this benchmark reads models with "pooler": "none"')
        self.shape = Shape(
            config["num_hidden_layers"],
            config["hidden_size"],
            config["num_attention_heads"],
            config["intermediate_size"],
            config["max_position_embeddings"],
            config.get("layer_norm_eps", 1e-12),
        )
        self.tensors = dequantise(load_file(folder / "model.safetensors"))

    def tensor(self, name: str) -> np.ndarray:
        return self.tensors[name]

    def linear(self, name: str) -> Linear:
        return Linear(self.tensor(name + ".weight"), self.tensor(name + ".bias"), name)

    def norm(self, name: str) -> Norm:
        return Norm(self.tensor(name + ".weight"), self.tensor(name + ".bias"))

    def layer(self, number: int, part: str) -> Linear:
        """`part` as in `attention.self.query` or `output.dense`."""
        return self.linear(f"bert.encoder.layer.{number}.{part}")

    def layer_norm(self, number: int, part: str) -> Norm:
        return self.norm(f"bert.encoder.layer.{number}.{part}.LayerNorm")

    @property
    def classifier(self) -> Linear:
        return self.linear("classifier")


def dequantise(tensors: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """F32 tensors: int8 times its row's scale, half precision widened."""
    full = {}
    for name, value in tensors.items():
        if value.dtype == np.int8:
            full[name] = value.astype(np.float32) * tensors[name + SCALE][:, None]
        elif not (name.endswith(SCALE) and name.removesuffix(SCALE) in tensors):
            full[name] = np.ascontiguousarray(value, dtype=np.float32)
    return full


def quantise_rows(weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """int8 [rows, columns] and F32 scale [rows], weight ≈ int8 · scale; gives back what `dequantise` was made of."""
    largest = np.abs(weight).max(axis=1)
    scale = (np.where(largest > 0, largest, 1) / MOST).astype(np.float32)
    return np.clip(np.rint(weight / scale[:, None]), -MOST, MOST).astype(np.int8), scale
