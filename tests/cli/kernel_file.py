# SPDX-License-Identifier: GPL-2.0-or-later
"""A kernel image of no code: an ELF file with a build-id, a banner and the certificates it trusts."""

import struct

from module_file import build_id_note

BUILD_ID = b"kernel of 20 bytes.."
NOTE_SEGMENT = 4
HEADER_SIZE, SEGMENT_SIZE = 64, 56


def kernel_file(release: str, version: str, *certificates: bytes) -> bytes:
    """`version` is what `uname -v` prints of it."""
    note = build_id_note(BUILD_ID)
    banner = f"Linux version {release} (builder@host) (gcc 12.2.0) {version}\n".encode()
    start = HEADER_SIZE + SEGMENT_SIZE
    return _header() + _segment(start, len(note)) + _padded(note + banner) + _trusted(certificates)


def _header() -> bytes:
    identity = b"\x7fELF\x02\x01\x01" + bytes(9)
    executable, x86_64, version, segments = 2, 62, 1, 1
    return identity + struct.pack("<HHIQQQIHHHHHH", executable, x86_64, version, 0, HEADER_SIZE, 0, 0,
                                  HEADER_SIZE, SEGMENT_SIZE, segments, 0, 0, 0)


def _segment(offset: int, size: int) -> bytes:
    return struct.pack("<IIQQQQQQ", NOTE_SEGMENT, 0, offset, 0, 0, size, size, 4)


def _trusted(certificates: tuple[bytes, ...]) -> bytes:
    """The list, its size, and the size of its first (linux: certs/system_certificates.S)."""
    joined = b"".join(certificates)
    return _padded(joined) + struct.pack("<QQ", len(joined), len(certificates[0]))


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 8)
