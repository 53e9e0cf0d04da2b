import assert from "node:assert/strict";
import test from "node:test";

import { sentenceOf } from "../../../web/dashboard/announcer.js";
import { encoderRows } from "../../../web/dashboard/encoder.js";
import { latencyRows } from "../../../web/dashboard/latency.js";
import { driftText, modelRows } from "../../../web/dashboard/models.js";
import { memoryRows } from "../../../web/dashboard/process.js";
import { languageName, ranked, reasonName } from "../../../web/dashboard/rankings.js";
import { binName, binsOf, expectedShares } from "../../../web/dashboard/scores.js";
import { snapshotOf } from "../../../web/dashboard/snapshot.js";
import { stagesOf } from "../../../web/dashboard/stages.js";
import { nextTheme } from "../../../web/dashboard/theme.js";
import { tilesOf } from "../../../web/dashboard/tiles.js";
import { statusesOf, trafficRows } from "../../../web/dashboard/traffic.js";

test("traffic: redirects are named where there are any", () => {
  assert.deepEqual(statusesOf({ "2xx": 1, "3xx": 0 }), ["2xx", "4xx", "5xx"]);
  assert.deepEqual(statusesOf({ "3xx": 2 }), ["2xx", "3xx", "4xx", "5xx"]);
  assert.deepEqual(trafficRows({ seconds: 10, counters: { statuses: { "2xx": 50 } } })[0], ["answered (2xx)", "50", "5/s"]);
  assert.deepEqual(trafficRows(undefined)[0], ["answered (2xx)", "0", "–"]);
});

test("latency: all models together, then those that answered", () => {
  const simple = { "1.0": 4, "+Inf": 4 };
  assert.deepEqual(latencyRows({ simple, bert: { "1.0": 0, "+Inf": 0 } }), [
    ["all models", "4", "500 ms", "950 ms", "990 ms"],
    ["simple", "4", "500 ms", "950 ms", "990 ms"],
  ]);
  assert.deepEqual(latencyRows(undefined), [["all models", "0", "–", "–", "–"]]);
});

test("scores: bins in order, shares of all texts, the references weighted by the texts of each model", () => {
  const scores = { simple: { "0.0": 3, "10.0": 0, "100.0": 1 }, bert: { "0.0": 4, "10.0": 0, "100.0": 0 } };
  const reference = { simple: { "0.0": 0.6, "10.0": 0.4, "100.0": 0 }, bert: { "0.0": 0.8, "10.0": 0.2, "100.0": 0 } };
  const bins = binsOf(scores, reference);
  assert.deepEqual(bins.map(({ name }) => name), ["0", "1–10", "91–100"]);
  assert.deepEqual(bins.map(({ count }) => count), [7, 0, 1]);
  assert.equal(bins[0].share, 7 / 8);
  assert.ok(Math.abs(bins[0].expected - 0.7) < 1e-12);
  assert.equal(expectedShares({ simple: { "0.0": 0 } }, reference), undefined);
  assert.equal(expectedShares({ other: { "0.0": 1 } }, reference), undefined, "no reference, no expectation");
  assert.equal(binName("70.0"), "61–70");
});

test("stages: those that took place, in the order of the work", () => {
  const stages = stagesOf({
    stageSeconds: { bert: { infer: 3, parse: 1, queue: 0 } },
    stageCounts: { bert: { infer: 2, parse: 2, queue: 0 } },
  });
  assert.deepEqual(stages, [
    { model: "bert", stage: "parse", count: 2, mean: 0.5, share: 0.25 },
    { model: "bert", stage: "infer", count: 2, mean: 1.5, share: 0.75 },
  ]);
  assert.deepEqual(stagesOf(undefined), []);
});

test("rankings: largest first, equal ones by name, none of 0", () => {
  assert.deepEqual(ranked({ b: 2, a: 2, c: 5, d: 0 }).map(({ name }) => name), ["c", "a", "b"]);
  assert.deepEqual(ranked(undefined), []);
  assert.equal(languageName("fr"), "French");
  assert.equal(languageName("und"), "not detected");
  assert.equal(reasonName("unauthorized"), "no valid key");
  assert.equal(reasonName("some_new_cause"), "some new cause");
});

test("drift in words", () => {
  assert.deepEqual([NaN, undefined, 0.05, 0.1, 0.25, 0.3].map(driftText),
    ["too few texts", "too few texts", "none (0.05)", "some (0.1)", "some (0.25)", "major (0.3)"]);
});

test("a server without an encoder and without a scrape before says so by dashes", () => {
  const now = snapshotOf(new Map([["process_start_time_seconds", [{ labels: {}, value: 100 }]]]), 5, 160);
  assert.equal(now.uptime, 60);
  assert.deepEqual(encoderRows(now, undefined)[0], ["Tokens that wait", "–"]);
  assert.deepEqual(memoryRows(now)[0], ["Resident memory", "–"]);
  assert.deepEqual(modelRows(now.models), []);
  for (const tile of tilesOf({ now, increase: undefined })) assert.ok(!/undefined|NaN/.test(tile.text + tile.note), tile.id);
  assert.equal(sentenceOf({ now, increase: undefined, label: "Last minute" }), "");
});

test("tiles and the spoken sentence say the same", () => {
  const increase = { seconds: 10, counters: { statuses: { "2xx": 90, "5xx": 10 }, refusals: { too_large: 2 }, latency: {}, levels: { low: 3, high: 1 }, cpuSeconds: 5 } };
  const now = { gauges: { queueTokens: 60, queueCapacity: 100 } };
  const tiles = Object.fromEntries(tilesOf({ now, increase }).map((tile) => [tile.id, tile]));
  assert.equal(tiles.requests.value, 10);
  assert.equal(tiles.errors.value, 0.1);
  assert.equal(tiles.errors.tone, "bad");
  assert.equal(tiles.refused.note, "mostly too large");
  assert.equal(tiles.toxic.value, 0.25);
  assert.equal(tiles.queue.tone, "warn");
  assert.equal(tiles.cpu.value, 0.5);
  assert.equal(sentenceOf({ increase, label: "Last minute" }), "Last minute: 10 requests a second, 10 server errors, 2 refused.");
});

test("the theme's button goes round", () => {
  assert.deepEqual(["automatic", "light", "dark", "nonsense"].map(nextTheme), ["light", "dark", "automatic", "automatic"]);
});
