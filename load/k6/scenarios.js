// The load shapes as an open model in k6: requests leave when they are due, whatever became of those before.
//
//   k6 run -e SCENARIO=spike load/k6/scenarios.js
//   k6 run -e SCENARIO=overload -e KNEE=2000 -e MODEL=bert -e TIME_SCALE=4 -e BASE=http://localhost:8000 load/k6/scenarios.js
//
// BASE        of the server (http://localhost:8000)         KEY         sent as Authorization: Bearer, if it is set
// SCENARIO    one of shapes.json (progressive)              KNEE        requests/s, for shapes that are fractions of it
// MODEL       simple or bert (simple)                       SCALE       all rates are multiplied by it (1)
// TIME_SCALE  durations are divided by it (1)
//
// `load/run SCENARIO --generator k6` runs this script with a plan of its own (PLAN), joins what came with the server's
// view and writes the report. Scenario 14 is `load/run rolling`; 15, the original's users, is `SCENARIO=users` here (a
// closed model: 50 users who wait one to three seconds) and load/locustfile.py.
import { check, sleep } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter, Trend } from 'k6/metrics';
import { SharedArray } from 'k6/data';

const env = __ENV;
const plan = env.PLAN ? JSON.parse(open(env.PLAN)) : null;
const shapes = plan ? null : JSON.parse(open('./shapes.json'));
const documents = new SharedArray('documents', () => (plan ? JSON.parse(open(plan.documents)) : made()));
const url = plan ? plan.url : `${env.BASE || 'http://localhost:8000'}/analyze`;

// From the intended start: an iteration of an arrival-rate executor begins when it is due, or is dropped.
const asked = new Trend('asked', true);
const refused = new Counter('refused'); // 429 or 503 with Retry-After
const failed = new Counter('failed');

// Other texts each time, so that no cache answers for the model.
function made() {
  const words = shapes.words;
  return Array.from({ length: 2000 }, () => {
    const count = 8 + Math.floor(Math.random() * 17);
    const text = Array.from({ length: count }, () => words[Math.floor(Math.random() * words.length)]).join(' ');
    return JSON.stringify({ text, model: env.MODEL || 'simple' });
  });
}

function segments() {
  if (plan) return plan.segments;
  const name = env.SCENARIO || 'progressive';
  const shape = shapes.shapes[name];
  if (!shape) throw new Error(`no scenario is called ${name}; there are users, ${Object.keys(shapes.shapes).join(', ')}`);
  if (shape.of_knee && !env.KNEE) throw new Error(`${name} is made of fractions of the knee: -e KNEE=requests/s`);
  const factor = Number(env.SCALE || 1) * (shape.of_knee ? Number(env.KNEE) : 1);
  // k6 has no part shorter than a second.
  return shape.segments.map(([rate, seconds]) => [rate * factor, Math.max(1, seconds / Number(env.TIME_SCALE || 1))]);
}

function scenarios() {
  if (env.SCENARIO === 'users') {
    const duration = `${Math.round(60 / Number(env.TIME_SCALE || 1))}s`;
    return { users: { executor: 'constant-vus', vus: 50, duration, exec: 'user' } };
  }
  const out = {};
  let begin = 0;
  segments().forEach(([rate, seconds], number) => {
    // Rates are whole numbers in k6: tenths of a request/s are enough.
    out[`part${number}`] = {
      executor: 'constant-arrival-rate',
      rate: Math.max(1, Math.round(rate * 10)),
      timeUnit: '10s',
      startTime: `${Math.round(begin * 1000)}ms`,
      duration: `${Math.round(seconds * 1000)}ms`,
      preAllocatedVUs: Math.max(10, Math.min(200, Math.ceil(rate / 10))),
      maxVUs: 2000,
      gracefulStop: '6s',
      exec: 'ask',
    };
    begin += seconds;
  });
  return out;
}

export const options = {
  scenarios: scenarios(),
  discardResponseBodies: true,
  systemTags: ['scenario', 'status'],
  summaryTrendStats: ['avg', 'p(50)', 'p(95)', 'p(99)', 'p(99.9)', 'max'],
  // With a plan the runner judges.
  thresholds: plan
    ? {}
    : { failed: ['count==0'], 'asked{answer:good}': ['p(95)<100', 'p(99)<300'], dropped_iterations: ['count==0'] },
};

const headers = { 'Content-Type': 'application/json' };
if (env.KEY) headers.Authorization = `Bearer ${env.KEY}`;

export function ask() {
  const answer = http.post(url, documents[exec.scenario.iterationInTest % documents.length], { headers, timeout: '5s' });
  const later = answer.headers['Retry-After'] !== undefined;
  const turned_away = answer.status === 429 || answer.status === 503;
  const good = answer.status >= 200 && answer.status < 300;
  const times = answer.timings;
  asked.add(times.blocked + times.connecting + times.tls_handshaking + times.duration, {
    answer: good ? 'good' : turned_away ? 'refused' : 'failed',
    code: String(answer.status),
    later: later ? '1' : '0',
  });
  refused.add(turned_away && later ? 1 : 0);
  failed.add(good || (turned_away && later) ? 0 : 1);
}

// The original's Locust user: texts 10 of 14 times, health 2, statistics 1, metrics 1.
export function user() {
  const place = Math.floor(Math.random() * 14);
  if (place < 10) {
    ask();
  } else {
    const path = place < 12 ? 'health' : place < 13 ? 'stats' : 'metrics';
    const answer = http.get(url.replace(/analyze$/, path), { headers });
    failed.add(check(answer, { 'status is 200': (one) => one.status === 200 }) ? 0 : 1);
  }
  sleep(1 + 2 * Math.random());
}
