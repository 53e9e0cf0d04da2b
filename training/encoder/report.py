"""What a run tells: metrics.jsonl and a page with the curves, written anew every few minutes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

METRICS = "metrics.jsonl"
WIDTH, HEIGHT, MARGIN = 900, 300, 45
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="30">
<title>Training of bert</title><style>body{{font:15px sans-serif;margin:2em;max-width:60em}}svg{{width:100%}}</style>
<h1>Training of bert</h1><p>{status}</p>{charts}</html>
"""


def append(folder: Path, entry: dict[str, Any]) -> None:
    """Adds a line to metrics.jsonl."""
    with (folder / METRICS).open("a", encoding="utf-8") as file:
        file.write(json.dumps(entry) + "\n")


def read(folder: Path) -> list[dict[str, Any]]:
    """The lines of metrics.jsonl; of lines about the same step the last, so that what a cut run repeats counts once."""
    path = folder / METRICS
    if not path.exists():
        return []
    entries: dict[tuple[str, int], dict[str, Any]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            entry = json.loads(line)
        except json.JSONDecodeError:  # a line that a killed process did not finish
            continue
        entries[entry["kind"], entry["step"]] = entry
    return sorted(entries.values(), key=lambda entry: entry["step"])


def curve(title: str, points: list[tuple[float, float]], steps: int) -> str:
    """A line chart as SVG over steps 0 … `steps`; empty for fewer than two points."""
    if len(points) < 2:
        return ""
    low, high = min(y for _, y in points), max(y for _, y in points)
    span = (high - low) or 1.0
    across, up = (WIDTH - 2 * MARGIN) / steps, (HEIGHT - 2 * MARGIN) / span
    place = [f"{MARGIN + x * across:.1f},{HEIGHT - MARGIN - (y - low) * up:.1f}" for x, y in points]
    return (
        f'<h2>{title}: {points[-1][1]:.4f}</h2><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{title}">'
        f'<rect x="{MARGIN}" y="{MARGIN}" width="{WIDTH - 2 * MARGIN}" height="{HEIGHT - 2 * MARGIN}" fill="none" '
        f'stroke="#ccc"/><polyline points="{" ".join(place)}" fill="none" stroke="#0b62a8" stroke-width="1.5"/>'
        f'<text x="2" y="{MARGIN}">{high:.3f}</text><text x="2" y="{HEIGHT - MARGIN}">{low:.3f}</text>'
        f'<text x="{WIDTH - MARGIN}" y="{HEIGHT - 20}" text-anchor="end">{steps} steps</text></svg>'
    )


def write_page(folder: Path, steps: int, status: str) -> None:
    """Writes progress.html from metrics.jsonl; browsers reload it by themselves."""
    entries = read(folder)
    series: dict[str, list[tuple[float, float]]] = {}
    for entry in entries:
        for name, value in entry.items():
            if name not in ("kind", "step") and isinstance(value, float) and value == value:
                series.setdefault(f"{entry['kind']} {name}", []).append((entry["step"], value))
    charts = "".join(curve(name, points, steps) for name, points in series.items())
    aside = folder / "progress.html.part"
    aside.write_text(PAGE.format(status=status, charts=charts), encoding="utf-8")
    aside.replace(folder / "progress.html")
