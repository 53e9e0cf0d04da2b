"""Raw logits as the server computes them: int8 weights, packed idf, long texts in windows."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.tables import LABELS

STRETCH = 8.0  # the server answers probabilities: σ(logit / 8) keeps far logits apart in float32
FAR = 64.0
NEUTRAL = {
    "calibration": {name: {"x": [-FAR, FAR], "y": [-FAR / STRETCH, FAR / STRETCH]} for name in LABELS},
    "thresholds": dict.fromkeys(LABELS, 0.5),
    "uncertain": {"low": 0.5, "high": 0.5},
    "reference_histogram": [1.0] + [0.0] * 10,
}


def probabilities(
    dss: Path,
    models: Path,
    texts: Sequence[str],
    model: str = "simple",
    settings: dict[str, str] | None = None,
) -> NDArray[np.float64]:
    """Probabilities [texts, 6] that `dss score` gives with the models in a folder; `settings` of the environment."""
    lines = "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)
    command = [str(dss), "score", "--quiet", "--models", str(models), "--model", model]
    command += ["--input-format", "ndjson", "--output-format", "ndjson", "-"]
    environment = os.environ | (settings or {})
    done = subprocess.run(command, input=lines.encode("utf-8"), stdout=subprocess.PIPE, check=True, env=environment)
    rows = [json.loads(line)["categories"] for line in done.stdout.decode("utf-8").splitlines()]
    return np.array([[row[name] for name in LABELS] for row in rows], np.float64).reshape(len(rows), len(LABELS))


def raw_logits(dss: Path, weights: bytes, card: dict[str, Any], texts: Sequence[str]) -> NDArray[np.float64]:
    """Logits [texts, 6] before calibration, of weights that go with a card; its calibration is not used."""
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "simple"
        model.mkdir()
        (model / "model.safetensors").write_bytes(weights)
        (model / "card.json").write_text(json.dumps({**card, **NEUTRAL}), encoding="utf-8")
        p = probabilities(dss, Path(folder), texts)
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return STRETCH * np.log(p / (1 - p))
