# SPDX-License-Identifier: GPL-2.0-or-later
"""Commands beside each other on this machine, in alternation, with a warm cache."""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

TREE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TREE))

KMODSEC = os.environ.get("KMODSEC_BIN", str(TREE / "build/release/kmodsec"))
RUNS = 7
HEAD = "| {} | ours, s | ours, MiB | other | other, s | ratio | at most |\n| --- | ---: | ---: | --- | ---: | ---: | ---: |"


class Run(NamedTuple):
    seconds: float
    mebibytes: float
    """The largest resident set of the command itself."""


class Comparison(NamedTuple):
    ours: float
    other: float
    mebibytes: float

    @property
    def ratio(self) -> float:
        return self.ours / self.other

    def row(self, what: str, other: str, limit: float | None) -> str:
        return (f"| {what} | {self.ours:.2f} | {self.mebibytes:.0f} | `{other}` | {self.other:.2f} "
                f"| {self.ratio:.2f} | {limit or ''} |")


def run(command: list[str], accepted: tuple[int, ...] = (0,)) -> Run:
    start = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in accepted:
        raise SystemExit(f"{command[:3]} failed")
    return Run(time.monotonic() - start, usage.ru_maxrss / 1024)


def compare(ours: list[str], other: list[str], without: list[str] | None = None,
            accepted: tuple[int, ...] = (0,), runs: int = RUNS) -> Comparison:
    """`without` is ours with less to do: what it takes does not count. `accepted`: exit codes of ours."""
    def once() -> tuple[Run, float, float]:
        less = run(without, accepted).seconds if without else 0.0
        return run(ours, accepted), less, run(other).seconds

    once()
    mine, less, theirs = zip(*(once() for _ in range(runs)), strict=True)
    seconds = median(run.seconds - part for run, part in zip(mine, less, strict=True))
    return Comparison(seconds, median(theirs), max(run.mebibytes for run in mine))
