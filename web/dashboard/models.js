// Which models are loaded, and whether their scores drift.
import { html } from "./dom.js";
import { bytes, plain } from "./format.js";
import { rowCells } from "./panel.js";

/** A population stability index in words: under 0.1 no drift, over 0.25 major drift, by convention. */
export function driftText(psi) {
  if (psi === undefined || Number.isNaN(psi)) return "too few texts";
  const word = psi < 0.1 ? "none" : psi <= 0.25 ? "some" : "major";
  return `${word} (${plain(psi)})`;
}

/** Rows of the table, one for each model. */
export function modelRows(models) {
  return models.map(({ name, version, format, sha256, loaded, memoryBytes, drift }) => [
    name,
    loaded ? version : `${version}, not loaded`,
    format,
    (sha256 ?? "").slice(0, 12),
    bytes(memoryBytes),
    driftText(drift["1h"]),
    driftText(drift["24h"]),
  ]);
}

const COLUMNS = ["Model", "Version", "Format", "SHA-256", "Memory", "Drift, 1 h", "Drift, 24 h"];

/** Needs no figure: the table is all there is. */
export function modelsPanel() {
  const body = html("tbody");
  const heads = COLUMNS.map((name) => html("th", { scope: "col" }, name));
  const element = html("section", { class: "card wide", id: "models", "aria-labelledby": "models-title" },
    html("h2", { id: "models-title" }, "Models"),
    html("p", { class: "note" }, "Drift compares the scores served with those of the reference texts (population stability index)."),
    html("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of models" },
      html("table", {}, html("caption", { class: "hidden" }, "Models"), html("thead", {}, html("tr", {}, ...heads)), body)));
  const update = ({ now }) => body.replaceChildren(...modelRows(now.models).map((row) => html("tr", {}, ...rowCells(row))));
  return { panel: { element }, update };
}
