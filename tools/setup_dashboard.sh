# shellcheck shell=bash
# What `./test dashboard` needs beyond packages: a Python with Playwright, and axe-core. Sourced by test.

DASHBOARD_TOOLS=$DSS_ROOT/build/dashboard

# Playwright drives the installed Chromium; it downloads no browser of its own.
setup_dashboard_python() {
  local python=$DASHBOARD_TOOLS/python stamp=$DASHBOARD_TOOLS/python/.installed
  [ -z "${SKIP_SETUP:-}" ] || return 0
  [ -e "$stamp" ] && [ ! "$DSS_ROOT/tests/dashboard/requirements.txt" -nt "$stamp" ] && return
  say "installing the Python packages of tests/dashboard/requirements.txt"
  "$(system_python)" -m venv --clear "$python" >&2 || die "could not make $python" "is python3-venv installed?"
  "$python/bin/python" -m pip install -q --disable-pip-version-check -r "$DSS_ROOT/tests/dashboard/requirements.txt" >&2 </dev/null ||
    die "pip could not install the packages (its words stand above)" "is the network up? Then start this again."
  touch "$stamp"
}

setup_axe() {
  local folder=$DASHBOARD_TOOLS/npm
  [ -z "${SKIP_SETUP:-}" ] || return 0
  cmp -s "$DSS_ROOT/tests/dashboard/package-lock.json" "$folder/.installed" && return
  say "installing axe-core"
  mkdir -p "$folder"
  cp "$DSS_ROOT"/tests/dashboard/package*.json "$folder"
  (cd "$folder" && npm ci --silent --no-audit --no-fund >&2 </dev/null) ||
    die "npm could not install axe-core (its words stand above)" "is the network up? Then start this again."
  cp "$folder/package-lock.json" "$folder/.installed"
}
