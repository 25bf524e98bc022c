# SPDX-License-Identifier: GPL-2.0-or-later
"""A kernel module of no code: an ELF object with a .modinfo section."""

import struct

SECTION_NAMES = b"\0.modinfo\0.shstrtab\0"
HEADER_SIZE, SECTION_SIZE = 64, 64
PROGBITS, STRTAB = 1, 3


def module_file(**fields: str) -> bytes:
    modinfo = b"".join(f"{key}={value}".encode(errors="surrogateescape") + b"\0" for key, value in fields.items())
    names_at = HEADER_SIZE + len(modinfo)
    sections_at = names_at + len(SECTION_NAMES)
    return (
        _elf_header(sections_at)
        + modinfo
        + SECTION_NAMES
        + bytes(SECTION_SIZE)
        + _section(SECTION_NAMES.index(b".modinfo"), PROGBITS, HEADER_SIZE, len(modinfo))
        + _section(SECTION_NAMES.index(b".shstrtab"), STRTAB, names_at, len(SECTION_NAMES))
    )


def _elf_header(sections_at: int) -> bytes:
    little_endian_64_bit = b"\x7fELF\x02\x01\x01" + bytes(9)
    relocatable, x86_64, version, section_count, names_index = 1, 62, 1, 3, 2
    return little_endian_64_bit + struct.pack(
        "<HHIQQQIHHHHHH", relocatable, x86_64, version, 0, 0, sections_at, 0,
        HEADER_SIZE, 0, 0, SECTION_SIZE, section_count, names_index,
    )


def _section(name: int, kind: int, offset: int, size: int) -> bytes:
    return struct.pack("<IIQQQQIIQQ", name, kind, 0, 0, offset, size, 0, 0, 1, 0)
