# SPDX-License-Identifier: GPL-2.0-or-later
"""The Debian package of kmodsec, and those that it depends on, for a guest without a network."""

import os
import re
from pathlib import Path

from . import apt, cache
from .commands import run
from .errors import LabError
from .filetree import FileTree
from .programs import find

FOLDER = "/lab/packages"
MADE_IN = Path(__file__).parent.parent / "build/package"


def add(tree: FileTree, disk: Path) -> None:
    """As NAME.deb in `FOLDER`, without those that the Debian on `disk` has."""
    product = _product()
    tree.file(f"{FOLDER}/kmodsec.deb", product)
    for name in _dependencies(product) - _installed(disk):
        tree.file(f"{FOLDER}/{name}.deb", archive(name))


def _product() -> Path:
    """`$KMODSEC_DEB`, else what `./run package` made."""
    chosen = os.environ.get("KMODSEC_DEB")
    found = [Path(chosen)] if chosen else sorted(MADE_IN.glob("kmodsec_*.deb"))
    if len(found) != 1 or not found[0].is_file():
        raise LabError(f"{MADE_IN}: no package of kmodsec (./run package makes it)")
    return found[0]


def _dependencies(package: Path) -> set[str]:
    wanted = run("dpkg-deb", "--field", package, "Depends").split(",")
    return {one.split("|")[0].split()[0] for one in wanted if one.strip()}


def _installed(disk: Path) -> set[str]:
    status = run(find("debugfs"), "-R", "cat /var/lib/dpkg/status", disk)
    return set(re.findall(r"^Package: (\S+)$", status, re.MULTILINE))


def archive(name: str) -> Path:
    """A package of Debian as a file that is not compressed: a guest would take minutes to unpack it."""
    package, tree = apt.unpacked(name)
    folder = cache.entry(f"archives/{package.key}", lambda place: _pack(tree, place))
    return folder / "package.deb"


def _pack(tree: Path, folder: Path) -> None:
    run("dpkg-deb", "--root-owner-group", "-Znone", "--build", tree, folder / "package.deb")
