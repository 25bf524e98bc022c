# SPDX-License-Identifier: GPL-2.0-or-later
"""Takes DER apart and puts it together again, rightly or in one of the ways that BER and nobody at all allows."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

CONSTRUCTED = 0x20
SEQUENCE, SET, INTEGER, OCTET_STRING, OBJECT_ID, NULL = 0x30, 0x31, 0x02, 0x04, 0x06, 0x05

Length = Literal["short", "one", "two", "three", "indefinite"]
"""How a length is written: in as few bytes as can be, in one, two or three bytes behind a first, or not at all."""

Path = tuple[int, ...]
"""Which child of which child."""


@dataclass(frozen=True)
class Element:
    """One element; a constructed one has children, another a value."""

    tag: int
    value: bytes = b""
    children: tuple["Element", ...] = field(default=())
    length: Length = "short"

    @property
    def is_constructed(self) -> bool:
        return bool(self.tag & CONSTRUCTED)

    def encoded(self) -> bytes:
        content = self.value + b"".join(child.encoded() for child in self.children)
        end = b"\0\0" if self.length == "indefinite" else b""
        return bytes([self.tag]) + _length(len(content), self.length) + content + end

    def paths(self, at: Path = ()) -> Iterator[Path]:
        """Its own one and those of all below it."""
        yield at
        for number, child in enumerate(self.children):
            yield from child.paths((*at, number))

    def at(self, path: Path) -> "Element":
        return self.children[path[0]].at(path[1:]) if path else self

    def put(self, path: Path, *elements: "Element") -> "Element":
        """Itself with others in the place of one."""
        first, *rest = path
        inside = elements if not rest else (self.children[first].put(tuple(rest), *elements),)
        return replace(self, children=(*self.children[:first], *inside, *self.children[first + 1:]))


def parse(data: bytes) -> Element:
    """The first element of the bytes, which are DER."""
    return _take(data)[0]


def object_id(dotted: str) -> Element:
    first, second, *rest = (int(number) for number in dotted.split("."))
    return Element(OBJECT_ID, bytes([first * 40 + second]) + b"".join(_base_128(number) for number in rest))


def _take(data: bytes) -> tuple[Element, bytes]:
    size, start = data[1], 2
    if size & 0x80:
        start += size & 0x7F
        size = int.from_bytes(data[2:start], "big")
    tag, value, rest = data[0], data[start : start + size], data[start + size :]
    if not tag & CONSTRUCTED:
        return Element(tag, value), rest
    children = []
    while value:
        child, value = _take(value)
        children.append(child)
    return Element(tag, children=tuple(children)), rest


def _length(size: int, form: Length) -> bytes:
    if form == "indefinite":
        return b"\x80"
    width = {"short": (size.bit_length() + 7) // 8 if size > 0x7F else 0, "one": 1, "two": 2, "three": 3}[form]
    if width == 0:
        return bytes([size])
    width = max(width, (size.bit_length() + 7) // 8)
    return bytes([0x80 | width]) + size.to_bytes(width, "big")


def _base_128(number: int) -> bytes:
    digits = [number & 0x7F]
    while number := number >> 7:
        digits.append(0x80 | number & 0x7F)
    return bytes(reversed(digits))
