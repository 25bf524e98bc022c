#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the time of a test run went, by the log that ctest keeps: the longest tests, and each boot of a virtual machine.

tests.py [LOG]: without one, that of the last `./run test`."""

import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

LAST_RUN = Path(__file__).parents[1] / "build/dev/Testing/Temporary/LastTest.log"
SHOWN = 20

NAME = re.compile(r"^\d+/\d+ Test: (\S+)$", re.MULTILINE)
SECONDS = re.compile(r"^Test time = +([\d.]+) sec$", re.MULTILINE)
BOOT = re.compile(r"\blab: boot of (.+): ([\d.]+) s, ([\d.]+) s of processor, steps from (\S+) on; (.*)$", re.MULTILINE)
"""As lab/cost.py writes it."""


@dataclass(frozen=True)
class Boot:
    what: str
    seconds: float
    of_processor: float
    ready: str
    longest_steps: str


@dataclass
class Test:
    name: str
    seconds: float
    boots: list[Boot] = field(default_factory=list)

    @property
    def group(self) -> str:
        """Tests of C++ are named by their suite, which begins with a capital."""
        first = self.name.split(".")[0]
        return first if first.islower() else "unit"


def read(text: str) -> list[Test]:
    tests = []
    starts = [*NAME.finditer(text)]
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        part = text[start.end() : following.start() if following else len(text)]
        if took := SECONDS.search(part):
            boots = [Boot(what, float(seconds), float(used), ready, steps)
                     for what, seconds, used, ready, steps in BOOT.findall(part)]
            tests.append(Test(start[1], float(took[1]), boots))
    return sorted(tests, key=lambda test: -test.seconds)


def print_groups(tests: list[Test]) -> None:
    groups: dict[str, list[Test]] = defaultdict(list)
    for test in tests:
        groups[test.group].append(test)
    print("| group | tests | seconds in all |\n| --- | ---: | ---: |")
    for name, members in sorted(groups.items(), key=lambda group: -sum(test.seconds for test in group[1])):
        print(f"| {name} | {len(members)} | {sum(test.seconds for test in members):.0f} |")


def print_longest(tests: list[Test]) -> None:
    print("\n| test | seconds |\n| --- | ---: |")
    for test in tests[:SHOWN]:
        print(f"| `{test.name}` | {test.seconds:.0f} |")


def print_boots(tests: list[Test]) -> None:
    if not any(test.boots for test in tests):
        return
    print("\n| test | boot | s | of processor | first step at | longest steps, s |\n| --- | --- | ---: | ---: | ---: | --- |")
    for test in tests:
        for boot in test.boots:
            print(f"| `{test.name}` | {boot.what} | {boot.seconds:.0f} | {boot.of_processor:.0f} | {boot.ready} | {boot.longest_steps} |")


def main(words: list[str]) -> int:
    log = Path(words[0]) if words else LAST_RUN
    if not log.exists():
        print(f"{log}: no test has run yet (./run test)")
        return 0
    tests = read(log.read_text(errors="replace"))
    print_groups(tests)
    print_longest(tests)
    print_boots(tests)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
