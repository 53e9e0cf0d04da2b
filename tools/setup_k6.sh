# shellcheck shell=bash
# k6 for `load/run --generator k6` and `./test load`, built of its published module once and kept outside the tree. Sourced
# by test; load/k6.py asks for the path: setup_k6 && echo "$K6".

K6_VERSION=v1.8.1
K6_HOME=${XDG_CACHE_HOME:-$HOME/.cache}/dss/k6-$K6_VERSION
export K6=$K6_HOME/k6

setup_k6() {
  [ ! -x "$K6" ] || return 0
  [ -z "${SKIP_SETUP:-}" ] || return 0
  command -v go >/dev/null || die "Go was not found, which builds k6" "install Go 1.25 or newer: https://go.dev/doc/install"
  say "building k6 $K6_VERSION (some minutes)"
  GOBIN=$K6_HOME nice go install -trimpath "go.k6.io/k6@$K6_VERSION" >&2 </dev/null ||
    die "k6 could not be built (its words stand above)" "is the network up, and go 1.25 or newer? go version"
}
