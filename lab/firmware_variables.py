# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes variables into the file where OVMF keeps them, as if firmware had stored them in an earlier boot.

The store, all numbers little-endian (edk2: MdeModulePkg/Include/Guid/VariableFormat.h):

    firmware volume   … │ "_FVH" at 40 │ attributes (4) │ header length at 48 (2) │ …
    store             GUID of authenticated variables (16) │ size (4) │ format, state, reserved (8)
    variable          start 0x55AA (2) │ state (1) │ 0 (1) │ attributes (4) │ monotonic count (8) │ time stamp (16)
                      │ public key index (4) │ size of name (4) │ size of data (4) │ vendor GUID (16)
                      │ name in UTF-16 with its 0 │ data │ up to a multiple of 4
    variable          …
    free space        0xFF …
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from .errors import LabError

SECURITY_DATABASES = UUID("d719b2cb-3d3a-4596-a3bc-dad00e67656f")
"""Vendor of db and dbx."""
SHIM = UUID("605dab50-e046-4300-abb6-3dd810dd8b23")
AUTHENTICATED_VARIABLES = UUID("aaf32c78-947b-439a-a180-2e144ec37792")
STORE = struct.Struct("<16sI8x")
VARIABLE = struct.Struct("<HBxIQ16sIII16s")
START = 0x55AA
OFFSET_OF_STATE = 2
ADDED, DELETED = 0x3F, 0xFD
NON_VOLATILE, BOOT_SERVICES = 1, 2


class Variable(NamedTuple):
    """One that only boot loaders see: shim ignores its own when an operating system could have written them."""

    name: str
    data: bytes
    vendor: UUID = SHIM
    attributes: int = NON_VOLATILE | BOOT_SERVICES
    time: bytes = bytes(16)

    def stored(self) -> bytes:
        name = f"{self.name}\0".encode("utf-16-le")
        header = VARIABLE.pack(START, ADDED, self.attributes, 0, self.time, 0, len(name), len(self.data),
                               self.vendor.bytes_le)
        return header + name + self.data

    @property
    def identity(self) -> tuple[UUID, str]:
        return self.vendor, self.name


def append(store: Path, *variables: Variable) -> None:
    """Adds variables. Where the file has one already, the data is put after what it has."""
    flash = bytearray(store.read_bytes())
    start, end = _borders(flash)
    free = _first_free(flash, start)
    for variable in variables:
        stored = _withdrawn(flash, start, variable).stored()
        if free + len(stored) > end:
            raise LabError(f"{store}: no room for the variable {variable.name}")
        flash[free : free + len(stored)] = stored
        free = _aligned(free + len(stored))
    store.write_bytes(flash)


def _borders(flash: bytes) -> tuple[int, int]:
    """The place of the first variable, and the end of the store."""
    (start,) = struct.unpack_from("<H", flash, 48)
    guid, size = STORE.unpack_from(flash, start)
    if flash[40:44] != b"_FVH" or guid != AUTHENTICATED_VARIABLES.bytes_le:
        raise LabError("the firmware's variables are not stored as expected")
    return start + STORE.size, start + size


def _withdrawn(flash: bytearray, start: int, variable: Variable) -> Variable:
    """The variable with the data it has so far in front; its old place is marked as deleted."""
    for place, old in _variables(flash, start):
        if old.identity == variable.identity and flash[place + OFFSET_OF_STATE] == ADDED:
            flash[place + OFFSET_OF_STATE] &= DELETED
            return old._replace(data=old.data + variable.data)
    return variable


def _first_free(flash: bytes, start: int) -> int:
    place = start
    for place, last in _variables(flash, start):
        place = _aligned(place + len(last.stored()))
    return place


def _variables(flash: bytes, place: int) -> Iterator[tuple[int, Variable]]:
    """Every variable and its place, those that were deleted as well."""
    while struct.unpack_from("<H", flash, place)[0] == START:
        _, _, attributes, _, time, _, size_of_name, size_of_data, vendor = VARIABLE.unpack_from(flash, place)
        start_of_data = place + VARIABLE.size + size_of_name
        name = flash[place + VARIABLE.size : start_of_data].decode("utf-16-le").rstrip("\0")
        data = bytes(flash[start_of_data : start_of_data + size_of_data])
        yield place, Variable(name, data, UUID(bytes_le=vendor), attributes, time)
        place = _aligned(start_of_data + size_of_data)


def _aligned(place: int) -> int:
    return -(-place // 4) * 4
