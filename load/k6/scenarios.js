// The load shapes as an open model in k6: requests leave when they are due, whatever became of those before.
//
//   k6 run -e SCENARIO=spike load/k6/scenarios.js
//   k6 run -e SCENARIO=overload -e KNEE=2000 -e MODEL=bert -e TIME_SCALE=4 -e BASE=http://localhost:8000 load/k6/scenarios.js
//
// BASE        of the server (http://localhost:8000)         KEY         sent as Authorization: Bearer, if it is set
// SCENARIO    one of shapes.json, or users (progressive)    KNEE        requests/s, for shapes that are fractions of it
// MODEL       simple or bert (simple)                       SCALE       all rates are multiplied by it (1)
// TIME_SCALE  durations are divided by it (1)
//
// The exit status is 99 when a threshold is crossed: failures, slow answers, refusals where none belong, iterations
// that k6 dropped because it was the limit itself.
//
// `load/run SCENARIO --generator k6` runs this script with a plan of its own (PLAN), joins what came with the server's
// view and writes the report. Two scenarios are no shape alone: 14, replacements, are what `load/run rolling` does
// behind nginx (SCENARIO=rolling is its traffic); 15, the original's users, is a closed model: SCENARIO=users here, and
// load/locustfile.py.
import exec from 'k6/execution';
import http from 'k6/http';
import { SharedArray } from 'k6/data';
import { Counter, Trend } from 'k6/metrics';
import { documents } from './documents.js';
import { arrivals, plan, shape } from './shapes.js';
import { visit } from './users.js';

const users = __ENV.SCENARIO === 'users' && !plan;
const bodies = new SharedArray('documents', () => (plan ? JSON.parse(open(plan.documents)) : documents(shape)));
const base = __ENV.BASE || 'http://localhost:8000';
const url = plan ? plan.url : `${base}/analyze`;
const timeout = `${plan ? plan.timeout : 5}s`;

// An iteration of an arrival-rate executor begins when it is due, or is dropped.
const asked = new Trend('asked', true);
const refused = new Counter('refused'); // 429 or 503 with Retry-After
const failed = new Counter('failed'); // all else but 2xx

function thresholds() {
  const out = { http_req_failed: ['rate==0'], failed: ['count==0'] };
  const [p95, p99] = shape.limits_ms;
  out['asked{answer:good}'] = [`p(95)<=${p95}`, `p(99)<=${p99}`];
  if (!shape.overload) out.refused = ['count==0'];
  if (!users) out.dropped_iterations = [`count<=${Math.floor(shape.late_share * arrivals.count)}`];
  return out;
}

export const options = {
  scenarios: users
    ? { users: { executor: 'constant-vus', vus: 50, duration: `${60 / (__ENV.TIME_SCALE || 1)}s`, exec: 'user' } }
    : { [plan ? 'plan' : __ENV.SCENARIO || 'progressive']: arrivals.executor },
  discardResponseBodies: true,
  systemTags: ['scenario', 'status', 'expected_response'],
  summaryTrendStats: ['avg', 'p(50)', 'p(95)', 'p(99)', 'p(99.9)', 'max'],
  thresholds: plan ? {} : thresholds(), // with a plan the runner judges
};

// Refusals are counted apart from failures.
http.setResponseCallback(http.expectedStatuses({ min: 200, max: 299 }, 429, 503));

const headers = { 'Content-Type': 'application/json' };
if (__ENV.KEY) headers.Authorization = `Bearer ${__ENV.KEY}`;

export function ask() {
  const number = exec.scenario.iterationInTest;
  const parameters = { headers, timeout };
  const answer = bodies.length ? http.post(url, bodies[number % bodies.length], parameters) : http.get(url, parameters);
  const later = answer.headers['Retry-After'] !== undefined;
  const turned_away = answer.status === 429 || answer.status === 503;
  const good = answer.status >= 200 && answer.status < 300;
  const times = answer.timings;
  asked.add(times.blocked + times.duration, { // blocked: for a connection, its opening included
    answer: good ? 'good' : turned_away ? 'refused' : 'failed',
    code: String(answer.status),
    later: later ? '1' : '0',
  });
  if (turned_away && later) refused.add(1);
  else if (!good) failed.add(1);
}

export function user() {
  visit(base, headers, ask, () => failed.add(1));
}
