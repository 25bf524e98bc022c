# SPDX-License-Identifier: GPL-2.0-or-later
"""The laboratory's own kernel modules (sources in `modules/`), built against Debian's headers.

None is signed, and all are out of tree. Each has parameters, so that they can be listed and set.
"""

import logging
from pathlib import Path

from . import apt, cache
from .commands import run
from .errors import LabError
from .kernels import Kernel, module_name

log = logging.getLogger("lab")

SOURCES = Path(__file__).parent / "modules"
WITHOUT_BTF = ("CONFIG_DEBUG_INFO_BTF_MODULES=",)  # else the 6.12 headers call pahole
NAMES = frozenset(source.stem for source in SOURCES.glob("*.c"))


def is_ours(name: str) -> bool:
    return module_name(name) in NAMES


def built(name: str, kernel: Kernel) -> Path:
    """The `.ko` of one of our modules for a kernel."""
    headers = apt.candidate(f"linux-headers-{kernel.release}")
    folder = cache.entry(f"modules/{headers.key}-{_digest_of_sources()}", lambda folder: _build(kernel, folder))
    return folder / f"{module_name(name)}.ko"


def _digest_of_sources() -> str:
    sources = sorted(SOURCES.iterdir())
    return cache.digest(*(part for source in sources for part in (source.name, source.read_bytes())))


def _build(kernel: Kernel, folder: Path) -> None:
    log.info("building our modules for %s", kernel.release)
    with cache.scratch() as work:
        headers = _headers(kernel, work)
        for source in SOURCES.iterdir():
            (work / source.name).write_bytes(source.read_bytes())
        run("make", "-s", "-C", headers, f"M={work}", *WITHOUT_BTF, "modules")
        for module in work.glob("*.ko"):
            module.rename(folder / module.name)


def _headers(kernel: Kernel, work: Path) -> Path:
    """Debian's three header packages as if they were installed in `work`, linked to each other.

    The one absolute path in them is in the Makefile of the flavour, which includes the common one.
    """
    flavour, _ = apt.unpacked(f"linux-headers-{kernel.release}")
    common = _dependency(flavour, "linux-headers-")
    for name in (flavour.name, common, _dependency(flavour, "linux-kbuild-")):
        run("cp", "-al", apt.unpacked(name)[1] / "usr", work)
    makefile = work / "usr/src" / flavour.name / "Makefile"
    makefile.unlink()
    makefile.write_text(f"include {work}/usr/src/{common}/Makefile\n")
    return makefile.parent


def _dependency(package: apt.Package, prefix: str) -> str:
    for name in package.depends:
        if name.startswith(prefix):
            return name
    raise LabError(f"{package.key}: depends on no package {prefix}*")
