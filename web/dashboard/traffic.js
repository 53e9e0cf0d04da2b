// Requests a second by status.
import { sumOf } from "./counters.js";
import { plain, rate, whole } from "./format.js";
import { LineChart } from "./line_chart.js";
import { Panel } from "./panel.js";

const TONES = { "2xx": "green", "3xx": "grey", "4xx": "amber", "5xx": "red" };
const NAMES = { "2xx": "answered (2xx)", "3xx": "redirected (3xx)", "4xx": "client errors (4xx)", "5xx": "server errors (5xx)" };

/** The classes to draw: always those that matter, redirects where there are any. */
export function statusesOf(statuses) {
  return ["2xx", "3xx", "4xx", "5xx"].filter((status) => status !== "3xx" || statuses?.[status] > 0);
}

/** Rows of the table: class, count, a second. */
export function trafficRows(increase) {
  return statusesOf(increase?.counters.statuses).map((status) => {
    const count = increase?.counters.statuses[status] ?? 0;
    return [NAMES[status], whole(count), rate(increase && count / increase.seconds)];
  });
}

export function trafficPanel() {
  const panel = new Panel("traffic", "Requests", "Answers a second by class of status; looking at this page is not counted.");
  const chart = new LineChart(panel.figure);
  const update = ({ increase, steps, axisSeconds, label }) => {
    const count = sumOf(increase?.counters.statuses);
    panel.table(["Status", "Requests", "A second"], trafficRows(increase));
    chart.update({
      ages: steps.map(({ age }) => age),
      series: statusesOf(increase?.counters.statuses).map((status) => ({
        name: NAMES[status],
        tone: TONES[status],
        values: steps.map((step) => (step.counters.statuses[status] ?? 0) / step.seconds),
      })),
      seconds: axisSeconds,
      least: 1,
      axis: plain,
      format: rate,
      label: `Requests a second by status. ${label}: ${whole(count)} requests, ${whole(increase?.counters.statuses["5xx"] ?? 0)} server errors.`,
    });
  };
  return { panel, update };
}
