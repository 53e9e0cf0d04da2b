"""Checkpoints that are either whole or absent: written aside, flushed, then renamed over the last one."""

from __future__ import annotations

import fcntl
import os
import random
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
import torch

NAME = "checkpoint.pt"


class WrongRecipe(Exception):
    """A checkpoint of another recipe or other data."""


class AlreadyRunning(Exception):
    """Another process trains in the folder."""


def lock(folder: Path) -> IO[str]:
    """Keeps other processes out of a folder until the file is closed or the process ends, however it ends."""
    file = (folder / "lock").open("w", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise AlreadyRunning(
            f"another run is at work in {folder}: wait, stop it, or choose another --folder"
        ) from error
    return file


@dataclass
class Position:
    """Where a run stands: `step` steps are done in all, `batch` of them in `epoch`; `tokens` and `seconds` so far."""

    step: int = 0
    epoch: int = 0
    batch: int = 0
    tokens: int = 0
    seconds: float = 0.0


def random_states() -> dict[str, Any]:
    """The states of all random generators that training may use."""
    return {"torch": torch.get_rng_state(), "python": random.getstate(), "numpy": np.random.get_state()}


def restore_random_states(states: dict[str, Any]) -> None:
    """Sets what `random_states` gave."""
    torch.set_rng_state(states["torch"])
    random.setstate(states["python"])
    np.random.set_state(states["numpy"])


def save(folder: Path, content: dict[str, Any], name: str = NAME) -> None:
    """Writes a checkpoint. A process killed at any moment leaves the old one or the new one."""
    aside = folder / f"{name}.part"
    with aside.open("wb") as file:
        torch.save(content, file)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(folder / name)


def load(folder: Path, digest: str) -> dict[str, Any] | None:
    """The checkpoint of a folder, None if there is none; WrongRecipe if it is not of `digest`, see `corpus.digest`."""
    path = folder / NAME
    if not path.exists():
        return None
    content: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=False)
    if content["digest"] != digest:
        raise WrongRecipe(
            f"{path} is of another recipe or other data ({content['digest']}, this is {digest}): "
            "go back to those, or choose another folder with --folder"
        )
    return content
