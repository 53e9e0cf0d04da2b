"""int8 weights by output channel, as the server reads them, and Hugging Face directories."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save

from training.tables import LABELS

MOST = 127
SCALE = "_scale"
WEIGHTS = "model.safetensors"

Tensors = dict[str, NDArray[Any]]


def quantise_rows(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """int8 [rows, columns] and scale [rows] with weights ≈ int8 · scale; a row of zeros has scale 1 / 127."""
    largest = np.abs(weights).max(axis=1)
    scale = (np.where(largest > 0, largest, 1) / MOST).astype(np.float32)
    return np.clip(np.rint(weights / scale[:, None]), -MOST, MOST).astype(np.int8), scale


def quantise(tensors: Tensors) -> Tensors:
    """Matrices `x` as I8 with F32 `x_scale`, one number a row; embeddings of words too. The rest stays as it is.

    Position and type embeddings and the classifier stay F32: they are small, and the classifier's error is the logit's.
    """
    small: Tensors = {}
    for name, value in tensors.items():
        if value.ndim == 2 and not name.startswith("classifier.") and "position_" not in name and "type_" not in name:
            small[name], small[name + SCALE] = quantise_rows(value.astype(np.float32))
        else:
            small[name] = value.astype(np.float32)
    return small


def dequantise(tensors: Tensors) -> Tensors:
    """F32 tensors with the values that `quantise` kept."""
    full: Tensors = {}
    for name, value in tensors.items():
        if value.dtype == np.int8:
            full[name] = value.astype(np.float32) * tensors[name + SCALE][:, None]
        elif not name.endswith(SCALE):
            full[name] = value
    return full


def write_weights(path: Path, tensors: Tensors) -> str:
    """Writes a safetensors file, F32 before I8; its SHA-256."""
    data = save({name: np.ascontiguousarray(value) for name, value in tensors.items()})
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def configuration(shape: dict[str, Any], tokens: int) -> dict[str, Any]:
    """config.json of a Hugging Face directory. The heads read [CLS]'s last state: there is no pooler."""
    return {
        "architectures": ["BertForSequenceClassification"],
        "model_type": "bert",
        **shape,
        "hidden_act": "gelu",
        "pad_token_id": 0,
        "pooler": "none",
        "problem_type": "multi_label_classification",
        "id2label": {str(number): label for number, label in enumerate(LABELS)},
        "label2id": {label: number for number, label in enumerate(LABELS)},
        "do_lower_case": True,
        "trained_tokens": tokens,
    }


def write_directory(folder: Path, tensors: Tensors, config: dict[str, Any], vocabulary: Path) -> str:
    """Writes config.json, vocab.txt and model.safetensors; the weights' SHA-256."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    shutil.copyfile(vocabulary, folder / "vocab.txt")
    return write_weights(folder / WEIGHTS, tensors)


def quantise_directory(source: Path, target: Path) -> str:
    """The same directory with int8 weights; their SHA-256."""
    config = json.loads((source / "config.json").read_text(encoding="utf-8"))
    return write_directory(target, quantise(load_file(source / WEIGHTS)), config, source / "vocab.txt")
