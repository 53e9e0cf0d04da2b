# shellcheck shell=bash
# What `./test tracing` needs beyond packages: a real OpenTelemetry Collector, built of its published modules once and kept
# outside the tree. Sourced by test.

COLLECTOR_VERSION=v0.160.0
COLLECTOR_HOME=${XDG_CACHE_HOME:-$HOME/.cache}/dss/collector-$COLLECTOR_VERSION
export OTEL_COLLECTOR=$COLLECTOR_HOME/collector

setup_collector() {
  [ -z "${SKIP_SETUP:-}" ] || return 0
  [ ! -x "$OTEL_COLLECTOR" ] || return 0
  command -v go >/dev/null || die "Go was not found" "install Go 1.25 or newer: https://go.dev/doc/install"
  say "building the OpenTelemetry Collector $COLLECTOR_VERSION (some minutes)"
  mkdir -p "$COLLECTOR_HOME"
  cp "$DSS_ROOT"/tests/tracing/collector/{go.mod,main.go} "$COLLECTOR_HOME"
  # -mod=mod: the modules' checksums are looked up, and written beside the copy.
  (cd "$COLLECTOR_HOME" && GOFLAGS=-mod=mod nice go build -trimpath -o collector . >&2 </dev/null) ||
    die "the collector could not be built (its words stand above)" "is the network up, and go 1.25 or newer? go version"
}
