import assert from "node:assert/strict";
import test from "node:test";

import { delayAfter, Poller } from "../../../web/dashboard/poller.js";
import { scrape } from "../../../web/dashboard/scraper.js";
import { stateOf } from "../../../web/dashboard/state.js";

const answering = (body, options) => async () => new Response(body, options);

test("an answer is parsed, with the server's time", async () => {
  const result = await scrape("", answering("m 1\n", { headers: { Date: "Mon, 23 Nov 2026 13:00:00 GMT" } }));
  assert.equal(result.kind, "ok");
  assert.equal(result.serverTime, Date.UTC(2026, 10, 23, 13) / 1000);
  assert.equal(result.samples.get("m")[0].value, 1);
});

test("a key goes into the header and nowhere else; without one there is no header", async () => {
  const asked = [];
  const ask = async (url, options) => {
    asked.push([url, options.headers.Authorization, options.credentials]);
    return new Response("");
  };
  await scrape("secret-key", ask);
  await scrape("", ask);
  assert.equal(asked[0][1], "Bearer secret-key");
  assert.equal(asked[1][1], undefined);
  assert.ok(asked.every(([url, , credentials]) => !url.includes("secret") && url.startsWith("metrics?name[]=") && credentials === "omit"));
});

test("refusals", async () => {
  assert.deepEqual(await scrape("", answering("", { status: 401 })), { kind: "no-key" });
  assert.deepEqual(await scrape("k", answering("", { status: 401 })), { kind: "wrong-key" });
  assert.deepEqual(await scrape("k", answering("", { status: 403 })), { kind: "forbidden" });
  assert.deepEqual(await scrape("k", answering("", { status: 429, headers: { "Retry-After": "30" } })), { kind: "busy", status: 429, wait: 30 });
  assert.deepEqual(await scrape("", answering("", { status: 404 })), { kind: "failed", status: 404, wait: 0 });
  assert.deepEqual(await scrape("", answering("<html>")), { kind: "unreadable", cause: "line 1 of the metrics cannot be read" });
  assert.deepEqual(await scrape("", async () => { throw new TypeError("fetch failed"); }), { kind: "unreachable" });
  assert.deepEqual(await scrape("ключ", () => assert.fail("asked with a key that no header can hold")), { kind: "wrong-key" });
});

test("each result has a name, and whoever must act is told how", () => {
  const results = [{ kind: "no-key" }, { kind: "wrong-key" }, { kind: "forbidden" }, { kind: "busy", status: 503, wait: 1 },
    { kind: "failed", status: 404 }, { kind: "unreadable", cause: "line 1" }, { kind: "unreachable" }];
  for (const result of results) {
    const { pill, tone, notice, asksKey } = stateOf(result);
    assert.ok(pill && notice.endsWith(".") || notice.endsWith("?"), result.kind);
    assert.notEqual(tone, "good");
    assert.equal(asksKey, ["no-key", "wrong-key", "forbidden"].includes(result.kind));
  }
  assert.deepEqual(stateOf({ kind: "ok" }), { pill: "Live", tone: "good", notice: "", asksKey: false });
});

test("the next look comes soon after the first, then every two seconds, later if the server asks for it", () => {
  assert.equal(delayAfter({ kind: "ok" }, 1), 0.5);
  assert.equal(delayAfter({ kind: "ok" }, 2), 2);
  assert.equal(delayAfter({ kind: "unreachable" }, 0), 2);
  assert.equal(delayAfter({ kind: "busy", wait: 30 }, 5), 30);
  for (const kind of ["no-key", "wrong-key", "forbidden"]) assert.equal(delayAfter({ kind }, 3), undefined);
});

test("an answer that comes after a pause or a newer look is not told", async () => {
  const told = [];
  const answers = [];
  const poller = new Poller((key) => new Promise((resolve) => answers.push([key, resolve])), (result) => told.push(result.kind));
  poller.look();
  poller.key = "new";
  const second = poller.look();
  answers[0][1]({ kind: "no-key" });
  answers[1][1]({ kind: "forbidden" });
  await second;
  assert.deepEqual(told, ["forbidden"]);
  assert.deepEqual(answers.map(([key]) => key), ["", "new"]);
  const third = poller.look();
  poller.pause();
  answers[2][1]({ kind: "ok" });
  await third;
  assert.deepEqual(told, ["forbidden"]);
  const fourth = poller.resume();
  answers[3][1]({ kind: "no-key" });
  await fourth;
  assert.deepEqual(told, ["forbidden", "no-key"]);
});
