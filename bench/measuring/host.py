# SPDX-License-Identifier: GPL-2.0-or-later
"""A host with several kernels, of hard links to the files of one, and with what dpkg knows of the first."""

import os
from pathlib import Path

from lab import dpkg
from lab.commands import run
from lab.filetree import FileTree
from lab.kernels import Kernel


def make_host(folder: Path, kernel: Kernel, count: int) -> Path:
    """`folder` has to be on the file system of the lab's cache."""
    root = folder / f"host-{count}"
    for path in ("lib/modules", "boot", "etc"):
        (root / path).mkdir(parents=True)
    for number in range(count):
        release = f"{kernel.release}-{number}" if number else kernel.release
        run("cp", "-al", kernel.modules, root / "lib/modules" / release)
        os.link(kernel.image, root / "boot" / f"vmlinuz-{release}")
    _write(root, kernel)
    return root


def _write(root: Path, kernel: Kernel) -> None:
    records = FileTree()
    dpkg.add(records, kernel)
    for path, node in records.nodes():
        place = root / path
        if path.startswith(dpkg.DATABASE.lstrip("/")) and node.content:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(node.data())
