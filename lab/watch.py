# SPDX-License-Identifier: GPL-2.0-or-later
"""Decides whether a guest that says nothing hangs, or is only slow.

How long something takes depends on the machine, so no limit here is one of the clock. A guest that says nothing is
looked at once a second. It does nothing when it used next to no processor and none of its threads waits for one; on a
busy machine a guest that waits for its turn is not idle. A machine that stands still for a minute, tests included,
makes one look of it.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
USER_TIME, SYSTEM_TIME = 11, 12
"""Fields of /proc/PID/stat, counted behind the name (proc(5))."""


RUNNABLE = "R"


@dataclass(frozen=True)
class Patience:
    """How long a guest may be silent, that is: send no byte by either of its serial ports."""

    idle: int = 300
    """Looks in which it does nothing, less those in which it does something."""
    busy: float = 900.0
    """Seconds of processor time: ten times what the longest step of any test takes on a processor of 2026."""
    idle_share: float = 0.15
    """What an idle Debian takes of a processor stays below that."""


class Watch:
    """Over one process of QEMU. `look` is called about once a second."""

    def __init__(self, process: int, ports: Sequence[Path], patience: Patience) -> None:
        self._process, self._ports, self._patience = process, ports, patience
        self._heard = -1
        self._idle, self._busy, self._looks = 0, 0.0, 0
        self.processor_seconds = 0.0
        self.given_up: str | None = None

    def look(self) -> None:
        used = self._used_since_last()
        if (heard := sum(port.stat().st_size for port in self._ports if port.exists())) != self._heard:
            self._heard, self._idle, self._busy, self._looks = heard, 0, 0.0, 0
            return
        self._looks += 1
        self._busy += used
        works = used >= self._patience.idle_share or is_runnable(self._process)
        self._idle = max(0, self._idle - 1) if works else self._idle + 1
        if self._idle >= self._patience.idle:
            self.given_up = f"it had been silent for {self._looks} s and was doing nothing"
        elif self._busy >= self._patience.busy:
            self.given_up = f"it had been silent for {self._looks} s, working for {self._busy:.0f} s of processor time"

    def _used_since_last(self) -> float:
        before = self.processor_seconds
        self.processor_seconds = max(before, processor_seconds(self._process))
        return self.processor_seconds - before


def processor_seconds(process: int) -> float:
    """What it has used so far; 0 when it is gone."""
    fields = _status(Path(f"/proc/{process}"))
    return (int(fields[USER_TIME]) + int(fields[SYSTEM_TIME])) / TICKS if fields else 0.0


def is_runnable(process: int) -> bool:
    """Whether one of its threads runs or waits for a processor."""
    return any(_status(thread)[:1] == [RUNNABLE] for thread in Path(f"/proc/{process}/task").glob("*"))


def _status(folder: Path) -> list[str]:
    try:
        return (folder / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
