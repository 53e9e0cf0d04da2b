// Processor and memory of the server.
import { bytes, cores, plain, span, whole } from "./format.js";
import { LineChart } from "./line_chart.js";
import { Panel } from "./panel.js";

const MIB = 2 ** 20; // round numbers of these make round ticks

/** Rows of the table: what, how much. */
export function processRows({ gauges, uptime, build }, increase) {
  return [
    ["Processor", cores(increase && increase.counters.cpuSeconds / increase.seconds)],
    ["Open connections", whole(gauges.connections)],
    ["Requests in progress", whole(gauges.inProgress)],
    ["Clients of the last five minutes", whole(gauges.clients)],
    ["Answers nobody waited for", whole(increase?.counters.cancelled)],
    ["Running for", span(uptime)],
    ["Build", [build.version, build.revision, build.compiler].filter(Boolean).join(", ")],
  ];
}

/** The same of memory and files. */
export function memoryRows({ gauges, models }) {
  return [
    ["Resident memory", bytes(gauges.memoryBytes)],
    ...models.map(({ name, memoryBytes }) => [`Weights of ${name}`, bytes(memoryBytes)]),
    ["Open files", `${whole(gauges.openFiles)} of ${whole(gauges.mostFiles)}`],
  ];
}

export function processorPanel() {
  const panel = new Panel("processor", "Processor", "Processor time that the server uses a second.");
  const chart = new LineChart(panel.figure);
  const update = ({ now, increase, steps, axisSeconds, label }) => {
    const rows = processRows(now, increase);
    panel.table(["What", "Value"], rows);
    chart.update({
      ages: steps.map(({ age }) => age),
      series: [{ name: "in use", tone: "teal", values: steps.map((step) => step.counters.cpuSeconds / step.seconds) }],
      seconds: axisSeconds,
      least: 0.1,
      axis: plain,
      format: cores,
      label: `Processor over time. ${label}: ${rows[0][1]} in use on average.`,
    });
  };
  return { panel, update };
}

export function memoryPanel() {
  const panel = new Panel("memory", "Memory", "Resident memory of the server.");
  const chart = new LineChart(panel.figure);
  const update = ({ now, steps, axisSeconds }) => {
    panel.table(["What", "Value"], memoryRows(now));
    chart.update({
      ages: steps.map(({ age }) => age),
      series: [{ name: "resident", tone: "blue", values: steps.map((step) => step.gauges.memoryBytes / MIB) }],
      seconds: axisSeconds,
      axis: (value) => bytes(value * MIB),
      format: (value) => bytes(value * MIB),
      label: `Memory over time. Now ${bytes(now.gauges.memoryBytes)} are resident.`,
    });
  };
  return { panel, update };
}
