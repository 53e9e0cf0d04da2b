"""The figures as text for a terminal or as Markdown."""

COLUMNS = ["", "CPU µs/request", "× nginx", "requests/s", "P50 µs", "P99 µs", "server busy", "MB", "limited by"]
TITLES = {"analyze": "POST /analyze", "livez": "GET /livez", "loops": "POST /analyze, two event loops"}


def row_of(name, medians):
    ratio = medians["to_nginx"]
    return [
        name,
        f"{medians['microseconds']:.2f}",
        "" if ratio is None else f"{ratio:.2f}",
        f"{medians['per_second']:,.0f}",
        f"{medians['p50_us']:,.0f}",
        f"{medians['p99_us']:,.0f}",
        f"{medians['server_busy']:.0%}",
        f"{medians['resident_mb']:.0f}",
        medians["limited_by"],
    ]


def ratio_row(ratio):
    limit = f"{'≥' if ratio.at_least else '≤'} {ratio.limit:g}" + (f" (goal {ratio.goal:g})" if ratio.goal else "")
    digits = 0 if ratio.at_least else 2
    spread = f"{min(ratio.rounds):.{digits}f}-{max(ratio.rounds):.{digits}f}"
    verdict = "holds" if ratio.holds() else "PASSED THE LIMIT"
    return [ratio.name, f"{ratio.median:.{digits}f}", spread, limit, verdict]


def aligned(rows):
    """Text columns: the first to the left, the others to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    pad = [str.ljust, *[str.rjust] * (len(widths) - 1)]
    return "\n".join("  ".join(pad[i](cell, widths[i]) for i, cell in enumerate(row)).rstrip() for row in rows)


def markdown(rows):
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|---|" + "---:|" * (len(rows[0]) - 1))
    return "\n".join(lines)


def render(table, ratios, versions, notes, layout):
    """`layout`: aligned or markdown."""
    parts = []
    for scenario, peers in table.items():
        rows = [row_of(name, medians) for name, medians in peers.items()]
        parts.append(f"{TITLES[scenario]}\n\n" + layout([COLUMNS, *rows]))
    head = ["ratio of CPU time a request", "median", "of the rounds", "limit", ""]
    if ratios:
        parts.append(layout([head, *map(ratio_row, ratios)]))
    parts.append("\n".join(f"- {name}: {version}" for name, version in versions.items()))
    return "\n\n".join(parts + notes)
