#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A baseline of the whole 6.1 tree, beside the hash list that people keep of it, in alternation, with a warm cache."""

import sys
import tempfile
from pathlib import Path

from measuring import HEAD, KMODSEC, compare

from lab import kernels

HASH_LIST = "find {modules} -name '*.ko*' -exec sha256sum {{}} + | sort"
NAME = "find … -exec sha256sum {} + | sort"


def main() -> int:
    kernel = kernels.kernel("6.1")
    other = ["sh", "-c", HASH_LIST.format(modules=kernel.modules)]
    slow = 0
    print(HEAD.format("what"))
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "baseline.db"
        place = ["--root", str(kernel.tree), "--store", str(store)]
        create = ["sh", "-c", f'rm -f "$0"; exec {KMODSEC} baseline create --root "$1" --store "$0"', str(store), str(kernel.tree)]
        for what, ours, limit in (("create", create, 0.35), ("check", [KMODSEC, "baseline", "check", *place], 0.20)):
            result = compare(ours, other, accepted=(0, 3))
            slow += result.ratio > limit
            print(result.row(f"`baseline {what}`, {len(kernel.dependencies)} modules", NAME, limit))
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
