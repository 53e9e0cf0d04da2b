// The figures in a sentence for screen readers, now and then.
import { merged, sumOf } from "./counters.js";
import { percentile, plain, whole } from "./format.js";
import { quantile } from "./histogram.js";

const EVERY_SECONDS = 60;

/** The view in one sentence; empty if nothing can be said yet. */
export function sentenceOf({ increase, label }) {
  if (increase === undefined) return "";
  const { statuses, refusals, latency } = increase.counters;
  const within = quantile(merged(latency), 0.95);
  return [
    `${label}: ${plain(sumOf(statuses) / increase.seconds)} requests a second`,
    within && `95 percent answered within ${percentile(within)}`,
    `${whole(statuses["5xx"] ?? 0)} server errors`,
    `${whole(sumOf(refusals))} refused`,
  ].filter(Boolean).join(", ") + ".";
}

export class Announcer {
  #last = -Infinity;

  constructor(element) {
    this.element = element;
  }

  /** Speaks at most once a minute; `at`: seconds. */
  update(view, at) {
    const sentence = sentenceOf(view);
    if (sentence === "" || at - this.#last < EVERY_SECONDS) return;
    this.#last = at;
    this.element.textContent = sentence;
  }

  /** The next update speaks at once: the reader has asked for something else. */
  reset() {
    this.#last = -Infinity;
  }
}
