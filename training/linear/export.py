"""Weights as the server reads them: int8 by the largest absolute value of each label, in safetensors."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from training.linear.logistic import FloatArray, Linear

MOST = 127


def quantise(weights: FloatArray) -> tuple[NDArray[np.int8], FloatArray]:
    """int8 [buckets, labels] and scale [labels] with weights ≈ int8 · scale."""
    largest = np.abs(weights).max(axis=0)
    scale = (np.where(largest > 0, largest, 1) / MOST).astype(np.float32)
    return np.clip(np.rint(weights / scale), -MOST, MOST).astype(np.int8), scale


def write_weights(path: Path, model: Linear, idf: FloatArray) -> str:
    """Writes model.safetensors (F32 before I8, as the format wants it); its SHA-256."""
    quantised, scale = quantise(model.weights)
    tensors = {"idf": idf.astype(np.float32), "scale": scale, "bias": model.bias.astype(np.float32)}
    data = save({**tensors, "weights": quantised})
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()
