#!/usr/bin/env bash
# Runs one libFuzzer program: fuzz.sh PROGRAM SECONDS. New inputs go to build/, the kept corpus of fuzz/corpus/NAME is only read.
set -euo pipefail
cd "$(dirname "$0")/.."
program=$1 seconds=$2
name=$(basename "$program") name=${name#fuzz_}
found=build/fuzz/found/$name
mkdir -p "$found"
corpora=("$found")
[ ! -d "fuzz/corpus/$name" ] || corpora+=("fuzz/corpus/$name")
# The time-out counts wall-clock time: a virtual machine that is stopped for a minute must not look like a slow input.
dictionary=()
[ ! -e "fuzz/$name.dict" ] || dictionary=(-dict="fuzz/$name.dict")
exec "$program" -max_total_time="$seconds" -timeout=200 -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="$found/" \
  "${dictionary[@]}" "${corpora[@]}"
