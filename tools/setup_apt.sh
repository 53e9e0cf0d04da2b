# shellcheck shell=bash
# Installing with apt, as root or through sudo. Sourced by setup.sh.

# True when packages can be installed without asking anybody; sets APT_PREFIX to what must stand before apt-get.
apt_may_install() {
  APT_PREFIX=()
  [ "$(id -u)" = 0 ] && return
  command -v sudo >/dev/null && sudo -n true 2>/dev/null || return 1
  APT_PREFIX=(sudo -n env DEBIAN_FRONTEND=noninteractive)
}

# Runs a command up to three times: locks of another apt and passing network faults go away by themselves.
apt_retry() {
  local attempt log
  log=$(mktemp)
  for attempt in 1 2 3; do
    if "$@" >"$log" 2>&1 </dev/null; then
      rm -f "$log"
      return 0
    fi
    grep -qE 'Could not get lock|Unable to lock|Temporary failure|Connection|timed out|Hash Sum mismatch' "$log" || break
    say "apt is busy or the network failed; trying again ($attempt of 3)"
    sleep $((attempt * 5))
  done
  sed 's/^/  /' "$log" | tail -n 15 >&2
  rm -f "$log"
  return 1
}

apt_update() {
  say "fetching the package lists (apt-get update)"
  apt_retry "${APT_PREFIX[@]}" apt-get -q update ||
    die "apt-get update failed (its words stand above)" \
      "is the network up, and are the sources in /etc/apt reachable? Then start this again."
}

# The packages that installing "$@" would remove, empty when none or when apt cannot tell yet.
apt_would_remove() {
  apt-get -s -qq --no-install-recommends install "$@" 2>/dev/null | awk '/^Remv /{print $2}' | xargs
}

apt_known() {
  local name
  for name in "$@"; do
    apt-cache policy "$name" 2>/dev/null | grep -q 'Candidate: [0-9]' || return 1
  done
}

# Installs without recommended packages. What would push out an installed package is unpacked into .deps/ instead
# (libboost1.81-dev, where libboost1.74-dev is installed).
apt_install() {
  local name removed="" keep=() aside=() any
  apt_known "$@" || apt_update
  any=$(apt_would_remove "$@")
  for name in "$@"; do
    [ -z "$any" ] || removed=$(apt_would_remove "$name")
    if [ -n "$removed" ]; then
      say "$name would remove $removed; unpacking it into .deps/ instead"
      aside+=("$name")
    else
      keep+=("$name")
    fi
  done
  if [ ${#keep[@]} -gt 0 ]; then
    say "installing with apt: ${keep[*]}"
    local command=("${APT_PREFIX[@]}" apt-get -q install -y --no-install-recommends -o DPkg::Lock::Timeout=120 "${keep[@]}")
    apt_retry "${command[@]}" || { apt_update && apt_retry "${command[@]}"; } ||
      die "apt could not install: ${keep[*]} (its words stand above)" \
        "cure what it names, or install them by hand, then start this again"
  fi
  [ ${#aside[@]} -eq 0 ] || unpack_packages "${aside[@]}"
}
