# SPDX-License-Identifier: GPL-2.0-or-later
"""Programs that load a module by a system call of their own, for one word size each."""

from pathlib import Path
from typing import Literal

from . import programs

FREESTANDING = ("-static", "-nostdlib", "-fno-pie", "-no-pie", "-fno-stack-protector", "-O1")


def caller(bits: Literal[32, 64]) -> Path:
    """`FILE` is its only argument. It needs no library, so that the host needs none for 32 bits."""
    return programs.built("module_call", f"-m{bits}", *FREESTANDING)
