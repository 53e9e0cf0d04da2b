// Bars that lie, one below the other, each with a name before and a text behind.
import { svg } from "./dom.js";
import { linear } from "./scale.js";

const ROW = 26;
const NAME = 128;
const VALUE = 84;

/** `bars`: [{name, value, text, tone}], values at least 0; `label`: the figure in words. */
export function drawBars(figure, { bars, label }) {
  const width = Math.max(220, figure.clientWidth);
  const length = linear(0, Math.max(...bars.map(({ value }) => value)) || 1, 0, width - NAME - VALUE);
  const rows = bars.map(({ name, value, text, tone }, index) => {
    const y = index * ROW;
    return svg("g", {},
      svg("text", { class: "name", x: 0, y: y + 17 }, name),
      svg("rect", { class: "track", x: NAME, y: y + 5, width: width - NAME - VALUE, height: ROW - 10, rx: 3 }),
      svg("rect", { class: `fill ${tone}`, x: NAME, y: y + 5, width: Math.max(value > 0 ? 2 : 0, length(value)), height: ROW - 10, rx: 3 }),
      svg("text", { class: "amount end", x: width, y: y + 17 }, text));
  });
  return svg("svg", { role: "img", "aria-label": label, width, height: bars.length * ROW }, ...rows);
}
