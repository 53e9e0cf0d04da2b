"""Writes what training has reached: a Hugging Face directory, and logits of the rows it did not read.

    .venv-train/bin/python -m training.encoder.export

It takes the averaged weights of the checkpoint, also in the middle of a run (or with --average those kept after an
epoch, or the mean of several: average-1.pt,average-2.pt,average-3.pt), writes `fp32/` (config.json, vocab.txt,
model.safetensors) and `held_out.npz` into the run's folder.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from training.encoder import checkpoint, corpus, score
from training.encoder.__main__ import default_folder
from training.encoder.base import base_folder
from training.encoder.network import Shape
from training.encoder.quantise import configuration, write_directory
from training.encoder.recipe import Recipe


def averaged(folder: Path, name: str | None, digest: str) -> dict[str, torch.Tensor]:
    """The averaged weights of the checkpoint, or the mean of those of the files `name`, separated by commas."""
    if name is not None:
        parts = [torch.load(folder / one, map_location="cpu", weights_only=True) for one in name.split(",")]
        return {key: torch.stack([part[key].float() for part in parts]).mean(0) for key in parts[0]}
    saved = checkpoint.load(folder, digest)
    if saved is None:
        raise SystemExit(f"export: no checkpoint in {folder}: run training/encoder/run first")
    return saved["average"]


def parse() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m training.encoder.export",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--folder", type=Path, default=default_folder(), help="of the run (%(default)s)")
    parser.add_argument("--average", metavar="FILE", help="weights kept after an epoch, or the mean of several")
    parser.add_argument("--output", type=Path, help="for fp32/ and held_out.npz (default: the run's folder)")
    parser.add_argument("--threads", type=int, default=1, help="(%(default)s)")
    return parser.parse_args()


def main() -> None:
    """Exports the weights and scores the held-out rows."""
    arguments = parse()
    torch.set_num_threads(arguments.threads)
    recipe, base = Recipe(), base_folder()
    output = arguments.output or arguments.folder
    rows = corpus.load(recipe)
    averages = averaged(arguments.folder, arguments.average, corpus.digest(rows, recipe))
    weights = {name: value.numpy() for name, value in averages.items()}
    shape = Shape.read(base / "config.json").as_json()
    write_directory(output / "fp32", weights, configuration(shape, recipe.long), base / "vocab.txt")
    held_out = np.flatnonzero(rows.held_out)
    logits = score.logits(output / "fp32", [rows.texts[row] for row in held_out], progress="held-out rows")
    np.savez_compressed(output / "held_out.npz", rows=held_out, logits=logits)
    print(f"{output}/fp32 and the logits of {len(held_out)} held-out rows")


if __name__ == "__main__":
    main()
