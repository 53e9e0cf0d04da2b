import assert from "node:assert/strict";
import test from "node:test";

import { countOf, quantile } from "../../../web/dashboard/histogram.js";
import { random } from "./random.mjs";

const BOUNDS = [0.001, 0.002, 0.005, 0.01, 0.1, 1];

function bucketsOf(values) {
  const buckets = Object.fromEntries(BOUNDS.map((le) => [String(le), values.filter((value) => value <= le).length]));
  return { ...buckets, "+Inf": values.length };
}

test("interpolates within the bucket as Prometheus does", () => {
  const buckets = { "1.0": 10, "2.0": 30, "4.0": 40, "+Inf": 40 };
  assert.deepEqual(quantile(buckets, 0.5), { value: 1.5, beyond: false });
  assert.deepEqual(quantile(buckets, 0.25), { value: 1, beyond: false });
  assert.deepEqual(quantile(buckets, 0.1), { value: 0.4, beyond: false });
  assert.deepEqual(quantile(buckets, 1), { value: 4, beyond: false });
});

test("what lies beyond the last bound is said to be so", () => {
  assert.deepEqual(quantile({ "1.0": 1, "2.0": 1, "+Inf": 10 }, 0.5), { value: 2, beyond: true });
});

test("nothing observed, nothing said", () => {
  assert.equal(quantile({ "1.0": 0, "+Inf": 0 }, 0.5), undefined);
  assert.equal(quantile({}, 0.5), undefined);
  assert.equal(quantile(undefined, 0.5), undefined);
  assert.equal(countOf(undefined), 0);
});

test("the order of the buckets' names does not matter", () => {
  assert.deepEqual(quantile({ "+Inf": 4, "10.0": 4, "2.0": 2 }, 0.5), { value: 2, beyond: false });
});

test("a quantile lies in the bucket of the true one, and quantiles rise with q", () => {
  const next = random(11);
  for (let round = 0; round < 300; ++round) {
    const values = Array.from({ length: 1 + Math.floor(next() * 200) }, () => 10 ** (-4 + 4 * next())).sort((a, b) => a - b);
    const buckets = bucketsOf(values);
    let before = 0;
    for (const q of [0.01, 0.5, 0.95, 0.99, 1]) {
      const exact = values[Math.max(0, Math.ceil(q * values.length) - 1)];
      const upper = BOUNDS.find((le) => exact <= le);
      const lower = [0, ...BOUNDS].findLast((le) => le < exact);
      const { value } = quantile(buckets, q);
      assert.ok(value >= lower && value <= upper * (1 + 1e-12), `${q} of ${values.length}: ${value} not in ${lower}..${upper}`);
      assert.ok(value >= before);
      before = value;
    }
  }
});
