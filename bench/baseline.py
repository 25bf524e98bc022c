#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A baseline of the whole 6.1 tree beside what people use for it, in alternation, with a warm cache; and of four trees."""

import sys
from pathlib import Path
from typing import NamedTuple

from measuring import HEAD, KMODSEC, RUNS, Comparison, compare
from measuring.host import make_host

from lab import cache, kernels
from lab.commands import run

HASH_LIST = "find {0}/lib/modules {0}/boot -type f -exec {1} {{}} + | sort"
AIDE = """\
database_in=file:{folder}/aide.db
database_out=file:{folder}/aide.db
database_new=file:{folder}/aide.db
report_url=stdout
{root}/lib ftype+p+u+g+s+l+m+b+X+{digests}
{root}/boot ftype+p+u+g+s+l+m+b+X+{digests}
"""
ALL_DIGESTS = "H"
"""What Debian's own settings of aide ask for."""
MOST_MEBIBYTES = 64
KERNELS = 4


class Contest(NamedTuple):
    what: str
    ours: list[str]
    name: str
    other: list[str]
    limit: float | None
    """The highest ratio that we accept; nothing where the other one is only shown."""
    runs: int = RUNS


def words_of(root: Path, action: str) -> list[str]:
    """Each `create` makes the store anew."""
    store = f"{root}.db"
    if action == "create":
        return ["sh", "-c", f'rm -f "$0"; exec {KMODSEC} baseline create --root "$1" --store "$0"', store, str(root)]
    return [KMODSEC, "baseline", action, "--root", str(root), "--store", store]


def hash_list(program: str, root: Path) -> list[str]:
    return ["sh", "-c", HASH_LIST.format(root, program)]


def aide(folder: Path, root: Path, digests: str) -> list[str]:
    settings = folder / f"aide-{digests}.conf"
    settings.write_text(AIDE.format(folder=folder / digests, root=root, digests=digests))
    (folder / digests).mkdir()
    run("aide", f"--config={settings}", "--init")
    return ["aide", f"--config={settings}", "--check"]


def contests(folder: Path, kernel: kernels.Kernel) -> list[Contest]:
    one, several = make_host(folder, kernel, 1), make_host(folder, kernel, KERNELS)
    count = f"{len(kernel.dependencies)} modules"
    create, check = words_of(one, "create"), words_of(one, "check")
    sha256sum = "find … -exec sha256sum {} + | sort"
    return [
        Contest(f"`baseline create`, {count}", create, sha256sum, hash_list("sha256sum", one), 0.35),
        Contest(f"`baseline check`, {count}", check, sha256sum, hash_list("sha256sum", one), 0.20),
        Contest(f"`baseline check`, {count}", check, "find … -exec b3sum {} + | sort", hash_list("b3sum", one), None),
        Contest(f"`baseline check`, {count}", check, "aide --check", aide(folder, one, ALL_DIGESTS), 0.125, runs=2),
        Contest(f"`baseline check`, {count}", check, "aide --check, SHA-256 alone", aide(folder, one, "sha256"), None),
        Contest(f"`baseline create`, {KERNELS} kernels", words_of(several, "create"), "the same of one", create, KERNELS * 1.1),
        Contest(f"`baseline check`, {KERNELS} kernels", words_of(several, "check"), "the same of one", check, KERNELS * 1.1),
    ]


def holds(contest: Contest, result: Comparison) -> bool:
    return result.mebibytes < MOST_MEBIBYTES and (contest.limit is None or result.ratio <= contest.limit)


def main() -> int:
    print(HEAD.format("what"))
    missed = 0
    with cache.scratch() as folder:
        for contest in contests(folder, kernels.kernel("6.1")):
            result = compare(contest.ours, contest.other, accepted=(0, 3), runs=contest.runs)
            missed += not holds(contest, result)
            print(result.row(contest.what, contest.name, contest.limit), flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
