"""Logits of a Hugging Face directory for texts, in fp32 or with weights rounded to int8. Needs torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file

from training.encoder.network import Encoder, Shape
from training.encoder.plan import Batch, cut, group, pad
from training.encoder.quantise import WEIGHTS, dequantise
from training.encoder.trainer import logits_of
from training.encoder.wordpieces import tokeniser
from training.tables import LABELS

TOKENS = 256  # where texts are cut
BATCH = (64, 4096)


def load(folder: Path) -> Encoder:
    """The network of a directory; int8 weights are made floats again."""
    network = Encoder(Shape.read(folder / "config.json"), len(LABELS))
    tensors = dequantise(load_file(folder / WEIGHTS))
    network.load_state_dict({name: torch.from_numpy(value.copy()) for name, value in tensors.items()})
    return network


def batches(folder: Path, texts: list[str], tokens: int = TOKENS) -> list[Batch]:
    """Texts cut at `tokens`, those of like length together."""
    sequences = [cut(one, tokens) for one in tokeniser(folder)(texts)]
    lengths = np.array([len(one) for one in sequences], np.int64)
    return [pad([sequences[i] for i in rows], rows) for rows in group(lengths, *BATCH)]


def logits(folder: Path, texts: list[str], tokens: int = TOKENS, progress: str | None = None) -> NDArray[np.float64]:
    """Logits [texts, labels] before blending and calibration."""
    parts = batches(folder, texts, tokens)
    found = np.empty((len(texts), len(LABELS)), np.float64)
    found[np.concatenate([part.rows for part in parts])] = logits_of(load(folder), parts, "fp32", progress)
    return found
