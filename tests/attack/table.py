"""Figures of a run as the tables of docs/security-tests.md, to be pasted there."""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs/security-tests.md"
RESULT = ROOT / "build/test-results/attack.md"
HEAD = """| attack or fault | what must hold beside the promise | requests | lost | P99.9, ms | what it saw |
|---|---|--:|--:|--:|---|
"""


def promises(document):
    """{name: what must hold} of the tables in the document."""
    return dict(re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|.*\|$", document, re.MULTILINE))


def seen(counts):
    """`20 × 0, 7,915 × 408`."""
    return ", ".join(f"{number:,} × {what}" for what, number in counts.items()) or "–"


def markdown(reported, document):
    """One row for each name that was besieged, by its last attempt, then a line for each of the others."""
    known, rows, lines = promises(document), {}, []
    for name, figures in reported:
        if "requests" not in figures:
            lines.append(f"- {name}: " + ", ".join(f"{key} {value}" for key, value in figures.items()))
            continue
        times = f"{figures['baseline_ms']:.1f} → {figures['attacked_ms']:.1f}"
        cells = [name, known.get(name, ""), f"{figures['requests']:,}", str(figures["lost"]), times]
        rows[name] = f"| {' | '.join([*cells, seen(figures['attack'])])} |\n"
    return HEAD + "".join(rows.values()) + "\n" + "\n".join(lines) + "\n"


def write(reported):
    """Writes RESULT, if there is anything to write."""
    if reported:
        RESULT.parent.mkdir(parents=True, exist_ok=True)
        RESULT.write_text(markdown(reported, DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
