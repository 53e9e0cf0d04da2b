"""One HTML file that needs nothing else: figures, plots, what was asserted. SVG by hand; light and dark."""

import html

import numpy as np

WIDTH, HEIGHT, LEFT, RIGHT, BOTTOM = 640, 220, 54, 28, 30
STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --faint: #8b949e; --page: #fff }
:root { --a: #0969da; --b: #bc4c00; --c: #1a7f37 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --page: #0d1117; --a: #58a6ff; --b: #f0883e; --c: #56d364 }
}
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page) }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse }
td, th { padding: .2rem .5rem; white-space: nowrap; text-align: right; border-bottom: 1px solid var(--faint) }
td:first-child, th:first-child { text-align: left }
.wide { overflow-x: auto }
svg { max-width: 100%; height: auto }
figcaption { color: var(--faint) }
.bad { color: var(--b); font-weight: 600 }
"""


def ticks(top: float) -> list[float]:
    step = 10 ** np.floor(np.log10(top)) if top > 0 else 1
    while top / step < 3:
        step /= 2
    return list(np.arange(0, top * 1.001, step))


def plot(title: str, unit: str, series: dict[str, tuple[np.ndarray, np.ndarray]], x_name: str) -> str:
    """A line plot; `series` name → (x, y)."""
    right = max((x.max() for x, _ in series.values() if len(x)), default=1) or 1
    top = max((np.nanmax(y) for _, y in series.values() if len(y)), default=1) or 1

    def at(x: float, y: float) -> str:
        across, up = (WIDTH - LEFT - RIGHT) * x / right, (HEIGHT - BOTTOM - 12) * y / top
        return f"{LEFT + across:.1f},{HEIGHT - BOTTOM - up:.1f}"

    def mark(x: str, y: str, anchor: str, value: float, down: int) -> str:
        place = f'x="{x}" y="{y}" dy="{down}" text-anchor="{anchor}"'
        return f'<text {place} font-size="11" fill="var(--faint)">{value:g}</text>'

    parts = []
    for value in ticks(top):
        y = at(0, value).split(",")[1]
        ends = f'x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}"'
        parts.append(f'<line {ends} stroke="var(--faint)" stroke-opacity=".3"/>')
        parts.append(mark(str(LEFT - 6), y, "end", value, 4))
    for value in ticks(right):
        parts.append(mark(at(value, 0).split(",")[0], str(HEIGHT - 12), "middle", value, 0))
    legend = []
    for (name, (x, y)), colour in zip(series.items(), ("var(--a)", "var(--b)", "var(--c)"), strict=False):
        points = " ".join(at(a, b) for a, b in zip(x, y, strict=True) if np.isfinite(b))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.8"/>')
        legend.append(f'<span style="color:{colour}">■</span> {html.escape(name)}')
    caption = f"{html.escape(title)} ({html.escape(unit)}) over {html.escape(x_name)} — {' · '.join(legend)}"
    label = html.escape(f"{title}: {', '.join(series)}")
    return (
        f'<figure><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">{"".join(parts)}</svg>'
        f"<figcaption>{caption}</figcaption></figure>"
    )


def table(rows: list[dict]) -> str:
    if not rows:
        return ""
    head = "".join(f"<th>{html.escape(str(name))}</th>" for name in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{html.escape(str(v))}</td>' for v in row.values())}</tr>" for row in rows)
    return f"<div class=wide tabindex=0><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"


def page(title: str, facts: list[str], checks: list[tuple[bool, str]], rows: list[dict], plots: list[str]) -> str:
    marks = "".join(
        f"<li{'' if fine else ' class=bad'}>{'holds' if fine else 'does not hold'}: {html.escape(what)}</li>"
        for fine, what in checks
    )
    held = f"<h2>What must hold</h2><ul>{marks}</ul>" if checks else ""
    said = "".join(f"<p>{html.escape(fact)}</p>" for fact in facts)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{html.escape(title)}</title><style>{STYLE}</style><h1>{html.escape(title)}</h1>{said}"
        f"{held}<h2>Figures</h2>{table(rows)}<h2>Plots</h2>{''.join(plots)}</html>"
    )
