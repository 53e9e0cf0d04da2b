"""Peers must compute the model before they are timed: their logits are compared with the reference's."""

import json
import statistics
from pathlib import Path

from bench.encoder.contenders import Engine, PeerFailed, Row

LARGEST_ERROR = {"fp32": 1e-4}
LEAST_CORRELATION = {"fp32": 0.99999, "bf16": 0.999, "int8": 0.95}
"""Per-tensor scales of activations lose much on random tokens; what is no model at all correlates with nothing."""


def reference_file(folder: Path) -> Path:
    """JSON: `ids` of some texts, and their `logits` [texts][labels] by the reference."""
    return folder / "reference.json"


def fault_of(answer: dict, kind: str) -> str | None:
    """What is wrong with a variant's logits; None when they will do."""
    if answer["error"] > LARGEST_ERROR.get(kind, float("inf")):
        return f"logits differ from the reference by {answer['error']:.2g}"
    if not answer["correlation"] >= LEAST_CORRELATION[kind]:
        return f"logits correlate with the reference by {answer['correlation']:.4f} only"
    return None


def keep_what_works(rows: list[Row]) -> tuple[list[Row], dict[str, dict]]:
    """Rows with the variants that load and are right; and for each variant its error and correlation, or a reason."""
    kept, found = [], {}
    for row in rows:
        good = []
        for variant in row.variants:
            name = f"{row.name}: {variant}"
            found[name] = verdict_on(row, variant)
            if "left_out" not in found[name]:
                good.append(variant)
        if good:
            kept.append(Row(row.name, row.teams, tuple(good), row.kind, row.from_onnx_runtime))
    return kept, found


def verdict_on(row: Row, variant: str) -> dict:
    try:
        answers = [answer for team in row.teams for answer in team.ask({"load": variant})]
    except PeerFailed as failure:
        return {"left_out": str(failure)}
    fault = next(filter(None, (fault_of(answer, row.kind) for answer in answers)), None)
    return {"left_out": fault} if fault else answers[0]


def check_engine(engine: Engine, reference: Path, kind: str) -> dict:
    """Error and correlation of our logits; PeerFailed when they are wrong. `reference`: ids and logits as JSON."""
    expected = json.loads(reference.read_text())
    answers = engine.team.ask({"ids": expected["ids"]})
    found = [value for row in answers[0]["logits"] for value in row]
    right = [value for row in expected["logits"] for value in row]
    error = max(abs(a - b) for a, b in zip(found, right, strict=True))
    verdict = {"error": error, "correlation": statistics.correlation(found, right)}
    if fault := fault_of(verdict, kind):
        raise PeerFailed(f"{engine.team.name}: {fault}")
    return verdict
