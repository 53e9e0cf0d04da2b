#!/usr/bin/env bash
# Builds the release program twice from the last commit, in two new folders of other names and without a compiler
# cache, and compares the stripped programs byte for byte. Exit status 1: they differ.
# JOBS=N compiles N files at a time.
set -euo pipefail
cd "$(dirname "$0")/.."
jobs=${JOBS:-$(nproc)}
work=$(mktemp -d "${TMPDIR:-/tmp}/dss-reproducible.XXXXXX")
trap 'rm -rf "$work"' EXIT
export CCACHE_DISABLE=1
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH

for copy in one a-longer-name/two; do
  echo "building in $work/$copy" >&2
  git clone -q . "$work/$copy"
  (cd "$work/$copy" && cmake --preset release -DDSS_BENCHMARKS=OFF >/dev/null &&
    cmake --build build/release -j "$jobs" --target dss | tail -n 1 >&2)
  strip -o "$work/$(basename "$copy").stripped" "$work/$copy/build/release/dss"
done

sha256sum "$work"/*.stripped | awk '{print $1}'
if cmp -s "$work/one.stripped" "$work/two.stripped"; then
  echo "reproducible: $(stat -c %s "$work/one.stripped") bytes, the same in both"
  exit 0
fi
echo "NOT reproducible; sections that differ:"
for section in $(readelf -SW "$work/one.stripped" | grep -o '\] \.[^ ]*' | cut -c3-); do
  for copy in one two; do
    objcopy -O binary --only-section="$section" "$work/$copy.stripped" "$work/$copy.section" 2>/dev/null || true
  done
  cmp -s "$work/one.section" "$work/two.section" || echo "  $section"
done
exit 1
