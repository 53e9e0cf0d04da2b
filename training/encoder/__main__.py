"""Fine-tunes the `bert` model from training/data. May be stopped at any time; the same command goes on.

Checkpoints, metrics.jsonl and progress.html (the loss, reloads itself) are in the folder. The files of evaluation/
are not read.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import torch

from training.encoder import checkpoint, corpus
from training.encoder.base import base_folder
from training.encoder.network import Dropout, load_base
from training.encoder.plan import Plan
from training.encoder.recipe import Recipe
from training.encoder.trainer import Run
from training.encoder.wordpieces import tokeniser
from training.tables import LABELS


def default_folder() -> Path:
    """Outside the work tree: a new checkout goes on with the same run."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dss" / "encoder"


def fast_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 itself."""
    flags = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    return " amx_bf16" in flags or " avx512_bf16" in flags


def parse() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="training/encoder/run",
        description=__doc__,
        epilog="example: nice training/encoder/run --threads 2",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--folder", type=Path, default=default_folder(), help="for checkpoints (%(default)s)")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1, help="(default: all)")
    parser.add_argument("--precision", choices=("auto", "bf16", "fp32"), default="auto", help="of matrix products")
    parser.add_argument("--save-every", type=float, default=240.0, metavar="SECONDS", help="(%(default)s)")
    return parser.parse_args()


def main() -> int:
    """Trains or goes on training; 0 at the end, 3 when stopped before it, 1 when it cannot begin."""
    arguments = parse()
    torch.set_num_threads(arguments.threads)
    precision = arguments.precision
    if precision == "auto":
        precision = "bf16" if fast_bfloat16() else "fp32"
    arguments.folder.mkdir(parents=True, exist_ok=True)
    try:
        lock = checkpoint.lock(arguments.folder)
    except checkpoint.AlreadyRunning as error:
        print(f"training/encoder/run: {error}", file=sys.stderr)
        return 1
    with lock:
        return train(arguments, precision)


def train(arguments: argparse.Namespace, precision: str) -> int:
    """Loads, and trains to the end or until stopped."""
    recipe = Recipe()
    base = base_folder()
    torch.manual_seed(recipe.seed)
    network = load_base(base, len(LABELS), Dropout(recipe.hidden_dropout, recipe.head_dropout))
    rows = corpus.load(recipe)
    print(f"{len(rows.texts)} rows, {rows.held_out.sum()} of them kept for development; {precision}", flush=True)
    try:
        run = Run(network, Plan(rows, recipe, tokeniser(base)), recipe, arguments.folder, precision=precision)
    except checkpoint.WrongRecipe as error:
        print(f"training/encoder/run: {error}", file=sys.stderr)
        return 1
    print(f"step {run.position.step} of {run.steps}; {arguments.folder}/progress.html", flush=True)
    return 0 if run.run(arguments.save_every) else 3


if __name__ == "__main__":
    sys.exit(main())
