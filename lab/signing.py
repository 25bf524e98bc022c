# SPDX-License-Identifier: GPL-2.0-or-later
"""Signs modules as the kernel's `scripts/sign-file.c` does, and spoils signed ones in chosen places.

A signed module, from its beginning (kernel/module_signature.c):

    content    │ the ELF file; these bytes are signed
    signature  │ CMS SignedData in DER, without the content
    trailer    │ algo hash id_type signer_len key_id_len 0 0 0, then the signature's length: 32 bits, big-endian
    magic      │ "~Module signature appended~\\n"

Everything here takes the bytes of a file and returns the bytes of another.
"""

import gzip
import lzma
import struct
from pathlib import Path
from typing import NamedTuple

from . import cache, elf
from .commands import run
from .keys import Key

MAGIC = b"~Module signature appended~\n"
TRAILER = struct.Struct(">BBBBB3xI")
PKCS7 = 2
"""The only id_type that the kernel knows (enum pkey_id_type)."""


class Parts(NamedTuple):
    """A signed module, taken apart."""

    content: bytes
    signature: bytes
    trailer: bytes

    def joined(self) -> bytes:
        return self.content + self.signature + self.trailer + MAGIC


def split(module: bytes) -> Parts:
    """Only the last signature is split off: an inner one is content, to the kernel too."""
    if not module.endswith(MAGIC):
        raise ValueError("the module is not signed")
    end = len(module) - len(MAGIC) - TRAILER.size
    trailer = module[end : end + TRAILER.size]
    start = end - TRAILER.unpack(trailer)[5]
    return Parts(module[:start], module[start:end], trailer)


def strip(module: bytes) -> bytes:
    """Without its last signature."""
    return split(module).content


def attach(content: bytes, signature: bytes) -> bytes:
    """Appends a signature that was made elsewhere, good or not."""
    return Parts(content, signature, TRAILER.pack(0, 0, PKCS7, 0, 0, len(signature))).joined()


def sign(content: bytes, *keys: Key, digest: str = "sha256", **options: bool) -> bytes:
    """Appends a signature by one key, or one signature by several. The options are those of `cms`."""
    return attach(content, cms(content, *keys, digest=digest, **options))


def cms(content: bytes, *keys: Key, digest: str = "sha256", by_key_identifier: bool = False,
        attributes: bool = False, embed: bool = False, enclose: bool = False) -> bytes:
    """The CMS message alone. Without options it is what `sign-file` makes.

    by_key_identifier: the signer is named by subjectKeyIdentifier, as `sign-file -k` does.
    attributes: the digest is in signed attributes.   embed: the certificates are in the message.
    enclose: the content is in the message.
    """
    words = [word for key in keys for word in ("-signer", key.certificate, "-inkey", key.private)]
    words += ["-keyid"] * by_key_identifier + ["-noattr"] * (not attributes) + ["-nosmimecap"] * attributes
    words += ["-nocerts"] * (not embed) + ["-nodetach"] * enclose
    with cache.scratch() as folder:
        (folder / "content").write_bytes(content)
        run("openssl", "cms", "-sign", "-binary", "-md", digest, *words, "-outform", "DER",
            "-in", folder / "content", "-out", folder / "signature")
        return (folder / "signature").read_bytes()


def issuer_and_serial(module: bytes) -> str:
    """Whom the signature names as its signer, in openssl's words."""
    with cache.scratch() as folder:
        (folder / "signature").write_bytes(split(module).signature)
        printed = run("openssl", "cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in", folder / "signature")
    lines = [line.strip() for line in printed.splitlines()]
    return " ".join(line for line in lines if line.startswith(("issuer:", "serialNumber:")))


def serial(module: bytes) -> int:
    """The serial number of the certificate that signed the module."""
    return int(issuer_and_serial(module).split("serialNumber: ")[1].split()[0], 0)


def flip(data: bytes, offset: int, bit: int = 0) -> bytes:
    """The same bytes with one bit changed. A negative offset counts from the end."""
    changed = bytearray(data)
    changed[offset] ^= 1 << bit
    return bytes(changed)


def flip_in_section(module: bytes, section: str) -> bytes:
    """The last byte of a section, as of `.text` or `.comment`."""
    return flip(module, elf.sections(module)[section].stop - 1)


def flip_in_signature(module: bytes, offset: int = -1) -> bytes:
    """Offset 0 is the outermost tag, -1 the last byte of the signature's own number."""
    parts = split(module)
    return parts._replace(signature=flip(parts.signature, offset)).joined()


def flip_in_trailer(module: bytes, offset: int, bit: int = 0) -> bytes:
    parts = split(module)
    return parts._replace(trailer=flip(parts.trailer, offset, bit)).joined()


def flip_in_magic(module: bytes) -> bytes:
    return flip(module, -2)


def move_signature(giver: bytes, receiver: bytes) -> bytes:
    """The content of one module with the signature of another."""
    return attach(strip(receiver), split(giver).signature)


def compressed(module: bytes, method: str) -> bytes:
    """`xz`, `gz` or `zst`, with the options of the kernel's scripts/Makefile.modinst."""
    if method == "gz":
        return gzip.compress(module, mtime=0)
    if method == "xz":
        return lzma.compress(module, check=lzma.CHECK_CRC32,
                             filters=[{"id": lzma.FILTER_LZMA2, "preset": 6, "dict_size": 1 << 20}])
    with cache.scratch() as folder:
        (folder / "module").write_bytes(module)
        run("zstd", "-q", folder / "module", "-o", folder / "module.zst")
        return (folder / "module.zst").read_bytes()


def decompressed(file: Path) -> bytes:
    """A module file of a kernel package, whether compressed by xz or not."""
    return lzma.decompress(file.read_bytes()) if file.suffix == ".xz" else file.read_bytes()
