# shellcheck shell=bash
# Python and Node packages, pinned by requirements files and lock files. Sourced by setup.sh.

# The system's Python rather than a version manager's: it is the one that packages-test.txt installs.
system_python() {
  local python
  for python in /usr/bin/python3 "$DSS_DEPS/usr/bin/python3" python3; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$python"
      return
    fi
  done
  die "no Python 3.11 or newer was found" "install python3, python3-venv and python3-pip"
}

# Puts .venv/bin first on the PATH.
use_python() { export PATH=$DSS_ROOT/.venv/bin:$PATH VIRTUAL_ENV=$DSS_ROOT/.venv; }

setup_python() {
  local venv=$DSS_ROOT/.venv stamp sum python file options=()
  use_python
  [ -z "${SKIP_SETUP:-}" ] || return 0
  stamp=$venv/.$(basename "$1" .txt)-$(basename "$(dirname "$1")")
  sum=$(cat "$@" | sha256sum)
  [ -x "$venv/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$sum" ] && return
  python=$(system_python)
  if [ ! -x "$venv/bin/python" ]; then
    say "making the Python environment .venv"
    "$python" -m venv --without-pip "$venv" >&2 || die "could not make .venv" "is python3-venv installed, is there room on the disk?"
  fi
  for file in "$@"; do options+=(-r "$file"); done
  say "installing the Python packages of $(printf '%s ' "${@#"$DSS_ROOT"/}")"
  "$python" -m pip --python "$venv/bin/python" install -q --disable-pip-version-check --retries 3 "${options[@]}" >&2 </dev/null ||
    die "pip could not install the packages (its words stand above)" "is the network up? Then start this again."
  printf '%s' "$sum" >"$stamp"
}

setup_node() {
  local folder=$1 stamp
  stamp=$folder/node_modules/.installed
  [ -z "${SKIP_SETUP:-}" ] || return 0
  [ -e "$stamp" ] && [ ! "$folder/package-lock.json" -nt "$stamp" ] && return
  if ! command -v npm >/dev/null; then
    if apt_may_install; then apt_install nodejs npm; else unpack_packages nodejs npm; fi
    use_unpacked
  fi
  say "installing the Node packages of ${folder#"$DSS_ROOT"/}"
  (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error >&2 </dev/null) ||
    die "npm ci failed in $folder (its words stand above)" "is the network up? Then start this again."
  touch "$stamp"
}
