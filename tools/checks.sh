# shellcheck shell=bash
# The suites of ./test. Each is a function suite_NAME made of `check` and `check_*` lines; a failing check shows its log
# and the others still run. Sourced by test, behind setup.sh and build.sh.

RESULTS=$DSS_ROOT/build/test-results
JOBS=${JOBS:-$(nproc)}

begin_checks() {
  if ! rm -rf "$RESULTS" || ! mkdir -p "$RESULTS"; then
    die "cannot write to $RESULTS" "who owns the folder, and is the disk full?"
  fi
  STARTED=$SECONDS
}

# Prints the summary and leaves with its status. The counting is in count_results.py.
end_checks() {
  local status=0
  python3 "$DSS_ROOT/tools/count_results.py" "$RESULTS" "$((SECONDS - STARTED))" || status=$?
  exit "$status"
}

# check NAME COMMAND...: one check, or as many as the files tell that the command writes to $RESULTS/NAME/.
check() {
  local name=$1 begin=$SECONDS status=0
  shift
  mkdir -p "$RESULTS/$name"
  printf '\n== %s\n' "$name"
  ("$@") >"$RESULTS/$name/log" 2>&1 </dev/null || status=$?
  echo "$status" >"$RESULTS/$name/status"
  if [ "$status" = 0 ]; then
    printf '   passed in %s s\n' "$((SECONDS - begin))"
  else
    tail -n 300 "$RESULTS/$name/log" | sed 's/^/   /'
    printf '   FAILED (status %s) after %s s; the whole log: %s\n' "$status" "$((SECONDS - begin))" "${RESULTS#"$DSS_ROOT"/}/$name/log"
  fi
}

# check_build PRESET: builds everything of a preset, once only. False when it fails: then nothing is tested with it.
check_build() {
  [ -e "$RESULTS/build-$1" ] || check "build-$1" build_preset "$1" all
  [ "$(cat "$RESULTS/build-$1/status")" = 0 ]
}

# check_ctest NAME PRESET ARGS...: GoogleTest's cases are counted through the XML that each program writes. Addresses are
# not randomised (setarch -R): gcc 12's ThreadSanitizer cannot place its shadow under newer kernels' defaults.
check_ctest() {
  local name=$1 preset=$2 folder=$RESULTS/$1
  shift 2
  mkdir -p "$folder/gtest"
  check "$name" env GTEST_OUTPUT="xml:$folder/gtest/" DSS_BINARY="$DSS_ROOT/build/$preset/dss" \
    ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1 UBSAN_OPTIONS=print_stacktrace=1 \
    TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1 \
    setarch -R ctest --test-dir "$DSS_ROOT/build/$preset" -j "$JOBS" --timeout 600 --no-tests=error --output-on-failure \
    --output-junit "$folder/ctest.xml" "$@"
}

