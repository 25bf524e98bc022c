#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Every signature of a whole tree, beside the hash list that people keep of it, in alternation, with a warm cache.

The 6.1 tree is plain, so hashing sets the pace; the 6.12 tree is compressed by xz, and unpacking it does.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

TREE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TREE))

from lab import kernels

KMODSEC = os.environ.get("KMODSEC_BIN", str(TREE / "build/release/kmodsec"))
RUNS = 7
HASH_LIST = "find {modules} -name '*.ko*' -exec sha256sum {{}} + | sort"
UNPACK = "find {modules} -name '*.ko*' -print0 | xargs -0 -n 64 -P {processors} xz -dc"

PAIRS = (
    ("6.1", "find … -exec sha256sum {} + | sort", HASH_LIST, 0.30),
    ("6.12", "xz -dc of the same files, on all processors", UNPACK, 1.15),
)
"""Kernel, what the other command is called, the command, and the highest ratio we accept."""


class Run(NamedTuple):
    seconds: float
    mebibytes: float
    """The largest resident set of the command itself."""


def run(command: list[str]) -> Run:
    start = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{command[:3]} failed")
    return Run(time.monotonic() - start, usage.ru_maxrss / 1024)


def main() -> int:
    print("| tree | ours, s | ours, MiB | other | other, s | ratio | at most |"
          "\n| --- | ---: | ---: | --- | ---: | ---: | ---: |")
    slow = 0
    for flavour, name, pattern, limit in PAIRS:
        kernel = kernels.kernel(flavour)
        other = ["sh", "-c", pattern.format(modules=kernel.modules, processors=os.cpu_count())]
        ours = [KMODSEC, "verify", "--all", "--root", str(kernel.tree)]
        run(other), run(ours)
        pairs = [(run(ours), run(other)) for _ in range(RUNS)]
        mine, theirs = (median(one.seconds for one in column) for column in zip(*pairs, strict=True))
        peak = max(ours.mebibytes for ours, _ in pairs)
        slow += mine / theirs > limit
        print(f"| {flavour}, {len(kernel.dependencies)} modules | {mine:.2f} | {peak:.0f} | `{name}` | {theirs:.2f} "
              f"| {mine / theirs:.2f} | {limit} |")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
