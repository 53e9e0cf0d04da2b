// Axes.

/** The smallest of 1, 2, 5 times a power of ten that is at least `number`; 1 for what is not over 0. */
export function niceCeiling(number) {
  if (!(number > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(number));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= number * (1 - 1e-12));
  return step * power;
}

const AXES = [60, 120, 300, 600, 900, 1800];

/** The length of a time axis that shows `covered` seconds, at most `longest`. */
export function axisLength(covered, longest) {
  return Math.min(longest, AXES.find((length) => length >= covered) ?? longest);
}

/** Ticks from 0 to at least `highest` in nice steps, about `count` of them above 0. */
export function ticks(highest, count = 4) {
  const step = niceCeiling((highest > 0 ? highest : 1) / count);
  const last = Math.max(1, Math.ceil((highest > 0 ? highest : 1) / step - 1e-9));
  return Array.from({ length: last + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** The powers of ten from below the lowest of the values to above the highest; only finite values over 0 count. */
export function decades(values) {
  const powers = values.filter((value) => value > 0 && value < Infinity).map(Math.log10);
  const first = powers.length === 0 ? -4 : Math.floor(Math.min(...powers));
  const last = powers.length === 0 ? -1 : Math.max(first + 1, Math.ceil(Math.max(...powers)));
  return Array.from({ length: last - first + 1 }, (_, index) => Number(`1e${first + index}`));
}

/** Maps [from, to] onto [low, high] linearly; beyond them too. */
export function linear(from, to, low, high) {
  const slope = to === from ? 0 : (high - low) / (to - from);
  return (value) => low + (value - from) * slope;
}
