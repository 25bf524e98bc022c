# SPDX-License-Identifier: GPL-2.0-or-later
"""`/lib/modules/RELEASE` as a guest has it: chosen modules, indexed by the real depmod."""

import os
from collections.abc import Iterable
from pathlib import Path

from . import cache, own_modules
from .commands import run
from .filetree import FileTree
from .kernels import Kernel

SHIPPED_BY_THE_KERNEL = ("modules.order", "modules.builtin", "modules.builtin.modinfo")
ALL = "all"


def add(tree: FileTree, kernel: Kernel, names: Iterable[str]) -> None:
    """Puts the named modules and their dependencies into `tree`; `"all"` is every one of the kernel."""
    files = {path: kernel.modules / path for path in _paths(kernel, names)} | _own_files(kernel, names)
    _add_files(tree, kernel, files)
    _add_indexes(tree, kernel, files)


def add_own(tree: FileTree, kernel: Kernel, names: Iterable[str]) -> None:
    """For a guest that has the kernel's modules already: ours among `names`, and indexes that know them."""
    own = _own_files(kernel, names)
    if own:
        _add_files(tree, kernel, own)
        _add_indexes(tree, kernel, {path: kernel.modules / path for path in kernel.dependencies} | own)


def _paths(kernel: Kernel, names: Iterable[str]) -> list[str]:
    theirs = [name for name in names if not own_modules.is_ours(name)]
    return list(kernel.dependencies) if ALL in theirs else kernel.closure(theirs)


def _own_files(kernel: Kernel, names: Iterable[str]) -> dict[str, Path]:
    built = [own_modules.built(name, kernel) for name in names if own_modules.is_ours(name)]
    return {f"updates/lab/{file.name}": file for file in built}


def _add_files(tree: FileTree, kernel: Kernel, files: dict[str, Path]) -> None:
    for path, source in files.items():
        tree.file(f"/lib/modules/{kernel.release}/{path}", source)


def _add_indexes(tree: FileTree, kernel: Kernel, files: dict[str, Path]) -> None:
    with cache.scratch() as folder:
        place = folder / "lib/modules" / kernel.release
        for path, source in files.items():
            _hard_link(source, place / path)
        for name in SHIPPED_BY_THE_KERNEL:
            _hard_link(kernel.modules / name, place / name)
        run("depmod", "-b", folder, kernel.release)
        for index in place.glob("modules.*"):
            tree.file(f"/lib/modules/{kernel.release}/{index.name}", index.read_bytes())


def _hard_link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    os.link(source, target)
