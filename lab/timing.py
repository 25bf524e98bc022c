# SPDX-License-Identifier: GPL-2.0-or-later
"""Measures commands against each other inside a guest.

Emulation slows every instruction, so the numbers compare commands with each other; they say
nothing about real hardware. Each command is started by `sh -c`; `exec` in front saves the shell's fork.
"""

import shlex
import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import programs
from .booting import boot
from .errors import LabError
from .results import Step

INSIDE = "/usr/bin/stopwatch"


@dataclass(frozen=True)
class Timing:
    """What the runs of one command took, in seconds."""

    command: str
    seconds: tuple[float, ...]
    exit_code: int

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def spread(self) -> float:
        """Between the quartiles, so that one slow run does not count."""
        low, _, high = statistics.quantiles(self.seconds, n=4)
        return high - low


def race(commands: Mapping[str, str], runs: int = 15, setup: str = ":", **options: Any) -> dict[str, Timing]:
    """Boots a guest, runs `setup`, then each command in turn, `runs` times over (one more as warm-up)."""
    options["programs"] = {INSIDE: stopwatch(), **options.get("programs", {})}
    guest = boot({"setup": setup, "warm up": script(commands, 1), "race": script(commands, runs)}, **options)
    if guest["setup"].exit_code != 0:
        raise LabError(f"the preparation failed: {guest['setup']}")
    return read(commands, guest["race"])


def script(commands: Mapping[str, str], runs: int) -> str:
    """For a test that has its own boot: a step that measures. Its guest needs `INSIDE: stopwatch()` in `programs`."""
    return shlex.join(["stopwatch", str(runs), *commands.values()])


def read(commands: Mapping[str, str], step: Step) -> dict[str, Timing]:
    """The measurements that such a step printed, by the names of the commands."""
    return {name: Timing(command, tuple(n / 1e9 for n in measured["nanoseconds"]), measured["exit_code"])
            for (name, command), measured in zip(commands.items(), step.json, strict=True)}


def stopwatch() -> Path:
    """The program that measures, built once."""
    return programs.built("stopwatch", "-static", "-O2")
