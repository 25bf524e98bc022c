#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Holds each reader to its size: eight times the input may cost twelve times the instructions, which
valgrind counts, and has to cost more than once, or the row does not see its input. Usage: test_scaling.py PROGRAM, where PROGRAM is kmodsec_scaling of the release build."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

MOST_TIMES = 12
LEAST_TIMES = 1.5
SKIPPED = 77


def counts(program: str, folder: Path) -> tuple[list[str], list[int]]:
    """The names of the rows, and the instructions of each piece of work."""
    output = folder / "counts"
    ran = subprocess.run(
        ["valgrind", "--tool=callgrind", "--toggle-collect=kmodsec_counted", "--dump-after=kmodsec_counted",
         "--combine-dumps=yes", f"--callgrind-out-file={output}", program],
        capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        sys.exit(f"{program} ended with {ran.returncode}: {ran.stderr[-2000:]}")
    totals = re.findall(r"^totals: (\d+)", output.read_text(), re.MULTILINE)
    return ran.stdout.splitlines(), [int(total) for total in totals]


def complaints(rows: list[str], spent: list[int]) -> Iterator[str]:
    if len(spent) < 2 * len(rows) or not rows:
        yield f"{len(rows)} rows, and {len(spent)} counts: is the function kmodsec_counted still there?"
        return
    for number, row in enumerate(rows):
        few, many = spent[2 * number], spent[2 * number + 1]
        times = many / max(few, 1)
        print(f"{times:6.1f}  {few:>12}  {many:>12}  {row}")
        if times > MOST_TIMES:
            yield f"{row}: eight times the input costs {times:.1f} times the instructions ({few}, then {many})"
        if times < LEAST_TIMES:
            yield f"{row}: eight times the input costs the same: what is counted is not about it"


def main(program: str) -> int:
    try:
        subprocess.run(["valgrind", "--version"], capture_output=True, check=True)
    except OSError:
        print("valgrind is not installed")
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        wrong = list(complaints(*counts(program, Path(folder))))
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
