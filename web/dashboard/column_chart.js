// Stacked columns with a mark for what was expected.
import { svg } from "./dom.js";
import { linear, ticks } from "./scale.js";

const HEIGHT = 190;
const MARGIN = { top: 8, right: 8, bottom: 22, left: 46 };

/**
 * `columns`: [{tick, parts: [{tone, value}], expected}], `expected` perhaps undefined; `format`: a tick's text; `label`: the
 * figure in words.
 */
export function drawColumns(figure, { columns, format, label }) {
  const width = Math.max(220, figure.clientWidth);
  const heights = columns.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0));
  const marks = ticks(Math.max(...heights, ...columns.map(({ expected }) => expected ?? 0)));
  const x = linear(0, columns.length, MARGIN.left, width - MARGIN.right);
  const y = linear(0, marks.at(-1), HEIGHT - MARGIN.bottom, MARGIN.top);
  const gap = Math.min(6, (x(1) - x(0)) * 0.2);
  const drawn = columns.flatMap((column, index) => [
    ...stack(column.parts, x(index) + gap / 2, x(1) - x(0) - gap, y),
    ...expectation(column.expected, x(index), x(index + 1), y),
    svg("text", { class: "tick middle", x: (x(index) + x(index + 1)) / 2, y: HEIGHT - 5 }, column.tick),
  ]);
  return svg("svg", { role: "img", "aria-label": label, width, height: HEIGHT }, ...rules(marks, width, y, format), ...drawn);
}

function rules(marks, width, y, format) {
  return marks.flatMap((mark) => [
    svg("line", { class: "rule", x1: MARGIN.left, x2: width - MARGIN.right, y1: y(mark), y2: y(mark) }),
    svg("text", { class: "tick end", x: MARGIN.left - 8, y: y(mark) + 4 }, format(mark)),
  ]);
}

function stack(parts, x, width, y) {
  let below = 0;
  return parts.filter(({ value }) => value > 0).map(({ tone, value }) => {
    const top = y(below + value);
    const height = y(below) - top;
    below += value;
    return svg("rect", { class: `fill ${tone}`, x, width, y: top, height });
  });
}

function expectation(expected, from, to, y) {
  if (expected === undefined) return [];
  return [svg("line", { class: "expected", x1: from, x2: to, y1: y(expected), y2: y(expected) })];
}
