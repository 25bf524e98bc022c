# SPDX-License-Identifier: GPL-2.0-or-later
"""What a boot cost, as one line for the log of the tests: bench/tests.py reads it there."""

from collections.abc import Iterable

from .machine import Outcome
from .request import Request
from .results import Step

NAMED = 5


def of_boot(request: Request, outcome: Outcome, steps: Iterable[Step]) -> str:
    finished = sorted(steps, key=lambda step: step.began)
    ready = f"{finished[0].began:.1f}" if finished else "never"
    longest = sorted(finished, key=lambda step: step.seconds, reverse=True)[:NAMED]
    firmware = " Secure Boot" if request.secure_boot else " UEFI" if request.uefi else ""
    return (f"boot of {request.system} {request.kernel}{firmware}: {outcome.seconds:.1f} s, "
            f"{outcome.processor_seconds:.1f} s of processor, steps from {ready} on; "
            + ", ".join(f"{step.name} {step.seconds:.1f}" for step in longest))
