# SPDX-License-Identifier: GPL-2.0-or-later
"""A kernel module of no code: an ELF object with a .modinfo section and a build-id."""

import struct

HEADER_SIZE, SECTION_SIZE = 64, 64
PROGBITS, STRTAB, NOTE = 1, 3, 7
BUILD_ID_TYPE = 3
BUILD_ID = b"module of 20 bytes.."


def build_id_note(identifier: bytes = BUILD_ID) -> bytes:
    """As it stands in the file, and in /sys/module/NAME/notes of the loaded module."""
    return struct.pack("<III4s", 4, len(identifier), BUILD_ID_TYPE, b"GNU") + identifier


def module_file(versions: list[tuple[int, str]] | None = None, /, **fields: str | bytes) -> bytes:
    """`versions`: the checksums of the symbols that it needs."""
    modinfo = b"".join(key.encode() + b"=" + _bytes(value) + b"\0" for key, value in fields.items())
    sections = {".modinfo": (PROGBITS, modinfo), ".note.gnu.build-id": (NOTE, build_id_note())}
    if versions is not None:
        sections["__versions"] = (PROGBITS, b"".join(struct.pack("<Q56s", crc, name.encode()) for crc, name in versions))
    return _elf(sections)


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode(errors="surrogateescape")


def _elf(sections: dict[str, tuple[int, bytes]]) -> bytes:
    names = b"\0" + b"".join(name.encode() + b"\0" for name in sections) + b".shstrtab\0"
    content, headers = b"", bytes(SECTION_SIZE)
    for name, (kind, data) in {**sections, ".shstrtab": (STRTAB, names)}.items():
        headers += _section(names.index(name.encode()), kind, HEADER_SIZE + len(content), len(data))
        content += data
    return _elf_header(HEADER_SIZE + len(content), len(sections) + 2) + content + headers


def _elf_header(sections_at: int, count: int) -> bytes:
    little_endian_64_bit = b"\x7fELF\x02\x01\x01" + bytes(9)
    relocatable, x86_64, version = 1, 62, 1
    return little_endian_64_bit + struct.pack(
        "<HHIQQQIHHHHHH", relocatable, x86_64, version, 0, 0, sections_at, 0,
        HEADER_SIZE, 0, 0, SECTION_SIZE, count, count - 1,
    )


def _section(name: int, kind: int, offset: int, size: int) -> bytes:
    return struct.pack("<IIQQQQIIQQ", name, kind, 0, 0, offset, size, 0, 0, 1, 0)
