// A card: a heading, a figure, and the same numbers as a table for those who cannot or will not read the figure.
import { html } from "./dom.js";

function headCells(texts) {
  return texts.map((text) => html("th", { scope: "col" }, text));
}

/** The cells of a row; the first one names it. */
export function rowCells([name, ...texts]) {
  return [html("th", { scope: "row" }, name), ...texts.map((text) => html("td", {}, text))];
}

export class Panel {
  #rows = [];
  #columns = "";

  /** `id` names the card and is unique in the page; `note` says what is shown and whence it comes. */
  constructor(id, title, note) {
    this.figure = html("div", { class: "figure" });
    this.head = html("thead");
    this.body = html("tbody");
    this.note = html("p", { class: "note" }, note);
    this.details = html(
      "details",
      {},
      html("summary", {}, "Data", html("span", { class: "hidden" }, ` of ${title}`)),
      html("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Data of ${title}` },
        html("table", {}, html("caption", { class: "hidden" }, title), this.head, this.body)),
    );
    this.element = html(
      "section",
      { class: "card", id, "aria-labelledby": `${id}-title` },
      html("h2", { id: `${id}-title` }, title),
      this.note,
      this.figure,
      this.details,
    );
    this.details.addEventListener("toggle", () => this.#fill());
  }

  /** What the table shows: names of the columns, and rows of texts; the first text of each names it. */
  table(columns, rows) {
    const heading = columns.join("\n");
    if (heading !== this.#columns) {
      this.#columns = heading;
      this.head.replaceChildren(html("tr", {}, ...headCells(columns)));
    }
    this.#rows = rows;
    this.#fill();
  }

  #fill() {
    if (!this.details.open) return;
    this.body.replaceChildren(...this.#rows.map((row) => html("tr", {}, ...rowCells(row))));
  }

  /** Shows a sentence where the figure would be. */
  empty(sentence) {
    this.figure.replaceChildren(html("p", { class: "empty" }, sentence));
  }
}
