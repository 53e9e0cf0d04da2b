"""The program for 64-bit Arm, run by QEMU beside the one of this machine."""

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXTS = [
    "you are a fool",
    "Thank you for the careful review of the article.",
    "f.u.c.k off, st.upid!!!",
    "Je te déteste, sale idiot",
    "Scunthorpe United won 2-1 on Saturday, and Dickinson scored twice.",
    "if you come here again I will find you and hurt you",
    "naïve café ☕ 😀 — “quoted” text with ﬁgures ١٢٣ and ＷＩＤＥ letters",
    "the same again " * 80,
]


def scored(command, model):
    """Rows of `dss score`, one for each text."""
    rows = "".join(json.dumps({"text": text}) + "\n" for text in TEXTS)
    command = [*command, "score", "--model", model, "--input-format", "ndjson", "--quiet", "-"]
    answer = subprocess.run(command, input=rows, capture_output=True, text=True, cwd=ROOT, timeout=240)
    assert answer.returncode == 0, answer.stderr
    return [json.loads(line) for line in answer.stdout.splitlines()]


@pytest.fixture(scope="session")
def here():
    return [ROOT / "build/release/dss"]


@pytest.fixture(scope="session")
def arm():
    return ["qemu-aarch64", "-L", os.environ["ARM64_ROOT"], ROOT / "build/arm64/dss"]
