# SPDX-License-Identifier: GPL-2.0-or-later
"""Programs of the host, put into a guest together with the shared libraries that they need."""

import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from . import cache
from .commands import run
from .errors import LabError
from .filetree import FileTree

PRODUCT = "build/release/kmodsec"
OPENED_BY_PRODUCT = "libkmod.so.2"
"""What the product loads while it runs, so that ldd(1) does not know of it."""


def product(chosen: Path | None = None) -> Path:
    """The kmodsec binary: the one asked for, else `$KMODSEC_BIN`, else the release build of this tree."""
    default = Path(__file__).parent.parent / PRODUCT
    binary = chosen or Path(os.environ.get("KMODSEC_BIN") or default)
    if not binary.is_file():
        raise LabError(f"{binary}: not built yet (build it, or set KMODSEC_BIN)")
    return binary.resolve()


def find(name: str) -> Path:
    """A program of the host, wherever Debian keeps it."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/bin:/sbin:/bin")
    if found is None:
        raise LabError(f"{name}: not installed (see lab/README.md for the packages)")
    return Path(found)


def built(name: str, *flags: str) -> Path:
    """A program of ours for guests, made of `guest/NAME.c`, once for these flags of the compiler."""
    source = Path(__file__).parent / f"guest/{name}.c"
    recipe = cache.digest(source.read_bytes(), *flags)
    folder = cache.entry(f"programs/{name}-{recipe}", lambda place: _build(source, flags, place))
    return folder / name


def _build(source: Path, flags: Iterable[str], folder: Path) -> None:
    run("gcc", *flags, "-o", folder / source.stem, source)


def add(tree: FileTree, path: str, binary: Path, already_there: Iterable[str] = ()) -> None:
    """Puts `binary` at `path`, and beside it the libraries that the guest does not have."""
    tree.program(path, binary)
    for needed in set(libraries(binary)) - set(already_there):
        tree.program(needed, Path(needed).resolve())


def library(name: str) -> Path:
    """A shared library of the host, as its dynamic linker finds it."""
    found = re.search(rf"^\s*{re.escape(name)} .*=> (/\S+)$", run(find("ldconfig"), "-p"), re.MULTILINE)
    if found is None:
        raise LabError(f"{name}: not installed (see packaging/dependencies.tsv)")
    return Path(found[1])


def libraries(binary: Path) -> list[str]:
    """What the dynamic linker would load, the linker itself included. Empty for a static program."""
    try:
        listing = run("ldd", binary)
    except LabError:
        return []
    if missing := re.findall(r"^\s*(\S+) => not found", listing, re.MULTILINE):
        raise LabError(f"{binary}: needs {', '.join(missing)}, which this machine does not have")
    return re.findall(r"(/\S+) \(0x", listing)
