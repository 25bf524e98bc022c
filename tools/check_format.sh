#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Holds every C++ source against .clang-format; --fix rewrites instead.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

mapfile -t sources < <(find src tools tests fuzz bench -name '*.[ch]pp' 2>/dev/null | sort)

if [[ ${1-} == --fix ]]; then
  clang-format-19 -i -- "${sources[@]}"
elif ! clang-format-19 --dry-run -Werror -- "${sources[@]}"; then
  echo "To mend it: ./run format" >&2
  exit 1
fi
