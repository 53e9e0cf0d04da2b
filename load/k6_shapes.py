"""load/k6/shapes.json: the shapes of load/scenarios.py, words and limits, for k6 without load/run.

python3 -m load.k6_shapes
"""

import json

from load import analysis, bodies, checks, rolling, scenarios
from load.scenarios import Scenario
from load.server import ROOT

FILE = ROOT / "load/k6/shapes.json"


def shape(one: Scenario) -> dict:
    return {
        "title": one.title,
        "of_knee": one.of_knee,
        "mixed": one.mixed,
        "overload": one.overload,
        "least": one.least,
        "segments": [list(part) for part in one.shape],
    }


def limits(p99: float) -> list[float]:
    """Milliseconds at P95, half of it, and at P99."""
    return [500 * p99, 1000 * p99]


def document() -> str:
    seconds = rolling.REQUESTS / rolling.RATE
    traffic = Scenario(14, "rolling", "traffic for replacements", ((rolling.RATE, seconds),))
    shapes = {one.name: shape(one) for one in (*scenarios.SCENARIOS, traffic)}
    head = {
        "late_share": analysis.LATE_SHARE,
        "limits_ms": limits(analysis.SLOW),
        "overload_limits_ms": {model: limits(p99) for model, p99 in checks.ACCEPTED_P99.items()},
        "words": sorted(set(bodies.WORDS)),
    }
    first = [f" {json.dumps(name)}: {json.dumps(value)}" for name, value in head.items()]
    lines = [f"  {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in shapes.items()]
    return "{\n" + ",\n".join(first) + ',\n "shapes": {\n' + ",\n".join(lines) + "\n }\n}\n"


if __name__ == "__main__":
    FILE.write_text(document(), encoding="utf-8")
