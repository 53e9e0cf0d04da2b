"""What the rounds say: rates are medians, ratios are medians of ratios of turns that stood side by side."""

import statistics
from dataclasses import dataclass

from bench.encoder.contenders import Row
from bench.encoder.rounds import OURS, Measured, Result


@dataclass(frozen=True)
class Ratio:
    """Ours over a peer, tokens a second, round by round."""

    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.rounds)

    @property
    def spread(self) -> str:
        return f"{min(self.rounds):.2f}-{max(self.rounds):.2f}"


def rate_of(turns: list[Measured]) -> float:
    return statistics.median(turn.rate for turn in turns)


def ratio_of(ours: list[Measured], peer: list[Measured]) -> Ratio:
    return Ratio(tuple(a.rate / b.rate for a, b in zip(ours, peer, strict=True)))


def peak_fraction(turns: list[Measured]) -> float:
    return statistics.median(turn.peak_fraction for turn in turns)


def fastest(result: Result, names: list[str]) -> str | None:
    """The name with the highest rate of those that were measured."""
    measured = [name for name in names if name in result.turns]
    return max(measured, key=lambda name: rate_of(result.turns[name]), default=None)


def ort_int8(rows: list[Row]) -> list[str]:
    return [row.name for row in rows if row.from_onnx_runtime and row.kind == "int8"]


def quick_row(result: Result, rows: list[Row]) -> dict:
    """One object of the JSON form. Without ours its fields are null."""
    best = fastest(result, ort_int8(rows))
    ours = result.turns.get(OURS)
    ratio = ratio_of(ours, result.turns[best]) if ours and best else None
    return {
        "case": result.case.name,
        "ours_tokens_per_second": rate_of(ours) if ours else None,
        "ort_int8_best_tokens_per_second": rate_of(result.turns[best]) if best else None,
        "ort_int8_best": f"{best}: {result.labels[best]}" if best else None,
        "ratio": ratio.median if ratio else None,
        "rounds": list(ratio.rounds) if ratio else [],
        "peak_fraction": peak_fraction(ours) if ours else None,
        "peers": {name: rate_of(turns) for name, turns in result.turns.items() if name != OURS},
    }


def as_json(about: dict, results: list[Result], rows: list[Row], cores: int) -> dict:
    """`about`: the engine's first line. int8_peak_fraction is that of 8x64, where all is bound by computing."""
    fractions = {r.case.name: peak_fraction(r.turns[OURS]) for r in results if OURS in r.turns}
    return {
        "isa": about.get("isa"),
        "int8_peak_fraction": fractions.get("8x64", max(fractions.values(), default=None)),
        "cores": cores,
        "engine": about,
        "rows": [quick_row(result, rows) for result in results],
    }
