# SPDX-License-Identifier: GPL-2.0-or-later
"""`python3 -m lab demo|fetch|shell`."""

import argparse
import logging
import sys

from . import debian, demo, kernels, keyrings, own_modules, secure_boot, timing
from .booting import powered_off
from .errors import LabError
from .machine import run_interactively
from .request import Request


def fetch(_: argparse.Namespace) -> int:
    """Downloads and builds everything that a test can need."""
    for flavour in kernels.META_PACKAGES:
        kernel = kernels.kernel(flavour)
        for name in own_modules.NAMES:
            own_modules.built(name, kernel)
    for signed in (secure_boot.SHIM, secure_boot.MOK_MANAGER, secure_boot.GRUB):
        secure_boot.signed_file(signed)
    timing.stopwatch()
    keyrings.program()
    debian.installed(kernels.kernel("6.1"))
    return 0


def shell(options: argparse.Namespace) -> int:
    """Opens a shell in a small system. `poweroff -f` or Ctrl-A X ends it."""
    request = Request({}, kernel=options.kernel, cmdline=options.cmdline, modules=options.modules, dpkg=True,
                      secure_boot=options.secure_boot, files={"/lab/interactive": ""})
    with powered_off(request) as machine:
        run_interactively(machine)
    return 0


def show_demo(_: argparse.Namespace) -> int:
    """Shows what kmodsec says about a host."""
    return demo.main()


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m lab", description="Real Debian kernels in virtual machines.")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for name, function in (("demo", show_demo), ("fetch", fetch), ("shell", shell)):
        verbs.add_parser(name, help=function.__doc__).set_defaults(function=function)
    interactive = verbs.choices["shell"]
    interactive.add_argument("--kernel", default="6.1", choices=kernels.META_PACKAGES)
    interactive.add_argument("--cmdline", default="", help="added to the kernel's command line")
    interactive.add_argument("--secure-boot", action="store_true")
    interactive.add_argument("modules", nargs="*", default=["dummy", "loop"])
    return parser.parse_args()


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    chosen = options()
    try:
        return chosen.function(chosen)
    except LabError as failure:
        print(f"lab: {failure}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
