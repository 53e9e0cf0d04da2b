"""The figures as text for a terminal or as Markdown."""

from bench.encoder.rounds import OURS, Result
from bench.encoder.summary import peak_fraction, rate_of, ratio_of


def aligned(rows: list[list[str]]) -> str:
    """Text columns: the first to the left, the others to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    pad = [str.ljust, *[str.rjust] * (len(widths) - 1)]
    return "\n".join("  ".join(pad[i](cell, widths[i]) for i, cell in enumerate(row)).rstrip() for row in rows)


def markdown(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|---|" + "---:|" * (len(rows[0]) - 1))
    return "\n".join(lines)


def rates(results: list[Result], names: list[str]) -> list[list[str]]:
    """Tokens a second by row and case; the last line is the part of the int8 peak that ours reaches."""
    table = [["tokens/s", *(result.case.name for result in results)]]
    for name in names:
        cells = [f"{rate_of(r.turns[name]):,.0f}" if name in r.turns else "" for r in results]
        table.append([name, *cells])
    if all(OURS in result.turns for result in results):
        table.append(["ours, part of the int8 peak", *(f"{peak_fraction(r.turns[OURS]):.2f}" for r in results)])
    return table


def ratios(results: list[Result], names: list[str]) -> list[list[str]]:
    table = [["ours / peer: median (smallest-largest)", *(result.case.name for result in results)]]
    for name in names:
        row = [name]
        for result in results:
            both = OURS in result.turns and name in result.turns
            ratio = ratio_of(result.turns[OURS], result.turns[name]) if both else None
            row.append(f"{ratio.median:.2f} ({ratio.spread})" if ratio else "")
        table.append(row)
    return table


def chosen(results: list[Result], names: list[str]) -> list[list[str]]:
    """Which choice stands behind each figure."""
    table = [["variant ×texts in a batch (peer)", *(result.case.name for result in results)]]
    return table + [[name, *(result.labels.get(name, "") for result in results)] for name in names]


def render(results: list[Result], rows: list[str], notes: list[str], layout) -> str:
    """`rows`: names of the peers' rows in the order of the table. `layout`: aligned or markdown."""
    present = [name for name in rows if any(name in result.turns for result in results)]
    with_ours = any(OURS in result.turns for result in results)
    tables = [rates(results, [OURS, *present] if with_ours else present)]
    if with_ours and present:
        tables.append(ratios(results, present))
    if present:
        tables.append(chosen(results, present))
    return "\n\n".join([*map(layout, tables), "\n".join(notes)])
