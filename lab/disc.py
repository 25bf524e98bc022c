# SPDX-License-Identifier: GPL-2.0-or-later
"""Images of small file systems: a CD (ISO 9660) and a FAT disk, each with one file."""

import struct
from pathlib import Path

from .commands import run

SECTOR = 2048
ROOT, CONTENT = 20, 21
"""Sectors of the folder and of the file."""


def _both(number: int) -> bytes:
    """As ISO 9660 has its numbers: little endian, then big endian."""
    return struct.pack("<I", number) + struct.pack(">I", number)


def _both16(number: int) -> bytes:
    return struct.pack("<H", number) + struct.pack(">H", number)


def _record(name: bytes, sector: int, size: int, is_folder: bool) -> bytes:
    date = bytes([126, 1, 1, 0, 0, 0, 0])
    body = b"\0" + _both(sector) + _both(size) + date + bytes([2 if is_folder else 0, 0, 0]) + _both16(1)
    record = body + bytes([len(name)]) + name
    record += b"\0" * ((len(record) + 1) % 2)
    return bytes([len(record) + 1]) + record


def _sector(content: bytes) -> bytes:
    return content.ljust(SECTOR, b"\0")


def iso(content: bytes) -> bytes:
    """A CD with the file HELLO.TXT."""
    root = _record(b"\0", ROOT, SECTOR, True)
    names = b"".join([b"\x01CD001\x01\0", b" " * 32, b"LAB".ljust(32), b"\0" * 8])
    sizes = b"".join([_both(CONTENT + 1), b"\0" * 32, _both16(1), _both16(1), _both16(SECTOR), _both(10)])
    tables = struct.pack("<II", 18, 0) + struct.pack(">II", 19, 0)
    texts = b" " * (4 * 128 + 3 * 37) + (b"0" * 16 + b"\0") * 4 + b"\x01"
    paths = [b"\x01\0" + struct.pack(order, ROOT) + struct.pack(order[0] + "H", 1) + b"\0\0" for order in ("<I", ">I")]
    folder = root + _record(b"\x01", ROOT, SECTOR, True) + _record(b"HELLO.TXT;1", CONTENT, len(content), False)
    sectors = [names + sizes + tables + root + texts, b"\xffCD001\x01", *paths, folder, content]
    return b"\0" * (16 * SECTOR) + b"".join(map(_sector, sectors))


def fat(image: Path, content: Path) -> Path:
    """A disk without partitions, with the file as HELLO.TXT."""
    with image.open("wb") as empty:
        empty.truncate(16 << 20)
    run("mformat", "-i", image, "::")
    run("mcopy", "-i", image, content, "::HELLO.TXT")
    return image
