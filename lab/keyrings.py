# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernel's keyrings and what is in them, as a guest sees them.

/proc/keys names keys and keyrings but not which is in which, and Debian's keyctl is a package of its own,
so a small program of ours asks.
"""

from pathlib import Path

from . import programs
from .results import Step

INSIDE = "/usr/bin/keyrings"
"""A guest needs `INSIDE: program()` in `programs`."""

SCRIPT = """
cat /proc/keys
echo ---
keyrings $(grep ' keyring  *\\.' /proc/keys | cut -d' ' -f1)
"""


def program() -> Path:
    """The program that asks, built once."""
    return programs.built("keyrings", "-static", "-O2")


def read(step: Step) -> dict[str, list[str]]:
    """Name of a keyring (`.machine`) → descriptions of what is in it, from a step that ran `SCRIPT`."""
    keys, _, members = step.output.partition("---\n")
    description = dict(_row(line) for line in keys.splitlines())
    found = {}
    for line in members.splitlines():
        keyring, _, serials = line.partition(":")
        found[description[keyring].split(":")[0]] = [description[serial] for serial in serials.split()]
    return found


def _row(line: str) -> tuple[str, str]:
    """Serial number and description. Between them stand seven fields (security/keys/proc.c)."""
    fields = line.split(maxsplit=8)
    return fields[0], fields[8]
