import assert from "node:assert/strict";
import test from "node:test";

import { pathOf } from "../../../web/dashboard/line_chart.js";
import { axisLength, decades, linear, niceCeiling, ticks } from "../../../web/dashboard/scale.js";
import { random } from "./random.mjs";

test("round numbers", () => {
  for (const [number, nice] of [[0, 1], [-3, 1], [1, 1], [1.1, 2], [3, 5], [7, 10], [0.012, 0.02], [1e6, 1e6]]) {
    assert.ok(Math.abs(niceCeiling(number) - nice) < 1e-12, `${number}`);
  }
});

test("ticks begin at 0, hold the highest value and are few", () => {
  assert.deepEqual(ticks(100), [0, 50, 100]);
  assert.deepEqual(ticks(0), [0, 0.5, 1]);
  const next = random(5);
  for (let round = 0; round < 1000; ++round) {
    const highest = 10 ** (-6 + 12 * next());
    const marks = ticks(highest);
    assert.equal(marks[0], 0);
    assert.ok(marks.at(-1) >= highest * (1 - 1e-9));
    assert.ok(marks.length >= 2 && marks.length <= 5, `${highest}: ${marks}`);
  }
});

test("powers of ten around the values, at least one decade", () => {
  assert.deepEqual(decades([0.00012, 0.0031]), [1e-4, 1e-3, 1e-2]);
  assert.deepEqual(decades([0.002, 0, -1]), [1e-3, 1e-2]);
  assert.deepEqual(decades([0.01]), [1e-2, 1e-1]);
  assert.deepEqual(decades([0.002, Infinity, NaN]), [1e-3, 1e-2]);
  assert.deepEqual(decades([]), [1e-4, 1e-3, 1e-2, 1e-1]);
  const next = random(9);
  for (let round = 0; round < 500; ++round) {
    const values = [10 ** (-6 + 7 * next()), 10 ** (-6 + 7 * next())];
    const marks = decades(values);
    assert.ok(marks[0] <= Math.min(...values) && marks.at(-1) >= Math.max(...values));
    assert.ok(marks[1] > Math.min(...values) || marks.length === 2);
  }
});

test("a scale maps its ends", () => {
  const scale = linear(-60, 0, 10, 110);
  assert.equal(scale(-60), 10);
  assert.equal(scale(0), 110);
  assert.equal(linear(1, 1, 5, 9)(1), 5);
});

test("a time axis is long enough, but not longer than asked for", () => {
  assert.equal(axisLength(0, 300), 60);
  assert.equal(axisLength(61, 300), 120);
  assert.equal(axisLength(500, 300), 300);
  assert.equal(axisLength(3000, 3600), 3600);
});

test("a line has a gap where nothing is known", () => {
  const same = (value) => value;
  assert.equal(pathOf([1, 2, undefined, 4, NaN, 6], same, same), "M0.0 1.0L1.0 2.0M3.0 4.0M5.0 6.0");
});
