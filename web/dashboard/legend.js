// Names of a chart's series with their colours and one value each.
import { html, setText, svg } from "./dom.js";

export class Legend {
  #values = [];
  #names = "";

  constructor() {
    this.element = html("ul", { class: "legend" });
  }

  /** `series`: {name, tone}; `texts`: a value for each. */
  update(series, texts) {
    const names = series.map(({ name, tone }) => `${name} ${tone}`).join("\n");
    if (names !== this.#names) {
      this.#names = names;
      this.#values = series.map(() => html("span", { class: "value" }));
      this.element.replaceChildren(
        ...series.map(({ name, tone }, index) =>
          html("li", {}, swatch(tone), name, " ", this.#values[index])),
      );
    }
    texts.forEach((text, index) => setText(this.#values[index], text));
  }
}

function swatch(tone) {
  return svg("svg", { class: "swatch", width: 14, height: 10, "aria-hidden": "true" },
    svg("line", { class: `line ${tone}`, x1: 0, x2: 14, y1: 5, y2: 5 }));
}
