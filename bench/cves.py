#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What known holes add to an audit of a whole kernel: the tables, the changelog of the package, and every verdict; beside
the same audit with tables that know nothing and without that changelog. And what it takes to load the tables."""

import sys
from contextlib import ExitStack
from pathlib import Path

from measuring import KMODSEC, compare

from lab import cache, kernels
from lab.commands import run

ANY = (0, 1, 3)
GROWTH_LIMIT, LOADING_LIMIT = 0.020, 0.010
"""Seconds."""
RUNS = 21

NO_HOLES = "kmodsec known holes 1\ndate\t2099-01-01\n"


def pretend_to_run(root: Path, kernel: kernels.Kernel) -> None:
    state = root / "proc/sys/kernel"
    state.mkdir(parents=True)
    (state / "osrelease").write_text(kernel.release + "\n")
    (state / "version").write_text(f"#1 SMP PREEMPT_DYNAMIC Debian {kernel.version} (2026-11-14)\n")
    (root / "proc/modules").write_text("nf_tables 331776 0 - Live 0x0000000000000000\n")


def main() -> int:
    kernel = kernels.kernel("6.1")
    with ExitStack() as stack:
        folder = stack.enter_context(cache.scratch())
        told, silent, empty = folder / "told", folder / "silent", folder / "cves.tsv"
        for root in (told, silent):
            run("cp", "-al", kernel.tree, root)
            pretend_to_run(root, kernel)
        run("rm", "-rf", silent / "usr/share/doc")
        empty.write_text(NO_HOLES)
        with_holes = [KMODSEC, "audit", "--quiet", "--root", str(told)]
        without = [KMODSEC, "audit", "--quiet", "--root", str(silent), "--data", str(empty)]
        grown = compare(with_holes, ["true"], without=without, accepted=ANY, runs=RUNS)
    loaded = compare([KMODSEC, "data", "show"], ["true"], without=[KMODSEC, "--version"], accepted=ANY, runs=RUNS)
    print("| what | takes, ms | at most |\n| --- | ---: | ---: |")
    print(f"| `data show`, less `--version`: loading the tables | {loaded.ours * 1000:.1f} | {LOADING_LIMIT * 1000:.0f} |")
    print(f"| `audit` of a whole kernel, what known holes add | {grown.ours * 1000:.0f} | {GROWTH_LIMIT * 1000:.0f} |")
    return 0 if grown.ours <= GROWTH_LIMIT and loaded.ours <= LOADING_LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
