// How toxic the texts were.
import { drawColumns } from "./column_chart.js";
import { merged, sumOf } from "./counters.js";
import { percent, whole } from "./format.js";
import { Legend } from "./legend.js";
import { Panel } from "./panel.js";

const TONES = { simple: "blue", bert: "violet" };

/** The name of the bin whose upper bound is `le` among bins of ten: "0", "1–10", "91–100". */
export function binName(le) {
  return Number(le) === 0 ? "0" : `${Number(le) - 9}–${Number(le)}`;
}

/** The reference shares of the models, weighted by how many texts each has scored: {le: share}; undefined without texts. */
export function expectedShares(scores, reference) {
  const all = sumOf(scores);
  if (!(all > 0) || Object.keys(scores).some((model) => sumOf(scores[model]) > 0 && !reference[model])) return undefined;
  const shares = {};
  for (const [model, bins] of Object.entries(scores)) {
    for (const [le, share] of Object.entries(reference[model] ?? {})) {
      shares[le] = (shares[le] ?? 0) + (share * sumOf(bins)) / all;
    }
  }
  return shares;
}

/** The bins, lowest first: {le, count, share, parts: [{tone, value}], expected}. */
export function binsOf(scores, reference) {
  const bins = merged(scores);
  const all = sumOf(bins);
  const expected = expectedShares(scores, reference);
  return Object.keys(bins).sort((a, b) => a - b).map((le) => ({
    le,
    name: binName(le),
    count: bins[le],
    share: all > 0 ? bins[le] / all : undefined,
    tick: String(Number(le)),
    parts: Object.entries(scores).map(([model, counts]) => ({ tone: TONES[model] ?? "grey", value: counts[le] / all })),
    expected: expected?.[le],
  }));
}

export function scoresPanel() {
  const panel = new Panel("scores", "Scores", "Share of texts by score from 0 to 100. The lines are the texts that the models were measured on.");
  const legend = new Legend();
  const update = ({ now, increase, label }) => {
    const scores = increase?.counters.scores ?? {};
    const bins = binsOf(scores, now.reference);
    panel.table(["Score", "Texts", "Share", "Reference"],
      bins.map(({ name, count, share, expected }) => [name, whole(count), percent(share), percent(expected)]));
    const all = sumOf(scores);
    if (!(all > 0)) return panel.empty("No text was scored in this time.");
    const high = bins.filter(({ le }) => Number(le) > 60).reduce((sum, { share }) => sum + share, 0);
    const models = Object.keys(scores).filter((model) => sumOf(scores[model]) > 0);
    legend.update(models.map((model) => ({ name: model, tone: TONES[model] ?? "grey" })), models.map((model) => whole(sumOf(scores[model]))));
    panel.figure.replaceChildren(legend.element, drawColumns(panel.figure, {
      columns: bins,
      format: percent,
      label: `Scores of ${whole(all)} texts. ${label}: ${percent(high)} scored above 60.`,
    }));
  };
  return { panel, update };
}
