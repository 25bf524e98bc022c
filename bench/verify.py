#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Every signature of a whole tree, beside the hash list that people keep of it, in alternation, with a warm cache.

The 6.1 tree is plain, so hashing sets the pace; the 6.12 tree is compressed by xz, and unpacking it does.
"""

import os
import sys

from measuring import HEAD, KMODSEC, compare

from lab import kernels

HASH_LIST = "find {modules} -name '*.ko*' -exec sha256sum {{}} + | sort"
UNPACK = "find {modules} -name '*.ko*' -print0 | xargs -0 -n 64 -P {processors} xz -dc"

PAIRS = (
    ("6.1", "find … -exec sha256sum {} + | sort", HASH_LIST, 0.30),
    ("6.12", "xz -dc of the same files, on all processors", UNPACK, 1.15),
)
"""Kernel, what the other command is called, the command, and the highest ratio we accept."""


def main() -> int:
    print(HEAD.format("tree"))
    slow = 0
    for flavour, name, pattern, limit in PAIRS:
        kernel = kernels.kernel(flavour)
        other = ["sh", "-c", pattern.format(modules=kernel.modules, processors=os.cpu_count())]
        result = compare([KMODSEC, "verify", "--all", "--root", str(kernel.tree)], other)
        slow += result.ratio > limit
        print(result.row(f"{flavour}, {len(kernel.dependencies)} modules", name, limit))
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
