// Sums of samples. `samples` is what parseExposition() returns; a name that it lacks counts as no samples.

/** The samples of that name whose labels are those of `where`. */
export function select(samples, name, where = {}) {
  const wanted = Object.entries(where);
  return (samples.get(name) ?? []).filter(({ labels }) => wanted.every(([label, value]) => labels[label] === value));
}

/** Their sum; undefined if there are none. */
export function total(samples, name, where = {}) {
  const found = select(samples, name, where);
  return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0);
}

/** Their sums by the values of one label, or of several: {value: {value: sum}}. */
export function totals(samples, name, ...by) {
  const sums = {};
  for (const { labels, value } of samples.get(name) ?? []) {
    let node = sums;
    for (const label of by.slice(0, -1)) node = node[labels[label]] ??= {};
    const last = labels[by.at(-1)];
    node[last] = (node[last] ?? 0) + value;
  }
  return sums;
}
