// The Prometheus text format 0.0.4.

const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})?[ \t]+(\S+)(?:[ \t]+-?\d+)?[ \t]*$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"[ \t]*,?[ \t]*/gy;
const SPECIAL = { "+Inf": Infinity, Inf: Infinity, "-Inf": -Infinity, NaN: NaN };

/** A number as the format writes it, `+Inf` and `NaN` included; undefined if it is none. */
export function parseNumber(text) {
  if (text in SPECIAL) return SPECIAL[text];
  const number = Number(text);
  return text === "" || Number.isNaN(number) ? undefined : number;
}

function unescaped(text) {
  return text.replace(/\\(.)/g, (_, letter) => (letter === "n" ? "\n" : letter));
}

function parseLabels(text) {
  const labels = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const match = LABEL.exec(text);
    if (match === null) return undefined;
    labels[match[1]] = unescaped(match[2]);
  }
  return labels;
}

/**
 * The samples of a scrape: a Map from sample name (`x_bucket`, not `x`) to a list of {labels, value}.
 * Throws an Error that names the line if the text is not of that format.
 */
export function parseExposition(text) {
  const samples = new Map();
  text.split("\n").forEach((line, index) => {
    if (line === "" || line.startsWith("#")) return;
    const match = SAMPLE.exec(line);
    const labels = match && parseLabels(match[2] ?? "");
    const value = match && parseNumber(match[3]);
    if (!labels || value === undefined) throw new Error(`line ${index + 1} of the metrics cannot be read`);
    if (!samples.has(match[1])) samples.set(match[1], []);
    samples.get(match[1]).push({ labels, value });
  });
  return samples;
}
