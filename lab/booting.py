# SPDX-License-Identifier: GPL-2.0-or-later
"""Boots a guest, runs steps in it, brings their results back. This is what tests call."""

import dataclasses
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from . import debian, kernels, results, secure_boot, small
from .errors import GuestError
from .machine import LinuxBoot, Machine
from .machine import run as run_machine
from .request import Request
from .results import Guest, Step

SYSTEMS = {"small": small.machine, "debian": debian.machine}
TIME_LIMITS = {"small": 400.0, "debian": 1800.0}


def boot(steps: Mapping[str, str], **options: Any) -> Guest:
    """Runs named sh scripts in one guest. The options are the fields of `Request`."""
    request = Request(steps, **options)
    with powered_off(request) as machine:
        outcome = run_machine(machine, request.timeout or TIME_LIMITS[request.system])
    finished = results.read(steps, outcome.results, outcome.console)
    for name in steps:
        if name not in finished:
            raise GuestError(f"the guest went off during step {name}", outcome.console)
    return Guest(finished, outcome.console)


def run(script: str, **options: Any) -> Step:
    """Boots a guest for a single script."""
    return boot({"script": script}, **options)["script"]


@contextmanager
def powered_off(request: Request) -> Iterator[Machine]:
    """The machine for a request, ready to be switched on."""
    kernel = kernels.kernel(request.kernel)
    with SYSTEMS[request.system](request, kernel) as machine:
        if not request.secure_boot:
            yield machine
            return
        assert isinstance(machine.boot, LinuxBoot)
        with secure_boot.disk_for(machine.boot, request) as signed_boot:
            yield dataclasses.replace(machine, boot=signed_boot)
