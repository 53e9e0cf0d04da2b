"""Bodies of POST /analyze: varied, so that no cache answers for the model."""

import json
import math
import random

from load import texts

WORDS = " ".join(texts.ALL).split()


def text_of(rng: random.Random, words: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(words))


def length(rng: random.Random, mixed: str) -> int:
    if mixed != "lengths":
        return rng.randint(8, 24)
    if rng.random() < 0.02:
        return 800  # about 5,000 characters
    return min(128, max(8, round(math.exp(rng.gauss(math.log(24), 0.8)))))


def documents(model: str, mixed: str, count: int = 4000, seed: int = 1) -> list[str]:
    """JSON documents; `mixed` as in scenarios.Scenario. The same in every run."""
    rng = random.Random(seed)
    lines = []
    for _ in range(count):
        chosen = ("bert" if rng.random() < 0.2 else "simple") if mixed == "models" else model
        lines.append(json.dumps({"text": text_of(rng, length(rng, mixed))[:5000], "model": chosen}))
    return lines
