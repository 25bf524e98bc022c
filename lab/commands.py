# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs a program of the host."""

import subprocess
from pathlib import Path

from .errors import LabError


def run(*arguments: str | Path, cwd: Path | None = None) -> str:
    """What the program printed; a LabError with its last words when it fails."""
    words = [str(argument) for argument in arguments]
    try:
        done = subprocess.run(words, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except FileNotFoundError as missing:
        raise LabError(f"{words[0]}: not installed (see lab/README.md for the packages)") from missing
    if done.returncode != 0:
        complaint = (done.stderr or done.stdout).decode(errors="replace").strip().splitlines()[-3:]
        raise LabError(f"{words[0]} failed: {' | '.join(complaint) or f'exit code {done.returncode}'}")
    return done.stdout.decode(errors="replace")
