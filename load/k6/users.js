// The original's Locust user (load/locustfile.py): texts 10 of 14 times, health 2, statistics 1, metrics 1, and one to
// three seconds between. A closed model: 50 of them make 25 requests/s at most, however fast the server is.
import http from 'k6/http';
import { sleep } from 'k6';

export function visit(base, headers, ask, fail) {
  const place = Math.floor(14 * Math.random());
  if (place < 10) {
    ask();
  } else {
    const path = place < 12 ? 'health' : place < 13 ? 'stats' : 'metrics';
    if (http.get(`${base}/${path}`, { headers }).status !== 200) fail();
  }
  sleep(1 + 2 * Math.random());
}
