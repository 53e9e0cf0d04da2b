// Looks again and again, until it is paused or needs another key.

const EVERY_SECONDS = 2;
const FIRST_SECONDS = 0.5;
const NEEDS_KEY = ["no-key", "wrong-key", "forbidden"];

/** Seconds to the next look after a result; undefined: a look without another key would be in vain. */
export function delayAfter(result, looks) {
  if (NEEDS_KEY.includes(result.kind)) return undefined;
  if (result.kind === "ok" && looks === 1) return FIRST_SECONDS;
  return Math.max(EVERY_SECONDS, result.wait ?? 0);
}

export class Poller {
  #timer;
  #looks = 0;
  #turn = 0; // which of the calls of look() is in force
  key = ""; // nowhere else: gone with the page
  paused = false;

  /** `scrape(key)` gives a promise of a result; `tell(result)` is called with each, but not while paused. */
  constructor(scrape, tell) {
    this.scrape = scrape;
    this.tell = tell;
  }

  /** Looks now, and goes on from there. */
  async look() {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    const result = await this.scrape(this.key);
    if (turn !== this.#turn || this.paused) return;
    this.#looks += result.kind === "ok" ? 1 : 0;
    this.tell(result);
    const delay = delayAfter(result, this.#looks);
    if (delay !== undefined) this.#timer = setTimeout(() => this.look(), delay * 1000);
  }

  pause() {
    this.paused = true;
    clearTimeout(this.#timer);
  }

  resume() {
    this.paused = false;
    return this.look();
  }
}
