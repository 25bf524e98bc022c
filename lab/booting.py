# SPDX-License-Identifier: GPL-2.0-or-later
"""Boots a guest, runs steps in it, brings their results back. This is what tests call."""

import dataclasses
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from . import cost, debian, kernels, results, secure_boot, small, unified_image
from .errors import GuestError
from .machine import LinuxBoot, Machine, SecureBoot, UnifiedBoot
from .machine import run as run_machine
from .request import Request
from .results import Guest, Step

SYSTEMS = {"small": small.machine, "debian": debian.machine}
log = logging.getLogger("lab.boots")


def boot(steps: Mapping[str, str], **options: Any) -> Guest:
    """Runs named sh scripts in one guest. The options are the fields of `Request`."""
    request = Request(steps, **options)
    with powered_off(request) as machine:
        outcome = run_machine(machine, request.patience)
    finished = results.read(steps, outcome.results, outcome.console)
    log.info("%s", cost.of_boot(request, outcome, finished.values()))
    for name in steps:
        if name not in finished:
            reason = f"was killed in step {name}: {outcome.killed}" if outcome.killed else f"went off during step {name}"
            raise GuestError(f"the guest {reason}", outcome.console)
    return Guest(finished, outcome.console)


def run(script: str, **options: Any) -> Step:
    """Boots a guest for a single script."""
    return boot({"script": script}, **options)["script"]


@contextmanager
def powered_off(request: Request) -> Iterator[Machine]:
    """The machine for a request, ready to be switched on."""
    kernel = kernels.kernel(request.kernel)
    with SYSTEMS[request.system](request, kernel) as machine:
        assert isinstance(machine.boot, LinuxBoot)
        with _started_as_asked(machine.boot, request) as started:
            yield dataclasses.replace(machine, boot=started, stick=request.stick)


@contextmanager
def _started_as_asked(boot: LinuxBoot, request: Request) -> Iterator[LinuxBoot | SecureBoot | UnifiedBoot]:
    if request.secure_boot:
        with secure_boot.disk_for(boot, request) as signed:
            yield signed
    elif request.addons is not None:
        with unified_image.disk_for(boot, request.addons) as unified:
            yield unified
    else:
        yield boot
