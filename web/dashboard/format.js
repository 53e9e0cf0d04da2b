// Numbers for people. Undefined and NaN are a dash.

const NONE = "–";

function known(number) {
  return number !== undefined && number !== null && !Number.isNaN(number);
}

/** Three significant digits, thousands with thin spaces: 0.0123, 1.23, 12.3, 1 234. */
export function plain(number) {
  if (!known(number)) return NONE;
  if (number === 0 || Math.abs(number) >= 100) {
    return Math.round(number).toString().replace(/\B(?=(\d{3})+$)/g, "\u202f");
  }
  return String(Number(number.toPrecision(3)));
}

/** A count: whole, every digit shown. */
export function whole(number) {
  return known(number) ? Math.round(number).toString().replace(/\B(?=(\d{3})+$)/g, "\u202f") : NONE;
}

/** Events a second. */
export function rate(number) {
  return known(number) ? `${plain(number)}/s` : NONE;
}

/** Processors in use. */
export function cores(number) {
  return known(number) ? `${number.toFixed(2)} cores` : NONE;
}

/** A duration in seconds: 15 µs, 1.23 ms, 2.3 s. */
export function duration(seconds) {
  if (!known(seconds)) return NONE;
  if (seconds === 0) return "0 s";
  if (seconds < 0.9995e-3) return `${plain(seconds * 1e6)} µs`;
  return seconds < 0.9995 ? `${plain(seconds * 1e3)} ms` : `${plain(seconds)} s`;
}

/** What quantile() returns. */
export function percentile(found) {
  return found === undefined ? NONE : (found.beyond ? "> " : "") + duration(found.value);
}

/** A share from 0 to 1. */
export function percent(share) {
  return known(share) ? `${plain(share * 100)} %` : NONE;
}

/** Memory, in powers of 1,024. */
export function bytes(number) {
  if (!known(number)) return NONE;
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, number)) / 10)));
  return `${plain(number / 1024 ** power)} ${units[power]}`;
}

/** A long time in its two largest units: 3 d 4 h, 5 min 6 s. */
export function span(seconds) {
  if (!known(seconds)) return NONE;
  const parts = [];
  let rest = Math.floor(seconds);
  for (const [unit, length] of [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]]) {
    if (rest >= length || (unit === "s" && parts.length === 0)) parts.push(`${Math.floor(rest / length)} ${unit}`);
    rest %= length;
  }
  return parts.slice(0, 2).join(" ");
}
