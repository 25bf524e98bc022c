# SPDX-License-Identifier: GPL-2.0-or-later
"""An EFI system partition: a FAT file system that fills its disk."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from .commands import run

MIB = 1 << 20


def make(image: Path, files: Mapping[str, Path]) -> None:
    """Path in the file system → file of the host."""
    size = sum(file.stat().st_size for file in files.values()) + 64 * MIB
    with image.open("wb") as empty:
        empty.truncate(-(-size // MIB) * MIB)
    run("mformat", "-i", image, "-F", "::")
    for folder in sorted({str(parent) for path in files for parent in PurePosixPath(path).parents} - {"."}):
        run("mmd", "-i", image, f"::{folder}")
    for path, file in files.items():
        run("mcopy", "-i", image, file, f"::{path}")
