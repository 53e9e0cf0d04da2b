# shellcheck shell=bash
# What `make stack` needs beyond the packages of test: Alertmanager. Debian's finds its templates below /usr/share only, and
# installing it starts a service; so it is built of its published module, once, outside the tree. Sourced by test and make.

ALERTMANAGER_VERSION=v0.28.1
ALERTMANAGER_HOME=${XDG_CACHE_HOME:-$HOME/.cache}/dss/alertmanager-$ALERTMANAGER_VERSION
export PATH=$ALERTMANAGER_HOME:$PATH

setup_alertmanager() {
  [ -z "${SKIP_SETUP:-}" ] || return 0
  [ ! -x "$ALERTMANAGER_HOME/alertmanager" ] || return 0
  command -v go >/dev/null || die "Go was not found" "install Go 1.24 or newer: https://go.dev/doc/install"
  say "building Alertmanager $ALERTMANAGER_VERSION (a minute)"
  GOBIN=$ALERTMANAGER_HOME nice go install "github.com/prometheus/alertmanager/cmd/alertmanager@$ALERTMANAGER_VERSION" >&2 </dev/null ||
    die "Alertmanager could not be built (its words stand above)" "is the network up, and go 1.24 or newer? go version"
}
