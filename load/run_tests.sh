#!/usr/bin/env bash
# The Locust users in three sizes against a running server: load/run_tests.sh [HOST]; reports in build/load/locust.
# Locust is installed into build/load/python the first time. USERS, SPAWN_RATE and RUN_TIME choose one size instead.
set -euo pipefail
cd "$(dirname "$0")/.."
host=${1:-http://localhost:8000}
python=build/load/python
out=build/load/locust
[ -x $python/bin/locust ] || { python3 -m venv $python && $python/bin/pip install --quiet --requirement load/requirements.txt; }
mkdir -p $out
curl -fsS --max-time 5 "$host/health" >/dev/null || {
  echo "run_tests: $host does not answer; start it: ./run serve --port 8000" >&2
  exit 1
}

# run NAME USERS SPAWN_RATE RUN_TIME
run() {
  echo "== $1: $2 users for $4"
  PYTHONPATH=. $python/bin/locust -f load/locustfile.py --host "$host" --headless --only-summary --users "$2" --spawn-rate "$3" \
    --run-time "$4" --html "$out/$1.html" --csv "$out/$1"
}

if [ -n "${USERS:-}" ]; then
  run chosen "$USERS" "${SPAWN_RATE:-10}" "${RUN_TIME:-1m}"
else
  run light 10 2 1m
  run usual 50 10 2m
  run heavy 200 20 2m
fi
echo "reports: $out"