# check_pytest NAME PRESET PATH...: with DSS_BINARY set to the program of that preset. Paths that do not exist are left out.
check_pytest() {
  local name=$1 preset=$2 paths=() path
  shift 2
  for path in "$@"; do
    if [ -e "$path" ] && [ -n "$(find "$path" -name 'test_*.py' -o -name '*_test.py')" ]; then paths+=("$path"); fi
  done
  [ ${#paths[@]} -gt 0 ] || return 0
  mkdir -p "$RESULTS/$name"
  check "$name" env DSS_BINARY="$DSS_ROOT/build/$preset/dss" python -m pytest -q -p no:cacheprovider --timeout 300 \
    --junitxml "$RESULTS/$name/pytest.xml" "${paths[@]}"
}

suite_arch() { check_pytest architecture release tests/architecture; }

suite_format() {
  check clang-format tools/format.sh --check
  check ruff ruff check tools tests training evaluation deploy deploy/stack/run load bench bench/http/run bench/encoder/run bench/compare/run bench/coral/run bench/protocol/run bench/startup/run bench/tokenizer/run
  # shellcheck disable=SC2046  # a list of names without spaces
  check shellcheck shellcheck -x $(git ls-files --cached --others --exclude-standard | xargs grep -lE '^#!.*(bash|/sh)|^# shellcheck shell=')
}

suite_unit() {
  check_build release || return 0
  check_ctest unit-release release -LE 'architecture|conformance'
}

# The programs that open sockets are run here under the sanitizers too; suites in Python see the release build only.
suite_asan() {
  check_build dev || return 0
  check_ctest unit-asan dev -LE architecture -E '^conformance\.metrics$'
}

suite_http() {
  check_build release || return 0
  check_ctest http release -R '^conformance\.http'
  check_pytest front-door release tests/front_door tests/http/differential
}

suite_api() {
  check_build release || return 0
  if [ -e openapi/package-lock.json ]; then
    setup_node "$DSS_ROOT/openapi"
    check openapi-lint bash -c 'cd openapi && npm run --silent lint'
  fi
  check_pytest api release tests/api
}

suite_metrics() {
  check_build release || return 0
  check_pytest metrics release tests/metrics
}

suite_tokenizer() {
  check_build release || return 0
  check_pytest tokenizer release tests/tokenizer
}

suite_app() {
  check_build release || return 0
  check_pytest app release tests/app tests/cli
}

suite_privacy() {
  check_build release || return 0
  check_pytest privacy release tests/privacy
}

suite_security() {
  check_build release || return 0
  check_pytest security release tests/security
}

suite_train() {
  check_build release || return 0
  [ ! -e training/requirements.txt ] || setup_python training/requirements.txt
  check_pytest train release training/tests training/*/tests training/*/*_test.py training/*/test_*.py
  # torch is large: its tests run where training/encoder/run has installed it.
  [ ! -x .venv-train/bin/pytest ] ||
    check train-torch .venv-train/bin/python -m pytest -q -p no:cacheprovider training/tests/test_encoder_torch.py
}

# Nothing else builds the benchmarks' programs, so what breaks them would be seen by nobody.
suite_tools() {
  check_build release || return 0
  check build-benchmarks ninja -C build/release benchmarks bench_http_generator bench_http_open_generator bench_http_floor
  check_pytest tools release tests/tools
}

# 3,000 legitimate requests beside each attack; ATTACK_REQUESTS=30000 is the full measure, half an hour.
suite_attack() {
  setup_packages run test attack
  check_build release || return 0
  check_pytest attack release tests/attack
}

suite_soak() {
  check_build release || return 0
  check soak-restarts python tests/front_door/soak.py restarts
  check soak-connections python tests/front_door/soak.py connections
  check soak-slow-clients python tests/front_door/soak.py slow-clients
  check soak-rude-clients python tests/front_door/soak.py rude-clients
}

# The clients from PyPI have an environment of their own; those from npm are installed by the tests.
suite_clients() {
  setup_packages run test clients
  check_build release || return 0
  local python=build/clients/python
  [ -x $python/bin/python ] || python3 -m venv $python
  [ -n "${SKIP_SETUP:-}" ] || $python/bin/python -m pip install --quiet --requirement tests/clients/requirements.txt
  mkdir -p "$RESULTS/clients"
  check clients env DSS_BINARY="$DSS_ROOT/build/release/dss" $python/bin/python -m pytest -q -p no:cacheprovider \
    --timeout 300 --junitxml "$RESULTS/clients/pytest.xml" tests/clients
}

# The Kubernetes models bring a plug-in for pytest that wants a cluster: plug-ins are named, not looked for.
suite_deploy() {
  setup_packages run test deploy
  setup_deploy_python
  setup_kustomize
  setup_helm
  setup_cloud_protos
  setup_alertmanager
  check_build release || return 0
  local python=build/deploy/python/bin/python
  check deploy-generated $python deploy/monitoring/generate.py --check
  check deploy-rules promtool check rules deploy/monitoring/prometheus/rules.yaml
  check deploy-rules-test promtool test rules deploy/monitoring/prometheus/rules_test.yaml
  mkdir -p "$RESULTS/deploy"
  check deploy env DSS_BINARY="$DSS_ROOT/build/release/dss" PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 $python -m pytest -q \
    -p no:cacheprovider -p pytest_timeout --timeout 300 --junitxml "$RESULTS/deploy/pytest.xml" tests/deploy
}

# The page /dashboard in Debian's Chromium, driven by Playwright.
suite_dashboard() {
  setup_packages run test dashboard
  setup_dashboard_python
  setup_axe
  check_build release || return 0
  mkdir -p "$RESULTS/dashboard"
  check dashboard env DSS_BINARY="$DSS_ROOT/build/release/dss" build/dashboard/python/bin/python -m pytest -q \
    -p no:cacheprovider --timeout 300 --junitxml "$RESULTS/dashboard/pytest.xml" tests/dashboard
}

# Spans of the server in a file that a real OpenTelemetry Collector writes.
suite_tracing() {
  setup_collector
  check_build release || return 0
  check_pytest tracing release tests/tracing
}

# dss, a real Prometheus and a real Alertmanager: alerts that fire and end, drift that is seen.
suite_stack() {
  setup_alertmanager
  check_build release || return 0
  check_pytest stack release tests/stack
}

# The mathematics of load/, its generator, and some seconds of each kind of run against real servers, once behind nginx.
# Locust is installed from PyPI the first time, k6 is built.
suite_load() {
  setup_k6
  check_build release || return 0
  setup_python training/requirements.txt
  check_pytest load release tests/load
}

suite_differential() {
  setup_packages run test differential
  check_build release || return 0
  check differential python tests/http/differential/run.py
}

suite_tsan() {
  check_build tsan || return 0
  check_ctest unit-tsan tsan -LE architecture -E '^conformance\.metrics$'
  check load-tsan python3 tests/load_tsan/run.py --binary build/tsan/dss
}

# Built for another processor, and run by QEMU: what computes. Emulated sockets, threads and /proc would test QEMU.
suite_arm64() {
  setup_packages run test arm64
  setup_arm64
  check_build release || return 0
  check_build arm64 || return 0
  check_ctest unit-arm64 arm64 -R '^unit\.(base|json|crypto|text|weights|language|tokenizer|kernels|models|batching|scoring|policy|blocklist|records|evaluation|api)$'
  check_pytest arm64 release tests/arm64
}

suite_fuzz() {
  setup_packages run lint
  check_build fuzz || return 0
  local program
  for program in build/fuzz/fuzz/fuzz_*; do
    [ -f "$program" ] || continue
    check "$(basename "$program")" tools/fuzz.sh "$program" "${FUZZ_SECONDS:-60}"
  done
}

suite_lint() {
  setup_packages run lint
  check clang-tidy tools/tidy.sh
}

suite_bench() {
  setup_packages run test bench
  check_build release || return 0
  check bench-http bench/http/run --quick --check
  check bench-startup bench/startup/run --check
}

suite_bare() {
  setup_packages run test bare
  check bare-debian tests/tools/test_bare_debian.sh
}
