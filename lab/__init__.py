# SPDX-License-Identifier: GPL-2.0-or-later
"""Boots real Debian kernels in QEMU and runs kmodsec in them. See README.md."""

from .booting import boot, run
from .errors import GuestError, LabError
from .results import Guest, Step

__all__ = ["Guest", "GuestError", "LabError", "Step", "boot", "run"]
