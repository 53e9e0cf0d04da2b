import assert from "node:assert/strict";
import test from "node:test";

import { History, thinned } from "../../../web/dashboard/history.js";
import { random } from "./random.mjs";

/** A snapshot at `at` of a process that began at `began`, with `count` requests. */
function snapshot(at, began, count, gauge = 0) {
  return { at, started: began, uptime: at - began, counters: { statuses: { "2xx": count } }, gauges: { gauge } };
}

const count = (increase) => increase.counters.statuses["2xx"];

test("a young process is counted from its start, with one look", () => {
  const history = new History();
  history.add(snapshot(100, 40, 30));
  assert.deepEqual(history.increase(300), { seconds: 60, counters: { statuses: { "2xx": 30 } } });
  assert.deepEqual(history.increase(Infinity).seconds, 60);
});

test("an old process needs two looks, unless all its time is asked for", () => {
  const history = new History();
  assert.equal(history.increase(60), undefined);
  history.add(snapshot(1000, 0, 500));
  assert.equal(history.increase(60), undefined);
  assert.equal(count(history.increase(Infinity)), 500);
  history.add(snapshot(1002, 0, 510));
  assert.deepEqual(history.increase(60), { seconds: 2, counters: { statuses: { "2xx": 10 } } });
});

test("the window's beginning is the last look before it", () => {
  const history = new History();
  for (let at = 1000; at <= 1100; at += 2) history.add(snapshot(at, 0, at * 5));
  assert.equal(history.increase(60).seconds, 60);
  assert.equal(count(history.increase(60)), 300);
  assert.equal(history.increase(59).seconds, 60);
});

test("a new process begins at 0 and loses nothing that was seen", () => {
  const history = new History();
  history.add(snapshot(1000, 0, 500));
  history.add(snapshot(1010, 0, 520));
  history.add(snapshot(1020, 1015, 7));
  assert.equal(count(history.increase(3600)), 527);
  assert.equal(count(history.increase(10)), 7);
  assert.equal(count(history.increase(12)), 27);
  assert.deepEqual(history.increase(Infinity), { seconds: 5, counters: { statuses: { "2xx": 7 } } });
});

test("steps hold the increases and the gauges, oldest first", () => {
  const history = new History();
  history.add(snapshot(1000, 0, 10, 1));
  history.add(snapshot(1002, 0, 14, 2));
  history.add(snapshot(1004, 0, 20, 3));
  assert.deepEqual(history.steps(60, 100), [
    { age: 2, seconds: 2, counters: { statuses: { "2xx": 4 } }, gauges: { gauge: 2 } },
    { age: 0, seconds: 2, counters: { statuses: { "2xx": 6 } }, gauges: { gauge: 3 } },
  ]);
  assert.deepEqual(history.steps(1, 100), []);
  assert.deepEqual(new History().steps(60, 100), []);
});

test("steps are few, and together they are the whole", () => {
  const next = random(3);
  for (let round = 0; round < 40; ++round) {
    const history = new History();
    let sum = 0;
    const looks = 3 + Math.floor(next() * 250);
    for (let look = 0; look < looks; ++look) {
      sum += Math.floor(next() * 50);
      history.add(snapshot(5000 + look * 2, 0, sum));
    }
    const steps = history.steps(60, 20);
    assert.ok(steps.length <= 20 && steps.length >= 1);
    assert.equal(steps.at(-1).age, 0);
    const seconds = steps.reduce((all, step) => all + step.seconds, 0);
    const inSteps = steps.reduce((all, step) => all + step.counters.statuses["2xx"], 0);
    assert.equal(inSteps, count(history.increase(seconds)));
  }
});

test("five minutes are kept in full, the hour in steps of ten seconds, and no more", () => {
  const looks = Array.from({ length: 4000 }, (_, index) => ({ at: index * 2 }));
  let kept = [];
  for (const look of looks) kept = thinned([...kept, look]);
  const ages = kept.map(({ at }) => looks.at(-1).at - at);
  assert.equal(ages.filter((age) => age <= 300).length, 151);
  assert.ok(kept.length <= 151 + 340);
  assert.ok(Math.max(...ages) <= 3660 && Math.max(...ages) >= 3640);
  for (let index = 1; index < kept.length; ++index) assert.ok(kept[index].at - kept[index - 1].at <= 12);
});
