# SPDX-License-Identifier: GPL-2.0-or-later
"""The program ended or failed at one of the calls by which it changes a file."""

import os
from pathlib import Path

INTERRUPT = os.environ["KMODSEC_INTERRUPT"]
KILL = "kill"


def interruption(at: int, with_: str, count: Path | None = None) -> dict[str, str]:
    """What to add to the environment. `with_` is `KILL` or the number of an error; how many calls there were goes to `count`."""
    added = {
        "LD_PRELOAD": INTERRUPT, "INTERRUPT_AT": str(at), "INTERRUPT_WITH": with_,
        "ASAN_OPTIONS": "verify_asan_link_order=0:detect_leaks=0",
    }
    return {**added, "INTERRUPT_COUNT": str(count)} if count else added
