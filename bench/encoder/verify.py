"""Peers must compute the model before they are timed: their logits are compared with the reference's."""

from bench.encoder.contenders import PeerFailed, Row

LARGEST_ERROR = {"fp32": 1e-4}
LEAST_CORRELATION = {"fp32": 0.99999, "bf16": 0.999, "int8": 0.95}
"""Per-tensor scales of activations lose much on random tokens; what is no model at all correlates with nothing."""


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
