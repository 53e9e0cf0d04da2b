// Arithmetic on counters: nested objects with numbers as leaves. What one side lacks counts as 0.

function combine(left, right, operation) {
  if (typeof left === "number" || typeof right === "number") return operation(left ?? 0, right ?? 0);
  const combined = {};
  for (const name of new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})])) {
    combined[name] = combine(left?.[name], right?.[name], operation);
  }
  return combined;
}

/** Leaf by leaf left + right. */
export function plus(left, right) {
  return combine(left, right, (a, b) => a + b);
}

/** Leaf by leaf left − right. */
export function minus(left, right) {
  return combine(left, right, (a, b) => a - b);
}

/** The sum of all leaves below. */
export function sumOf(node) {
  if (typeof node === "number") return node;
  return Object.values(node ?? {}).reduce((sum, child) => sum + sumOf(child), 0);
}

/** The leaf-by-leaf sum of an object's children: {a: {x: 1}, b: {x: 2}} gives {x: 3}. */
export function merged(node) {
  return Object.values(node ?? {}).reduce(plus, {});
}
