import assert from "node:assert/strict";
import test from "node:test";

import { bytes, cores, duration, percent, percentile, plain, rate, span, whole } from "../../../web/dashboard/format.js";

test("numbers", () => {
  const cases = [[0, "0"], [0.01234, "0.0123"], [1, "1"], [1.234, "1.23"], [12.34, "12.3"], [123.4, "123"], [1234.5, "1\u202f235"],
    [1234567, "1\u202f234\u202f567"], [99.96, "100"]];
  for (const [number, text] of cases) assert.equal(plain(number), text);
  assert.equal(whole(999), "999");
  assert.equal(whole(12345.6), "12\u202f346");
  assert.equal(rate(2), "2/s");
  assert.equal(percent(0.0464), "4.64 %");
  assert.equal(cores(0.0719), "0.07 cores");
});

test("what is not known is a dash", () => {
  for (const format of [plain, whole, rate, percent, duration, bytes, span, cores, percentile]) assert.equal(format(undefined), "–");
  assert.equal(plain(NaN), "–");
});

test("durations", () => {
  const cases = [[0, "0 s"], [1.5e-5, "15 µs"], [9.999e-4, "1 ms"], [0.0123, "12.3 ms"], [0.9999, "1 s"], [2.345, "2.35 s"]];
  for (const [seconds, text] of cases) assert.equal(duration(seconds), text);
  assert.equal(percentile({ value: 21.84, beyond: true }), "> 21.8 s");
  assert.equal(percentile({ value: 0.002, beyond: false }), "2 ms");
});

test("memory and long times", () => {
  const sizes = [[0, "0 B"], [1023, "1\u202f023 B"], [1024, "1 KiB"], [53.2 * 2 ** 20, "53.2 MiB"], [3 * 2 ** 30, "3 GiB"]];
  for (const [number, text] of sizes) assert.equal(bytes(number), text);
  const times = [[0, "0 s"], [59.9, "59 s"], [150, "2 min 30 s"], [3600, "1 h"], [90061, "1 d 1 h"]];
  for (const [seconds, text] of times) assert.equal(span(seconds), text);
});
