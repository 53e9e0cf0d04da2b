// The encoder's queue and workers.
import { setText } from "./dom.js";
import { duration, plain, whole } from "./format.js";
import { LineChart } from "./line_chart.js";
import { Panel } from "./panel.js";

const NOTE = "Tokens that wait for a worker.";

/** Rows of the table: what, how much. */
export function encoderRows({ gauges }, increase) {
  const { batches = 0, sequences = 0, outcomes } = increase?.counters ?? {};
  return [
    ["Tokens that wait", whole(gauges.queueTokens)],
    ["Tokens that may wait", whole(gauges.queueCapacity)],
    ["Oldest has waited", duration(gauges.oldestSeconds)],
    ["Workers that compute", `${whole(gauges.workersBusy)} of ${whole(gauges.workers)}`],
    ["Texts it had no room or time for", whole(outcomes?.bert?.model_error ?? 0)],
    ["Batches", whole(batches)],
    ["Sequences in a batch", plain(batches > 0 ? sequences / batches : undefined)],
  ];
}

function noteOf({ workers, workersBusy, oldestSeconds, queueCapacity }, turnedAway) {
  if (!(workers > 0)) return NOTE;
  return `${NOTE} ${whole(workersBusy)} of ${whole(workers)} workers compute; the oldest text waits for ${duration(oldestSeconds)}. ${turnedAway > 0 ? `It had no room or time for ${whole(turnedAway)} texts (503).` : `At ${whole(queueCapacity)} tokens requests are answered 503.`}`;
}

export function encoderPanel() {
  const panel = new Panel("encoder", "Encoder", NOTE);
  const chart = new LineChart(panel.figure);
  const update = ({ now, increase, steps, axisSeconds }) => {
    const { gauges } = now;
    panel.table(["What", "Now"], encoderRows(now, increase));
    setText(panel.note, noteOf(gauges, increase?.counters.outcomes.bert?.model_error));
    if (!(gauges.workers > 0)) return panel.empty("No encoder is loaded; “simple” answers without a queue.");
    chart.update({
      ages: steps.map(({ age }) => age),
      series: [{ name: "tokens that wait", tone: "violet", values: steps.map((step) => step.gauges.queueTokens) }],
      seconds: axisSeconds,
      least: 10,
      axis: plain,
      format: whole,
      label: `Encoder's queue over time. Now ${whole(gauges.queueTokens)} of ${whole(gauges.queueCapacity)} tokens wait, the oldest for ${duration(gauges.oldestSeconds)}; ${whole(gauges.workersBusy)} of ${whole(gauges.workers)} workers compute.`,
    });
  };
  return { panel, update };
}
