#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# fuzz.sh [TARGET [SECONDS]]: runs one fuzz target, or each of them in turn, from its corpus.
# New inputs gather in build/fuzz/corpus/, what crashed in build/fuzz/crashes/.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

seconds=${2:-60}
build=build/fuzz

targets() {
  local source
  for source in fuzz/*_fuzz.cpp; do
    [[ -e $source ]] && basename "$source" .cpp
  done
}

fuzz() {
  local name=$1 binary seeds=()
  binary=$(find "$build" -name "$name" -type f -executable | head -n 1)
  if [[ -z $binary ]]; then
    printf 'fuzz: no such target: %s; there are:\n%s\n' "$name" "$(targets)" >&2
    exit 2
  fi
  [[ ! -d fuzz/corpus/$name ]] || seeds=("fuzz/corpus/$name")
  mkdir -p "$build/corpus/$name" "$build/crashes"
  "$binary" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
    -artifact_prefix="$build/crashes/$name-" "$build/corpus/$name" "${seeds[@]}"
}

if [[ -n ${1-} ]]; then
  fuzz "${1%_fuzz}_fuzz"
else
  for name in $(targets); do fuzz "$name"; done
fi
