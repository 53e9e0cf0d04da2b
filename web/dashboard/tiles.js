// The row of figures at the top.
import { merged, sumOf } from "./counters.js";
import { html, setFigure, setText } from "./dom.js";
import { bytes, cores, percent, percentile, rate, whole } from "./format.js";
import { quantile } from "./histogram.js";
import { reasonName } from "./rankings.js";

/** What each tile says of a view: {id, name, value, text, note, tone}. Values are numbers, undefined where there are none. */
export function tilesOf({ now, increase }) {
  return [requests(increase), latency(increase), errors(increase), refusals(increase), toxic(increase), queue(now), processor(increase, now),
    memory(now)];
}

function perSecond(increase, count) {
  return increase === undefined ? undefined : count / increase.seconds;
}

function requests(increase) {
  const count = sumOf(increase?.counters.statuses);
  const value = perSecond(increase, count);
  return { id: "requests", name: "Requests", value, text: rate(value), note: `${whole(count)} in all` };
}

function latency(increase) {
  const buckets = merged(increase?.counters.latency);
  const found = quantile(buckets, 0.95);
  return { id: "latency", name: "Latency, p95", value: found?.value, text: percentile(found),
    note: `median ${percentile(quantile(buckets, 0.5))}` };
}

function errors(increase) {
  const statuses = increase?.counters.statuses;
  const failed = statuses?.["5xx"] ?? 0;
  const all = sumOf(statuses);
  const value = all > 0 ? failed / all : undefined;
  return { id: "errors", name: "Server errors", value, text: percent(value), note: `${whole(failed)} answers 5xx`,
    tone: failed > 0 ? "bad" : "good" };
}

function refusals(increase) {
  const count = increase && sumOf(increase.counters.refusals);
  const [reason] = Object.entries(increase?.counters.refusals ?? {}).sort((a, b) => b[1] - a[1])[0] ?? [];
  return { id: "refused", name: "Refused", value: count, text: whole(count),
    note: count > 0 ? `mostly ${reasonName(reason)}` : "before any work", tone: count > 0 ? "warn" : "good" };
}

function toxic(increase) {
  const levels = increase?.counters.levels;
  const all = sumOf(levels);
  const value = all > 0 ? ((levels.high ?? 0) + (levels.extreme ?? 0)) / all : undefined;
  return { id: "toxic", name: "High or extreme", value, text: percent(value), note: `of ${whole(all)} texts` };
}

function queue({ gauges }) {
  const { queueTokens, queueCapacity } = gauges;
  const share = queueTokens / queueCapacity;
  return { id: "queue", name: "Encoder backlog", value: queueTokens, text: `${whole(queueTokens)} tokens`,
    note: `of ${whole(queueCapacity)}`, tone: share > 0.5 ? "warn" : undefined };
}

function processor(increase, { gauges }) {
  const value = perSecond(increase, increase?.counters.cpuSeconds);
  return { id: "cpu", name: "Processor", value, text: cores(value), note: `${whole(gauges.connections)} connections` };
}

function memory({ gauges }) {
  return { id: "memory", name: "Memory", value: gauges.memoryBytes, text: bytes(gauges.memoryBytes),
    note: `${whole(gauges.openFiles)} of ${whole(gauges.mostFiles)} files` };
}

export class Tiles {
  #tiles = new Map();

  constructor(element) {
    this.element = element;
  }

  update(view) {
    for (const { id, name, value, text, note, tone } of tilesOf(view)) {
      const tile = this.#tile(id, name);
      tile.root.className = `tile ${tone ?? ""}`;
      setFigure(tile.figure, value, text);
      setText(tile.note, note);
    }
  }

  #tile(id, name) {
    if (!this.#tiles.has(id)) {
      const figure = html("data", { id: `tile-${id}` });
      const note = html("dd", { class: "note" });
      const root = html("div", {}, html("dt", {}, name), html("dd", {}, figure), note);
      this.element.append(root);
      this.#tiles.set(id, { root, figure, note });
    }
    return this.#tiles.get(id);
  }
}
