"""load/run for some seconds against a real server."""

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("model", ["simple", "bert"])
def test_a_short_run_writes_its_report(tmp_path, model):
    command = [
        ROOT / "load/run",
        "hold-300",
        "--model",
        model,
        "--scale",
        "0.1",
        "--time-scale",
        "600",
        "--out",
        tmp_path,
    ]
    run = subprocess.run(command, capture_output=True, text=True, timeout=250, env=dict(os.environ))
    assert run.returncode == 0, run.stdout + run.stderr
    figures = json.loads((tmp_path / model / "hold-300.json").read_text())
    assert all(check["holds"] for check in figures["checks"])
    assert figures["parts"][0]["goodput"] == pytest.approx(30, rel=0.1)
    assert "<svg" in (tmp_path / model / "hold-300.html").read_text()
