"""n-gram counts by `dss features`, and what the model makes of them: x = idf · tf / max(‖idf · tf‖₂, floor)."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open

from training.linear.logistic import FloatArray, Rows

MOST_COUNTED = 255  # the server takes higher counts for this one


@dataclass(frozen=True)
class Counts:
    """Row i met bucket `indices[k]` `counts[k]` times, k from `indptr[i]` to `indptr[i + 1]`."""

    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    counts: NDArray[np.int32]
    recipe: str  # names the normaliser and the n-grams; a server with another one refuses the model

    def __len__(self) -> int:
        return len(self.indptr) - 1

    def take(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Counts:
        """The chosen rows, by mask or by number."""
        numbers = np.flatnonzero(chosen) if chosen.dtype == np.bool_ else chosen
        lengths = np.diff(self.indptr)[numbers]
        indptr = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        places = np.repeat(self.indptr[numbers] - indptr[:-1], lengths) + np.arange(indptr[-1])
        return Counts(indptr, self.indices[places], self.counts[places], self.recipe)


def extract(dss: Path, texts: Sequence[str], bucket_bits: int) -> Counts:
    """Counts of all texts. Raises CalledProcessError, with the reason on stderr, if `dss` fails."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "features.safetensors"
        joined = "".join(text.replace("\0", " ") + "\0" for text in texts)
        command = [str(dss), "features", "--bits", str(bucket_bits), "--output", str(output)]
        subprocess.run(command, input=joined.encode("utf-8"), check=True, stdout=subprocess.DEVNULL)
        with safe_open(output, framework="numpy") as file:
            metadata = file.metadata()
            parts = [file.get_tensor(name) for name in ("indptr", "indices", "counts")]
    return Counts(parts[0].astype(np.int64), parts[1].astype(np.int32), parts[2], metadata["recipe"])


def inverse_document_frequency(counts: Counts, bucket_bits: int) -> FloatArray:
    """idf [buckets] = ln((1 + rows) / (1 + rows with the bucket)) + 1, as in scikit-learn."""
    frequency = np.bincount(counts.indices, minlength=1 << bucket_bits)
    return (np.log((1 + len(counts)) / (1 + frequency)) + 1).astype(np.float32)


def weigh(counts: Counts, idf: FloatArray, tf: str, norm_floor: float = 0) -> Rows:
    """x = idf · tf / max(‖idf · tf‖₂, norm_floor) with tf 1 ("binary"), 1 + ln n ("log") or n ("count")."""
    n = np.minimum(counts.counts, MOST_COUNTED).astype(np.float32)
    frequencies = {"binary": np.ones_like, "log": lambda x: 1 + np.log(x), "count": lambda x: x}[tf](n)
    values = (frequencies * idf[counts.indices]).astype(np.float32)
    row = np.repeat(np.arange(len(counts)), np.diff(counts.indptr))
    squares = np.bincount(row, weights=values.astype(np.float64) ** 2, minlength=len(counts))
    lengths = np.sqrt(np.maximum(squares, max(norm_floor**2, np.finfo(np.float64).tiny)))
    return Rows(counts.indptr, counts.indices, (values / lengths[row]).astype(np.float32))
