# shellcheck shell=bash
# Debian's libraries for 64-bit Arm, unpacked outside the tree for cross-compiling; nothing of them is installed. Sourced by test.

export ARM64_ROOT=${XDG_CACHE_HOME:-$HOME/.cache}/dss/arm64-bookworm

# apt-get for the other architecture, with lists, cache and an empty record of what is installed of its own.
arm64_apt() {
  local apt=$ARM64_ROOT/.apt
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
  [ -e "$apt/status" ] || : >"$apt/status"
  apt-get -q -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Dir::State="$apt" -o Dir::State::lists="$apt/lists" \
    -o Dir::State::status="$apt/status" -o Dir::Cache="$apt/cache" -o Dir::Log="$apt" -o Debug::NoLocking=1 -o APT::Sandbox::User="" "$@"
}

# The libraries that the build links, of packages-run.txt.
arm64_libraries() {
  awk '$1 ~ /-dev$/{print $1}' "$DSS_ROOT/tools/packages-run.txt"
}

setup_arm64() {
  [ -z "${SKIP_SETUP:-}" ] || return 0
  [ ! -e "$ARM64_ROOT/.complete" ] || return 0
  local closure deb debs=$ARM64_ROOT/.apt/debs
  say "fetching Debian's libraries for 64-bit Arm into $ARM64_ROOT (about 100 MB, once)"
  apt_retry arm64_apt update || die "apt-get update for arm64 failed (its words stand above)" "is the network up, and does the mirror have arm64?"
  # shellcheck disable=SC2046  # one name a word
  closure=$(arm64_apt -s --no-install-recommends install $(arm64_libraries) 2>/dev/null | awk '/^Inst /{print $2}')
  [ -n "$closure" ] || die "apt does not know the libraries for arm64" "does the mirror in /etc/apt have binary-arm64?"
  rm -rf "$debs" && mkdir -p "$debs"
  # shellcheck disable=SC2086  # one name a word
  (cd "$debs" && apt_retry arm64_apt download $closure) || die "could not download the packages for arm64" "is there room on the disk? Then start this again."
  for deb in "$debs"/*.deb; do
    dpkg-deb -x "$deb" "$ARM64_ROOT" || die "could not unpack $deb" "is the disk full? (df -h $ARM64_ROOT)"
  done
  rm -rf "$debs"
  arm64_mend_links
  touch "$ARM64_ROOT/.complete"
}

# Absolute links lead into the unpacked folder.
arm64_mend_links() {
  local link target
  while IFS= read -r -d '' link; do
    target=$(readlink "$link")
    case $target in /*) if [ -e "$ARM64_ROOT$target" ]; then ln -sfn "$ARM64_ROOT$target" "$link"; fi ;; esac
  done < <(find "$ARM64_ROOT" -path "$ARM64_ROOT/.apt" -prune -o -type l -print0)
}
