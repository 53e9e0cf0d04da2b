"""load/k6/shapes.json: the shapes of load/scenarios.py and words for texts, for k6 without load/run.

python3 -m load.k6_shapes
"""

import json

from load import scenarios, texts
from load.server import ROOT

FILE = ROOT / "load/k6/shapes.json"


def document() -> str:
    shapes = {
        one.name: {"title": one.title, "of_knee": one.of_knee, "segments": [list(part) for part in one.shape]}
        for one in scenarios.SCENARIOS
        if not one.mixed  # those need the runner's bodies
    }
    words = sorted(set(" ".join(texts.ALL).split()))
    lines = [f"  {json.dumps(name)}: {json.dumps(shape)}" for name, shape in shapes.items()]
    return '{"words": ' + json.dumps(words) + ',\n "shapes": {\n' + ",\n".join(lines) + "\n }}\n"


if __name__ == "__main__":
    FILE.write_text(document(), encoding="utf-8")
