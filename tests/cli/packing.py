# SPDX-License-Identifier: GPL-2.0-or-later
"""Compressed files and initramfs images, made without the programs that usually make them."""

import gzip
import io
import lzma
import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from lab.filetree import FileTree, write_cpio

ZSTD_MAGIC, ZSTD_BLOCK = b"\x28\xb5\x2f\xfd", 128 * 1024
ONE_SEGMENT_WITH_SIZE = b"\xa0"


def compressed(content: bytes, ending: str) -> bytes:
    """As a file with this ending would hold it: `.xz`, `.zst`, `.gz`."""
    match ending:
        case ".xz": return lzma.compress(content, check=lzma.CHECK_CRC32)
        case ".zst": return _zstd_frame(content)
        case ".gz": return gzip.compress(content, mtime=0)
    raise ValueError(f"{ending}: no such compression")


def _zstd_frame(content: bytes) -> bytes:
    """Of blocks that are stored as they are (RFC 8878, 3.1.1): Python has no zstd."""
    starts = range(0, max(len(content), 1), ZSTD_BLOCK)
    blocks = b"".join(_zstd_block(content[at : at + ZSTD_BLOCK], at + ZSTD_BLOCK >= len(content)) for at in starts)
    return ZSTD_MAGIC + ONE_SEGMENT_WITH_SIZE + struct.pack("<I", len(content)) + blocks


def _zstd_block(content: bytes, is_last: bool) -> bytes:
    return (len(content) << 3 | is_last).to_bytes(3, "little") + content


def archive(folder: Path) -> bytes:
    """All of a folder as an initramfs holds it."""
    tree = FileTree()
    for path in sorted(folder.rglob("*")):
        inside = "/" + str(path.relative_to(folder))
        if path.is_symlink():
            tree.link(inside, str(path.readlink()))
        elif path.is_dir():
            tree.folder(inside)
        else:
            tree.file(inside, path)
    written = io.BytesIO()
    write_cpio(tree, written)
    return written.getvalue()
