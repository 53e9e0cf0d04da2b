"""What a peer's module offers; the worker runs it."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.encoder.batches import Batch


@dataclass(frozen=True)
class Setting:
    """`folder`: what was prepared for the model. `threads`: how many threads one run may use."""

    model: Path
    folder: Path
    threads: int


class Loaded(ABC):
    """One variant, ready to run. `prepare` is not timed, the call is."""

    @abstractmethod
    def prepare(self, batch: Batch):
        """The batch in the peer's own form."""

    @abstractmethod
    def __call__(self, prepared) -> np.ndarray:
        """Logits [texts, labels]."""


class Peer(ABC):
    def __init__(self, setting: Setting):
        self.setting = setting

    @abstractmethod
    def versions(self) -> dict[str, str]:
        """Versions of its packages."""

    @abstractmethod
    def variants(self) -> dict[str, str]:
        """Options by the variants' names, as the table prints them."""

    @abstractmethod
    def load(self, variant: str) -> Loaded: ...
