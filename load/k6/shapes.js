// What is sent when: from the plan of load/run, or from shapes.json and the environment.
const env = __ENV;
export const plan = env.PLAN ? JSON.parse(open(env.PLAN)) : null;
const known = plan ? null : JSON.parse(open('./shapes.json'));

function chosen() {
  const name = env.SCENARIO || 'progressive';
  const words = { words: known.words, late_share: known.late_share };
  if (name === 'users') return { ...words, limits_ms: known.limits_ms, segments: [] };
  const shape = known.shapes[name];
  if (!shape) throw new Error(`no scenario is called ${name}; there are users, ${Object.keys(known.shapes).join(', ')}`);
  if (shape.of_knee && !env.KNEE) throw new Error(`${name} is made of fractions of the knee: -e KNEE=requests/s`);
  const limits_ms = (shape.overload && known.overload_limits_ms[env.MODEL || 'simple']) || known.limits_ms;
  return { ...words, ...shape, limits_ms };
}

export const shape = plan ? { ...plan, late_share: 0 } : chosen();

// As load/scenarios.py, segments(): never under 1/s or a second, the hardest part `least` seconds at least.
function segments() {
  if (plan) return plan.segments;
  const factor = Number(env.SCALE || 1) * (shape.of_knee ? Number(env.KNEE) : 1);
  const hardest = Math.max(...shape.segments.map(([rate]) => rate));
  return shape.segments.map(([rate, seconds]) => [
    Math.max(1, rate * factor),
    Math.max(rate === hardest ? shape.least : 1, seconds / Number(env.TIME_SCALE || 1)),
  ]);
}

// One executor for all parts, so that users and their connections stay from part to part. Rates jump within 0 s. They are
// whole numbers in k6: thousandths of a request/s. A second without requests follows: what is due in the last
// instant would be cut off.
function executor(parts, connections) {
  const thousandths = (rate) => Math.round(1000 * rate);
  const hardest = Math.max(...parts.map(([rate]) => rate));
  const stages = parts.flatMap(([rate, seconds]) => [
    { target: thousandths(rate), duration: '0s' },
    { target: thousandths(rate), duration: `${seconds}s` },
  ]);
  // Enough for answers within a tenth of a second; k6 makes more, one by one, when all wait, and drops meanwhile.
  const ready = Math.min(connections, Math.max(20, Math.ceil(hardest / 10)));
  return {
    executor: 'ramping-arrival-rate',
    startRate: thousandths(parts[0][0]),
    timeUnit: '1000s',
    stages: [...stages, { target: 0, duration: '0s' }, { target: 0, duration: '1s' }],
    preAllocatedVUs: Math.min(ready, 500),
    maxVUs: connections,
    gracefulStop: '6s',
    exec: 'ask',
  };
}

function scheduled() {
  const parts = segments();
  if (!parts.length) return null;
  const count = parts.reduce((sum, [rate, seconds]) => sum + rate * seconds, 0);
  return { count, executor: executor(parts, plan ? plan.connections : 2000) };
}

export const arrivals = scheduled();
