// Percentiles of the time that requests took.
import { merged } from "./counters.js";
import { duration, percentile, whole } from "./format.js";
import { countOf, quantile } from "./histogram.js";
import { LineChart } from "./line_chart.js";
import { Panel } from "./panel.js";

const PERCENTILES = [
  { name: "p50", q: 0.5, tone: "blue" },
  { name: "p95", q: 0.95, tone: "violet" },
  { name: "p99", q: 0.99, tone: "red" },
];

/** Rows of the table: all requests, then those of each model that answered any. */
export function latencyRows(latency) {
  const answered = Object.entries(latency ?? {}).filter(([, buckets]) => countOf(buckets) > 0);
  return [["all models", merged(latency)], ...answered].map(([name, buckets]) => [
    name,
    whole(countOf(buckets)),
    ...PERCENTILES.map(({ q }) => percentile(quantile(buckets, q))),
  ]);
}

export function latencyPanel() {
  const panel = new Panel("latency", "Latency", "From the request line to the answer, of requests that a model took part in. Each line is ten times the one below.");
  const chart = new LineChart(panel.figure);
  const update = ({ increase, steps, axisSeconds, label }) => {
    const rows = latencyRows(increase?.counters.latency);
    panel.table(["Model", "Requests", "p50", "p95", "p99"], rows);
    const buckets = steps.map(({ counters }) => merged(counters.latency));
    chart.update({
      ages: steps.map(({ age }) => age),
      series: PERCENTILES.map(({ name, q, tone }) => ({
        name,
        tone,
        values: buckets.map((found) => quantile(found, q)?.value),
      })),
      seconds: axisSeconds,
      logarithmic: true,
      axis: duration,
      format: duration,
      label: `Latency over time. ${label}: half of the requests within ${rows[0][2]}, 95 percent within ${rows[0][3]}, 99 percent within ${rows[0][4]}.`,
    });
  };
  return { panel, update };
}
