#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What a clean build costs: processor seconds in all, the slowest units, how much a touched header rebuilds, and how
long it takes until the program is there again after a change.

Nothing is taken from ccache. `bench/build.py dev` measures another preset than the release, and a folder behind that
(`bench/build.py release ../ninja`) is a CMake project whose build is measured beside it, to tell machines apart.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

TREE = Path(__file__).resolve().parent.parent
GOALS = {"release": 540, "dev": 840}
"""Processor seconds."""
DEAREST_UNIT = 20.0
"""Seconds that one unit may take."""
SHOWN = 10
CHANGES = {"src/analyze/signatures/trust.cpp": 20.0, "src/model/policy/policy.hpp": 90.0}
"""Seconds until the program is there again."""


def processor_seconds(*command: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "CCACHE_DISABLE": "1"}
    subprocess.run(command, check=True, cwd=TREE, env=environment, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def unit_seconds(build: Path) -> list[tuple[float, str]]:
    """How long each unit took, the slowest first."""
    rows = (line.split("\t") for line in (build / ".ninja_log").read_text().splitlines() if not line.startswith("#"))
    units = {row[3]: (int(row[1]) - int(row[0])) / 1000 for row in rows if row[3].endswith(".o")}
    return sorted(((seconds, name) for name, seconds in units.items()), reverse=True)


def units_behind_headers(build: Path) -> Counter[str]:
    """How many units each header of the project is compiled into."""
    listed = subprocess.run(["ninja", "-C", str(build), "-t", "deps"], check=True, capture_output=True, text=True)
    headers = (line.strip() for line in listed.stdout.splitlines() if line.startswith(" "))
    source = f"{TREE / 'src'}/"
    return Counter(header.removeprefix(source) for header in headers if header.startswith(source) and header.endswith(".hpp"))


@contextmanager
def changed_now(file: Path) -> Iterator[None]:
    """Only its time, and that for a while: what else is built of this tree stays as it is."""
    before = file.stat()
    os.utime(file)
    try:
        yield
    finally:
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def measure_changes(folder: str) -> bool:
    """Whether the program is there in time after each of the changes."""
    rows, met = [], True
    for name, goal in CHANGES.items():
        with changed_now(TREE / name):
            begin = time.monotonic()
            seconds = processor_seconds("cmake", "--build", folder, "--target", "kmodsec")
            elapsed = time.monotonic() - begin
        rows.append(f"{elapsed:6.1f} s, goal {goal:.0f}; {seconds:6.1f} processor seconds  {name}")
        met = met and elapsed <= goal
    show("Until the program is there after a change", rows)
    return met


def show(title: str, rows: Iterable[str]) -> None:
    print(f"\n{title}\n")
    for row in rows:
        print(f"  {row}")


def measure(preset: str) -> bool:
    """Whether all goals are met."""
    with tempfile.TemporaryDirectory(prefix="kmodsec-build-") as folder:
        build = Path(folder)
        seconds = processor_seconds("cmake", "--preset", preset, "-B", folder)
        seconds += processor_seconds("cmake", "--build", folder)
        units = unit_seconds(build)
        print(f"{preset}: {seconds:.0f} processor seconds, goal {GOALS[preset]}; {len(units)} units")
        show(f"The dearest units, goal {DEAREST_UNIT:.0f} s", (f"{time:6.1f} s  {name}" for time, name in units[:SHOWN]))
        behind = units_behind_headers(build).most_common(SHOWN)
        show("Units that a touched header rebuilds", (f"{count:6}  {name}" for name, count in behind))
        in_time = measure_changes(folder)
        return in_time and seconds <= GOALS[preset] and units[0][0] <= DEAREST_UNIT


def measure_other(source: str) -> None:
    with tempfile.TemporaryDirectory(prefix="kmodsec-build-") as folder:
        seconds = processor_seconds("cmake", "-S", source, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release")
        seconds += processor_seconds("cmake", "--build", folder)
    print(f"\n{source}: {seconds:.0f} processor seconds")


def main(preset: str = "release", other: str | None = None) -> int:
    met = measure(preset)
    if other:
        measure_other(other)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
