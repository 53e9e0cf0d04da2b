#!/usr/bin/env bash
# `./run "you are a fool"` in a Debian 12 that has nothing but its base: once as root, once as a user without any rights.
#
#   test_bare_debian.sh [root|user]...     needs root and debootstrap; works below build/bare/, keeps the base for next time
#
# The clone is of HEAD. The machine's package sources, proxies and certificates are handed in, so that registries reached
# here are reached there.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$PWD/build/bare

fail() { printf 'bare: %s\n' "$*" >&2 && exit 1; }
[ "$(id -u)" = 0 ] || fail "chroot needs root"
# In a mount namespace of its own, so that no mount outlives this script.
[ -n "${BARE_NAMESPACE:-}" ] || exec unshare --mount env BARE_NAMESPACE=1 "$0" "$@"

make_base() {
  [ ! -e "$work/base/.complete" ] || return 0
  command -v debootstrap >/dev/null || fail "debootstrap is missing: apt-get install debootstrap"
  rm -rf "$work/base"
  debootstrap --variant=minbase bookworm "$work/base" >"$work/debootstrap.log" 2>&1 || fail "debootstrap failed: $work/debootstrap.log"
  rm -rf "$work/base/var/cache/apt/archives"/*.deb "$work/base/var/lib/apt/lists"/*
  touch "$work/base/.complete"
}

# What reaches the registries: Debian's own sources, proxy settings, certificates, names of hosts.
hand_in_network() {
  local root=$1 file
  if [ -e /etc/apt/sources.list.d/debian.sources ]; then
    cp /etc/apt/sources.list.d/debian.sources "$root/etc/apt/sources.list.d/" && : >"$root/etc/apt/sources.list"
  elif [ -s /etc/apt/sources.list ]; then
    cp /etc/apt/sources.list "$root/etc/apt/"
  fi
  for file in /etc/apt/apt.conf /etc/apt/apt.conf.d/*[Pp]roxy* /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/npmrc; do
    if [ -e "$file" ]; then mkdir -p "$root${file%/*}" && cp -L "$file" "$root$file"; fi
  done
  mkdir -p "$root/etc/ssl/certs"
  if [ -e /etc/ssl/certs/ca-certificates.crt ]; then cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"; fi
}

network_environment() {
  env | grep -iE '^(https?_proxy|no_proxy|ftp_proxy|pip_cert|pip_index_url|pip_extra_index_url|npm_config_[a-z_]*|node_extra_ca_certs|ssl_cert_file|requests_ca_bundle)=' || true
}

prepare() {
  local root=$work/$1
  rm -rf "$root" && cp -a "$work/base" "$root"
  hand_in_network "$root"
  mkdir -p "$root/proc" "$root/srv"
  mount --bind /proc "$root/proc"
  git clone -q --no-hardlinks . "$root/srv/dss"
  if [ "$1" = user ]; then
    chroot "$root" useradd --create-home --shell /bin/bash person
    chroot "$root" chown -R person: /srv/dss
  fi
}

run_there() {
  local who=$1 root=$work/$1 spec=0:0 home=/root begin=$SECONDS
  if [ "$who" = user ]; then spec=person: home=/home/person; fi
  shift
  mapfile -t settings < <(network_environment)
  local status=0
  chroot --userspec="$spec" "$root" /usr/bin/env -i HOME="$home" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    LANG=C.UTF-8 "${settings[@]}" /bin/bash -c 'cd /srv/dss && "$@"' bash "$@" </dev/null || status=$?
  printf 'bare: as %s: %s took %s s, status %s\n' "$who" "$*" "$((SECONDS - begin))" "$status" >&2
  return "$status"
}

mkdir -p "$work"
make_base
people=("$@")
[ $# -gt 0 ] || people=(root user)
for who in "${people[@]}"; do
  [ "$who" = root ] || [ "$who" = user ] || fail "root or user, not '$who'"
  prepare "$who"
  answer=$(run_there "$who" ./run "you are a fool")
  printf '%s\n' "$answer"
  grep -qE '(^|[^0-9])([1-9]?[0-9]|100)([^0-9]|$)' <<<"$answer" || fail "as $who: no score in the answer"
  ! grep -qE '^(run|setup|Get:|Reading)' <<<"$answer" || fail "as $who: set-up output on stdout"
  again=$(run_there "$who" ./run "you are a fool")
  [ "$again" = "$answer" ] || fail "as $who: the second answer differs"
  umount "$work/$who/proc" && rm -rf "${work:?}/$who"
done
