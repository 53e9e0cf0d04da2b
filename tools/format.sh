#!/usr/bin/env bash
# clang-format over the C++ of this tree: in place, or with --check only told.
set -euo pipefail
cd "$(dirname "$0")/.."
mode=(-i)
[ "${1-}" != --check ] || mode=(--dry-run --Werror)
find src tests fuzz bench training -regex '.*\.\(h\|cc\)' -not -path '*/third_party/*' -not -path '*/node_modules/*' -print0 2>/dev/null |
  xargs -0 -r -P "$(nproc)" -n 40 clang-format-19 "${mode[@]}"
