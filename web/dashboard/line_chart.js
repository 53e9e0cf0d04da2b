// Lines over time. Pointing at a moment shows its values in the legend.
import { html, svg } from "./dom.js";
import { span } from "./format.js";
import { Legend } from "./legend.js";
import { decades, linear, ticks } from "./scale.js";

const HEIGHT = 180;
const MARGIN = { top: 8, right: 8, bottom: 22, left: 62 };

/** The `d` of a path through the known values; a gap where one is undefined. */
export function pathOf(values, x, y) {
  let pen = "M";
  const parts = [];
  values.forEach((value, index) => {
    if (value === undefined || Number.isNaN(value)) {
      pen = "M";
      return;
    }
    parts.push(`${pen}${x(index).toFixed(1)} ${y(value).toFixed(1)}`);
    pen = "L";
  });
  return parts.join("");
}

export class LineChart {
  #data;
  #pointed;
  #legend = new Legend();
  #picture = html("div", { class: "picture" });

  constructor(figure) {
    this.figure = figure;
    this.#picture.addEventListener("pointermove", (event) => this.#point(event));
    this.#picture.addEventListener("pointerleave", () => this.#point(undefined));
  }

  /**
   * `series`: [{name, tone, values}], a value for each of `ages` (seconds ago, the oldest first) or undefined; `seconds`: length of
   * the time axis; `least`: the value axis ends there or above; `logarithmic`: it goes by powers of ten (for values over 0); `axis`, `format`: texts of a tick and of a value; `label`: the figure in words.
   */
  update(data) {
    this.#data = data;
    if (this.#picture.parentNode !== this.figure) this.figure.replaceChildren(this.#legend.element, this.#picture);
    this.#draw();
  }

  #scales() {
    const { seconds, series, least = 0, logarithmic = false } = this.#data;
    const width = Math.max(220, this.#picture.clientWidth);
    const values = series.flatMap((one) => one.values.filter((value) => value > 0));
    const marks = logarithmic ? decades(values) : ticks(Math.max(least, ...values));
    const measure = logarithmic ? Math.log10 : (value) => value;
    const height = linear(measure(marks[0]), measure(marks.at(-1)), HEIGHT - MARGIN.bottom, MARGIN.top);
    return {
      width,
      marks,
      x: linear(-seconds, 0, MARGIN.left, width - MARGIN.right),
      y: (value) => height(measure(value)),
    };
  }

  #draw() {
    const { ages, series, label, format } = this.#data;
    const scales = this.#scales();
    const place = (index) => scales.x(-ages[index]);
    const lines = series.map(({ tone, values }) => svg("path", { class: `line ${tone}`, d: pathOf(values, place, scales.y) }));
    const picture = svg("svg", { role: "img", "aria-label": label, width: scales.width, height: HEIGHT },
      ...this.#grid(scales), ...lines, ...this.#cursor(place));
    this.#picture.replaceChildren(picture);
    const index = this.#pointed ?? ages.length - 1;
    this.#legend.update(series, series.map(({ values }) => format(values[index])));
  }

  #grid({ width, marks, x, y }) {
    const { seconds, axis } = this.#data;
    const rules = marks.flatMap((mark) => [
      svg("line", { class: "rule", x1: MARGIN.left, x2: width - MARGIN.right, y1: y(mark), y2: y(mark) }),
      svg("text", { class: "tick end", x: MARGIN.left - 8, y: y(mark) + 4 }, axis(mark)),
    ]);
    const moments = [[seconds, "start", `${span(seconds)} ago`], [seconds / 2, "middle", span(seconds / 2)], [0, "end", "now"]];
    const times = moments.map(([age, anchor, text]) =>
      svg("text", { class: `tick ${anchor}`, x: x(-age), y: HEIGHT - 4 }, text));
    return [...rules, ...times];
  }

  #cursor(place) {
    if (this.#pointed === undefined || this.#pointed >= this.#data.ages.length) return [];
    const x = place(this.#pointed);
    return [svg("line", { class: "cursor", x1: x, x2: x, y1: MARGIN.top, y2: HEIGHT - MARGIN.bottom })];
  }

  #point(event) {
    const { ages } = this.#data;
    if (event === undefined || ages.length === 0) {
      this.#pointed = undefined;
    } else {
      const { x } = this.#scales();
      const at = event.clientX - this.#picture.getBoundingClientRect().left;
      const distances = ages.map((age) => Math.abs(x(-age) - at));
      this.#pointed = distances.indexOf(Math.min(...distances));
    }
    this.#draw();
  }
}
