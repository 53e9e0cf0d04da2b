// One look at /metrics.
import { parseExposition } from "./exposition.js";
import { FAMILIES } from "./snapshot.js";

const PATIENCE_MS = 8000;
const PATH = `metrics?${FAMILIES.map((name) => `name[]=${name}`).join("&")}`;

function seconds(header, otherwise) {
  const number = Number(header);
  return header && number >= 0 ? number : otherwise;
}

function refusal(answer, key) {
  if (answer.status === 401) return { kind: key ? "wrong-key" : "no-key" };
  if (answer.status === 403) return { kind: "forbidden" };
  const kind = answer.status === 429 || answer.status === 503 ? "busy" : "failed";
  return { kind, status: answer.status, wait: seconds(answer.headers.get("Retry-After"), 0) };
}

async function read(answer) {
  const date = Date.parse(answer.headers.get("Date") ?? "") || Date.now();
  const text = await answer.text();
  try {
    return { kind: "ok", samples: parseExposition(text), serverTime: date / 1000 };
  } catch (error) {
    return { kind: "unreadable", cause: error.message };
  }
}

/**
 * Asks for the metrics, with `key` as bearer token unless it is empty. Never throws: {kind: "ok", samples, serverTime}, or one of
 * no-key, wrong-key, forbidden, busy and failed ({status, wait}), unreadable ({cause}), unreachable.
 */
export async function scrape(key, ask = fetch) {
  const headers = { Accept: "text/plain" };
  if (key) headers.Authorization = `Bearer ${key}`;
  if (!/^[\x21-\x7e]*$/.test(key)) return { kind: "wrong-key" };
  try {
    const answer = await ask(PATH, { headers, cache: "no-store", credentials: "omit", redirect: "error", signal: AbortSignal.timeout(PATIENCE_MS) });
    return answer.ok ? await read(answer) : refusal(answer, key);
  } catch {
    return { kind: "unreachable" };
  }
}
