#!/usr/bin/env bash
# clang-tidy over the sources and headers that the release build compiles, or over those whose path matches the arguments
# (regular expressions). Tests are left out: their frameworks' macros cost minutes and say nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
build=build/release
[ -e "$build/compile_commands.json" ] || cmake --preset release >/dev/null
patterns=("$@")
[ $# -gt 0 ] || patterns=("$PWD/src/.*(?<!_test)(?<!_bench)\.cc$")
exec run-clang-tidy-19 -p "$build" -quiet -j "$(nproc)" -extra-arg=-Wno-unknown-warning-option "${patterns[@]}"
