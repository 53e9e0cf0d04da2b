// Processor and memory of the server.
import { bytes, plain, span, whole } from "./format.js";
import { LineChart } from "./line_chart.js";
import { Panel } from "./panel.js";

/** Rows of the table: what, how much. */
export function processRows({ gauges, uptime, build }, increase) {
  return [
    ["Cores in use", plain(increase && increase.counters.cpuSeconds / increase.seconds)],
    ["Resident memory", bytes(gauges.memoryBytes)],
    ["Open connections", whole(gauges.connections)],
    ["Requests in progress", whole(gauges.inProgress)],
    ["Clients of the last five minutes", whole(gauges.clients)],
    ["Open files", `${whole(gauges.openFiles)} of ${whole(gauges.mostFiles)}`],
    ["Answers nobody waited for", whole(increase?.counters.cancelled)],
    ["Running for", span(uptime)],
    ["Build", [build.version, build.revision, build.compiler].filter(Boolean).join(", ")],
  ];
}

export function processPanel() {
  const panel = new Panel("process", "Process", "Processor time used a second, in cores. Memory and the rest are in the data.");
  const chart = new LineChart(panel.figure);
  const update = ({ now, increase, steps, axisSeconds }) => {
    const rows = processRows(now, increase);
    panel.table(["What", "Value"], rows);
    chart.update({
      ages: steps.map(({ age }) => age),
      series: [{ name: "cores", tone: "teal", values: steps.map((step) => step.counters.cpuSeconds / step.seconds) }],
      seconds: axisSeconds,
      axis: plain,
      format: plain,
      label: `Processor over time. On average ${rows[0][1]} cores in use; memory ${rows[1][1]}.`,
    });
  };
  return { panel, update };
}
