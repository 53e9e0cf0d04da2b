// The snapshots of the last hour, and what happened between any two of them.
import { minus, plus } from "./counters.js";

const FINE_SECONDS = 300;
const COARSE_STEP = 10;
const KEPT_SECONDS = 3660;

/** Every snapshot of the last five minutes, one in ten seconds of what is older, nothing beyond an hour. */
export function thinned(snapshots) {
  const newest = snapshots.at(-1)?.at ?? 0;
  let last = -Infinity;
  return snapshots.filter(({ at }) => {
    const age = newest - at;
    if (age > KEPT_SECONDS || (age > FINE_SECONDS && at - last < COARSE_STEP)) return false;
    last = at;
    return true;
  });
}

export class History {
  #snapshots = [];
  #before = {}; // counters of processes that ended while the page was open

  #origin; // when the process of the first snapshot began, with nothing counted

  get newest() {
    return this.#snapshots.at(-1);
  }

  /** Seconds between the oldest snapshot and the newest. */
  get covered() {
    return this.#snapshots.length === 0 ? 0 : this.newest.at - this.#snapshots[0].at;
  }

  /** A process that started anew begins at 0: from here on its counters go on where the last one's ended. */
  add(snapshot) {
    const last = this.newest;
    this.#origin ??= { at: snapshot.at - snapshot.uptime, counters: {} };
    if (last !== undefined && last.started !== snapshot.started) this.#before = last.counters;
    const counters = plus(snapshot.counters, this.#before);
    this.#snapshots = thinned([...this.#snapshots, { ...snapshot, counters }]);
  }

  /**
   * What was counted in the last `seconds` (Infinity: since the process started): {seconds, counters}. If the process or the page
   * is younger, `seconds` is less. Undefined when nothing can be said yet: one scrape of an older process.
   */
  increase(seconds) {
    const { newest } = this;
    if (newest === undefined) return undefined;
    const base = this.#base(seconds);
    if (base.at >= newest.at) return undefined;
    return { seconds: newest.at - base.at, counters: minus(newest.counters, base.counters) };
  }

  #base(seconds) {
    const { newest } = this;
    if (seconds === Infinity) return { at: newest.at - newest.uptime, counters: this.#before };
    if (newest.at - this.#origin.at <= seconds) return this.#origin;
    const since = newest.at - seconds;
    return this.#snapshots.findLast(({ at }) => at <= since) ?? this.#snapshots[0];
  }

  /**
   * At most `most` steps of about equal length, oldest first: {age, seconds, counters, gauges}, with what was counted in the step,
   * the gauges at its end and how many seconds ago that was.
   */
  steps(seconds, most) {
    const { newest } = this;
    if (newest === undefined) return [];
    const within = this.#snapshots.filter(({ at }) => newest.at - at <= seconds);
    const stride = Math.max(1, Math.ceil((within.length - 1) / most));
    const chosen = within.filter((_, index) => (within.length - 1 - index) % stride === 0);
    return chosen.slice(1).map((later, index) => ({
      age: newest.at - later.at,
      seconds: later.at - chosen[index].at,
      counters: minus(later.counters, chosen[index].counters),
      gauges: later.gauges,
    }));
  }
}
