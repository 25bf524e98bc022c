#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""kmodsec beside the tools it replaces, in alternation, in one boot of a whole Debian 12 in a virtual machine."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from lab.timing import Timing, race

BY_HAND = "/usr/local/bin/with_tools.sh"
RUNS = 15

PAIRS = (
    ("list", "exec kmodsec list --no-verify", "exec lsmod", 1.5),
    ("show", "exec kmodsec show --no-verify ext4", "exec modinfo ext4", 1.5),
    ("audit", "exec kmodsec audit --fail-on critical", f"exec {BY_HAND}", 1.0),
)
"""Verb, our command, the other, and the highest ratio we accept."""


def measure() -> dict[str, Timing]:
    commands = {}
    for verb, ours, other, _ in PAIRS:
        commands |= {f"{verb} ours": f"{ours} >/dev/null 2>&1", f"{verb} other": f"{other} >/dev/null 2>&1"}
    return race(commands, runs=RUNS, system="debian", kernel="6.1",
                files={BY_HAND: Path(__file__).with_name("with_tools.sh")})


def main() -> int:
    times = measure()
    print("| ours | other | ours, ms | other, ms | ratio | at most |\n| --- | --- | ---: | ---: | ---: | ---: |")
    slow = 0
    for verb, ours, other, limit in PAIRS:
        mine, theirs = times[f"{verb} ours"].median, times[f"{verb} other"].median
        slow += mine / theirs > limit
        print(f"| `{ours.removeprefix('exec ')}` | `{other.removeprefix('exec ')}` "
              f"| {mine * 1e3:.1f} | {theirs * 1e3:.1f} | {mine / theirs:.2f} | {limit} |")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
