// Quantiles of cumulative buckets, {le: count}, with the upper bounds as the exposition writes them.

function ordered(buckets) {
  return Object.entries(buckets ?? {})
    .map(([le, count]) => ({ le: le === "+Inf" ? Infinity : Number(le), count }))
    .sort((a, b) => a.le - b.le);
}

/** How many observations there are. */
export function countOf(buckets) {
  return buckets?.["+Inf"] ?? 0;
}

/**
 * The value below which the share `q` (0 to 1) of the observations lies, interpolated within its bucket as Prometheus'
 * histogram_quantile does for buckets that begin at 0: {value, beyond}. With `beyond` it is only known to be over `value`, the
 * last finite bound. Undefined without observations.
 */
export function quantile(buckets, q) {
  const bounds = ordered(buckets);
  const all = bounds.at(-1)?.count ?? 0;
  if (!(all > 0)) return undefined;
  const rank = q * all;
  const index = bounds.findIndex(({ count }) => count >= rank);
  const lower = index > 0 ? bounds[index - 1] : { le: 0, count: 0 };
  const { le, count } = bounds[index];
  if (le === Infinity) return { value: lower.le, beyond: true };
  if (count === lower.count) return { value: le, beyond: false };
  return { value: lower.le + ((le - lower.le) * (rank - lower.count)) / (count - lower.count), beyond: false };
}
