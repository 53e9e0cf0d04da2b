import assert from "node:assert/strict";
import test from "node:test";

import { merged, minus, plus, sumOf } from "../../../web/dashboard/counters.js";

const A = { x: 1, y: { p: 2, q: 3 } };
const B = { x: 10, y: { q: 5, r: 7 } };

test("leaf by leaf, and what is missing counts as 0", () => {
  assert.deepEqual(plus(A, B), { x: 11, y: { p: 2, q: 8, r: 7 } });
  assert.deepEqual(minus(B, A), { x: 9, y: { p: -2, q: 2, r: 7 } });
  assert.deepEqual(minus(A, {}), A);
  assert.deepEqual(plus(undefined, A), A);
});

test("adding and taking away again changes nothing", () => {
  assert.deepEqual(minus(plus(A, B), B), { x: 1, y: { p: 2, q: 3, r: 0 } });
});

test("sums", () => {
  assert.equal(sumOf(A), 6);
  assert.equal(sumOf(undefined), 0);
  assert.deepEqual(merged({ a: { x: 1 }, b: { x: 2, z: 3 } }), { x: 3, z: 3 });
  assert.deepEqual(merged(undefined), {});
});
