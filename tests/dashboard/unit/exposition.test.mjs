import assert from "node:assert/strict";
import test from "node:test";

import { parseExposition, parseNumber } from "../../../web/dashboard/exposition.js";
import { select, total, totals } from "../../../web/dashboard/selection.js";
import { random } from "./random.mjs";

test("samples with and without labels, comments and empty lines left out", () => {
  const samples = parseExposition('# HELP a What.\n# TYPE a counter\na 1.0\n\na_total{x="1",y="2"} 2.5e3\na_total{x="2"} 3\n');
  assert.deepEqual([...samples.keys()], ["a", "a_total"]);
  assert.deepEqual(samples.get("a"), [{ labels: {}, value: 1 }]);
  assert.deepEqual(samples.get("a_total"), [
    { labels: { x: "1", y: "2" }, value: 2500 },
    { labels: { x: "2" }, value: 3 },
  ]);
});

test("numbers as the format writes them", () => {
  assert.equal(parseNumber("+Inf"), Infinity);
  assert.equal(parseNumber("-Inf"), -Infinity);
  assert.ok(Number.isNaN(parseNumber("NaN")));
  assert.equal(parseNumber("1.76e+09"), 1.76e9);
  assert.equal(parseNumber("five"), undefined);
  assert.equal(parseNumber(""), undefined);
});

test("label values may hold everything", () => {
  const [{ labels }] = parseExposition('m{a="quote \\" brace } comma , slash \\\\ line \\n end",b="é"} 1').get("m");
  assert.deepEqual(labels, { a: 'quote " brace } comma , slash \\ line \n end', b: "é" });
});

test("a timestamp is passed over", () => {
  assert.equal(parseExposition("m 4 1395066363000").get("m")[0].value, 4);
});

test("what is not the format is refused with its line", () => {
  for (const bad of ["a 1\n<html>", 'a 1\nm{a="open} 1', "a 1\nm five", "a 1\nm{a=1} 2", "a 1\nm"]) {
    assert.throws(() => parseExposition(bad), /^Error: line 2 of the metrics cannot be read$/, bad);
  }
});

test("whatever is written comes back", () => {
  const next = random(7);
  const letters = ['"', "\\", "\n", "}", ",", "=", "a", " ", "é"];
  for (let round = 0; round < 500; ++round) {
    const value = Array.from({ length: Math.floor(next() * 8) }, () => letters[Math.floor(next() * letters.length)]).join("");
    const written = value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
    const number = (next() - 0.5) * 10 ** Math.floor(next() * 12);
    const samples = parseExposition(`m{first="x",value="${written}"} ${number}\n`);
    assert.deepEqual(samples.get("m"), [{ labels: { first: "x", value }, value: number }]);
  }
});

test("sums by labels", () => {
  const samples = parseExposition('r{m="a",s="1"} 1\nr{m="a",s="2"} 2\nr{m="b",s="1"} 4\n');
  assert.equal(total(samples, "r"), 7);
  assert.equal(total(samples, "r", { m: "a" }), 3);
  assert.equal(total(samples, "r", { m: "c" }), undefined);
  assert.equal(total(samples, "absent"), undefined);
  assert.deepEqual(totals(samples, "r", "m"), { a: 3, b: 4 });
  assert.deepEqual(totals(samples, "r", "m", "s"), { a: { 1: 1, 2: 2 }, b: { 1: 4 } });
  assert.deepEqual(totals(samples, "absent", "m"), {});
  assert.equal(select(samples, "r", { m: "a", s: "2" })[0].value, 2);
});
