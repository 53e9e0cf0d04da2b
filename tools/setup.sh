# shellcheck shell=bash
# Makes sure that what the project needs is there. Sourced by run, test and the Makefile's helpers.
# Everything it says goes to stderr, so that stdout carries only the result of the caller.
#
#   setup_packages LIST...   installs what is missing of the package lists tools/packages-LIST.txt
#   setup_python FILE...     makes .venv with the pinned packages of the requirements files
#   setup_node FOLDER        npm ci in FOLDER, which holds a package-lock.json
#
# As root or with sudo that asks for no password, packages are installed with apt. Otherwise they are downloaded and
# unpacked into .deps/, which the build then finds through the environment. SKIP_SETUP=1 turns all of it off.

DSS_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
DSS_DEPS=$DSS_ROOT/.deps
DSS_STAMPS=$DSS_ROOT/build/.setup
export DEBIAN_FRONTEND=noninteractive

say() { printf '%s: %s\n' "${DSS_TOOL:-setup}" "$*" >&2; }
die() {
  say "$1"
  [ $# -lt 2 ] || printf '  %s\n' "${@:2}" >&2
  exit 1
}

# shellcheck source=tools/setup_apt.sh
. "$DSS_ROOT/tools/setup_apt.sh"
# shellcheck source=tools/setup_unpack.sh
. "$DSS_ROOT/tools/setup_unpack.sh"
# shellcheck source=tools/setup_languages.sh
. "$DSS_ROOT/tools/setup_languages.sh"

# The lines of the lists without comments: NAME OPTION...
package_lines() {
  local list
  for list in "$@"; do
    sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$DSS_ROOT/tools/packages-$list.txt"
  done
}

# Sets MISSING and MISSING_UNPACK to the packages that are neither installed, nor unpacked, nor replaced by a command.
find_missing() {
  local installed name options
  installed=" $(dpkg-query -W -f '${db:Status-Status}=${Package} ' 2>/dev/null) "
  MISSING=() MISSING_UNPACK=()
  while read -r name options; do
    case $installed in *" installed=$name "*) continue ;; esac
    [ -e "$DSS_DEPS/.unpacked/$name" ] && continue
    if [[ $options =~ or:([^ ]+) ]] && command -v "${BASH_REMATCH[1]}" >/dev/null; then continue; fi
    case $options in *unpack*) MISSING_UNPACK+=("$name") ;; *) MISSING+=("$name") ;; esac
  done < <(package_lines "$@")
}

# True when nothing has changed since these lists were last found complete.
setup_is_fresh() {
  local stamp=$1 list
  [ -e "$stamp" ] && [ ! /var/lib/dpkg/status -nt "$stamp" ] || return 1
  for list in "${@:2}"; do
    [ ! "$DSS_ROOT/tools/packages-$list.txt" -nt "$stamp" ] || return 1
  done
}

setup_packages() {
  use_unpacked
  [ -z "${SKIP_SETUP:-}" ] || return 0
  local stamp
  stamp=$DSS_STAMPS/packages-$(IFS=-; echo "$*")
  setup_is_fresh "$stamp" "$@" && return
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    die "this is not Debian or a derivative, so the packages cannot be installed by themselves" \
      "install what these are called here, then set SKIP_SETUP=1:" "$(package_lines "$@" | awk '{print $1}' | xargs)"
  fi
  find_missing "$@"
  if [ ${#MISSING[@]} -gt 0 ]; then
    if apt_may_install; then apt_install "${MISSING[@]}"; else unpack_packages "${MISSING[@]}"; fi
  fi
  if [ ${#MISSING_UNPACK[@]} -gt 0 ]; then unpack_packages "${MISSING_UNPACK[@]}"; fi
  use_unpacked
  find_missing "$@"
  [ ${#MISSING[@]} -eq 0 ] || die "still missing after the installation: ${MISSING[*]}" \
    "try it by hand: apt-get install ${MISSING[*]}"
  mkdir -p "$DSS_STAMPS" && touch "$stamp"
}
