// Where the time of scoring goes.
import { drawBars } from "./bar_list.js";
import { duration, percent, whole } from "./format.js";
import { Panel } from "./panel.js";

const ORDER = ["parse", "normalize", "language", "tokenize", "queue", "infer", "postprocess"];
const LEAST_SHARE = 0.01;
const TONES = { simple: "blue", bert: "violet" };

/** The stages that took place, by model and in order: {model, stage, count, mean, share}; `share` is of the model's time. */
export function stagesOf({ stageSeconds = {}, stageCounts = {} } = {}) {
  return Object.entries(stageSeconds).flatMap(([model, seconds]) => {
    const all = Object.values(seconds).reduce((sum, value) => sum + value, 0);
    return Object.keys(seconds)
      .filter((stage) => stageCounts[model]?.[stage] > 0)
      .sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))
      .map((stage) => ({
        model,
        stage,
        count: stageCounts[model][stage],
        mean: seconds[stage] / stageCounts[model][stage],
        share: all > 0 ? seconds[stage] / all : 0,
      }));
  });
}

export function stagesPanel() {
  const panel = new Panel("stages", "Where time goes", "Share of a model's time by stage, with the stage's mean. Stages below 1 % are in the data.");
  const update = ({ increase, label }) => {
    const stages = stagesOf(increase?.counters);
    panel.table(["Stage", "Times", "Mean", "Share"],
      stages.map(({ model, stage, count, mean, share }) => [`${model}: ${stage}`, whole(count), duration(mean), percent(share)]));
    if (stages.length === 0) return panel.empty("No text was scored in this time.");
    const longest = stages.reduce((most, stage) => (stage.mean > most.mean ? stage : most));
    panel.figure.replaceChildren(drawBars(panel.figure, {
      bars: stages.filter(({ share }) => share >= LEAST_SHARE).map(({ model, stage, mean, share }) => ({
        name: `${model} · ${stage}`,
        value: share,
        text: duration(mean),
        tone: TONES[model] ?? "grey",
      })),
      label: `Time by stage. ${label}: the longest is ${longest.stage} of ${longest.model} with ${duration(longest.mean)} on average.`,
    }));
  };
  return { panel, update };
}
