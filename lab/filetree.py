# SPDX-License-Identifier: GPL-2.0-or-later
"""A tree of files in memory, written out as an initramfs (cpio) or as a tar."""

import io
import stat
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

MERGED_INTO_USR = {"bin", "sbin", "lib", "lib64"}


@dataclass(frozen=True)
class Node:
    """A file (its bytes, or where the host has them), a folder or a symbolic link."""

    mode: int
    content: bytes | Path = b""

    def data(self) -> bytes:
        return self.content.read_bytes() if isinstance(self.content, Path) else self.content


class FileTree:
    """Paths are absolute inside the guest. `/bin`, `/sbin` and `/lib` are links into `/usr`, as in Debian."""

    def __init__(self) -> None:
        self._nodes: dict[str, Node] = {}

    def file(self, path: str, content: bytes | str | Path, mode: int = 0o644) -> None:
        data = content.encode() if isinstance(content, str) else content
        self._put(path, Node(stat.S_IFREG | mode, data))

    def program(self, path: str, content: bytes | str | Path) -> None:
        self.file(path, content, 0o755)

    def folder(self, path: str, mode: int = 0o755) -> None:
        self._put(path, Node(stat.S_IFDIR | mode))

    def link(self, path: str, target: str) -> None:
        self._put(path, Node(stat.S_IFLNK | 0o777, target.encode()))

    def __contains__(self, path: str) -> bool:
        return _merged(path) in self._nodes

    def nodes(self) -> Iterator[tuple[str, Node]]:
        """Relative paths, every folder before what is in it."""
        yield from sorted(self._nodes.items())

    def _put(self, path: str, node: Node) -> None:
        relative = _merged(path)
        for parent in reversed(PurePosixPath(relative).parents[:-1]):
            self._nodes.setdefault(str(parent), Node(stat.S_IFDIR | 0o755))
        self._nodes[relative] = node


def _merged(path: str) -> str:
    relative = path.lstrip("/")
    first, slash, _ = relative.partition("/")
    return f"usr/{relative}" if slash and first in MERGED_INTO_USR else relative


def write_cpio(tree: FileTree, file: BinaryIO) -> None:
    """The "newc" format that the kernel unpacks (Documentation/driver-api/early-userspace/buffer-format.rst)."""
    for number, (path, node) in enumerate(tree.nodes(), start=1):
        _write_cpio_member(file, path, node.mode, number, node.data())
    _write_cpio_member(file, "TRAILER!!!", 0, 0, b"")


def _write_cpio_member(file: BinaryIO, path: str, mode: int, inode: int, data: bytes) -> None:
    name = path.encode() + b"\0"
    fields = [inode, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name), 0]
    header = b"070701" + b"".join(b"%08X" % field for field in fields) + name
    file.write(_padded(header))
    file.write(_padded(data))


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def write_tar(tree: FileTree, file: BinaryIO) -> None:
    """For `tar -x` in the guest; everything belongs to root."""
    with tarfile.open(fileobj=file, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for path, node in tree.nodes():
            archive.addfile(*_tar_member(path, node))


def _tar_member(path: str, node: Node) -> tuple[tarfile.TarInfo, BinaryIO | None]:
    member = tarfile.TarInfo(path)
    member.mode = stat.S_IMODE(node.mode)
    if stat.S_ISDIR(node.mode):
        member.type = tarfile.DIRTYPE
        return member, None
    data = node.data()
    if stat.S_ISLNK(node.mode):
        member.type, member.linkname = tarfile.SYMTYPE, data.decode()
        return member, None
    member.size = len(data)
    return member, io.BytesIO(data)
