# SPDX-License-Identifier: GPL-2.0-or-later
"""The part of `/var/lib/dpkg` that says which package a kernel's files and kmod belong to."""

import hashlib
from pathlib import Path

from .filetree import FileTree
from .kernels import Kernel

DATABASE = "/var/lib/dpkg"


def add(tree: FileTree, kernel: Kernel, kmod: Path) -> None:
    """As dpkg would leave it after installing the kernel and kmod: `status`, `.list` and `.md5sums`."""
    control = kernel.tree / "DEBIAN"
    tree.file(f"{DATABASE}/info/{kernel.package}.md5sums", control / "md5sums")
    tree.file(f"{DATABASE}/info/{kernel.package}.list", _list(kernel.tree))
    digest = hashlib.md5(kmod.read_bytes(), usedforsecurity=False).hexdigest()
    tree.file(f"{DATABASE}/info/kmod.md5sums", f"{digest}  bin/kmod\n")
    tree.file(f"{DATABASE}/info/kmod.list", "/.\n/bin\n/bin/kmod\n")
    tree.file(f"{DATABASE}/status", _status((control / "control").read_text()) + _status("Package: kmod\nVersion: 30\n"))


def _list(tree: Path) -> str:
    """Every path of the package, folders before their content, beginning with the root as `/.`."""
    shipped = (path for path in tree.rglob("*") if "DEBIAN" not in path.relative_to(tree).parts)
    paths = sorted(f"/{path.relative_to(tree)}" for path in shipped)
    return "\n".join(["/.", *(path for path in paths if not _made_by_depmod(path))]) + "\n"


def _made_by_depmod(path: str) -> bool:
    name = Path(path).name
    return name.startswith("modules.") and name not in ("modules.builtin", "modules.builtin.modinfo", "modules.order")


def _status(control: str) -> str:
    first, rest = control.split("\n", 1)
    return f"{first}\nStatus: install ok installed\n{rest.rstrip()}\n\n"
