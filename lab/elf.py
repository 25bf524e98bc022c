# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the sections of a module are in its file."""

import struct

SECTION = struct.Struct("<IIQQQQIIQQ")
NO_BITS = 8


def sections(module: bytes) -> dict[str, range]:
    """Name → offsets of the section's bytes, for 64-bit little-endian files (elf(5))."""
    table, = struct.unpack_from("<Q", module, 0x28)
    count, index_of_names = struct.unpack_from("<HH", module, 0x3C)
    headers = [SECTION.unpack_from(module, table + number * SECTION.size) for number in range(count)]
    names = headers[index_of_names][4]
    return {_text(module, names + header[0]): range(header[4], header[4] + header[5])
            for header in headers if header[1] != NO_BITS}


def _text(data: bytes, start: int) -> str:
    return data[start : data.index(b"\0", start)].decode()
