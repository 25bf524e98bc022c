# SPDX-License-Identifier: GPL-2.0-or-later
"""Signature lists of UEFI, each with one entry (UEFI specification 2.10, 32.4.1).

    EFI_SIGNATURE_LIST   type GUID (16) │ list size (4) │ header size, 0 (4) │ signature size (4)
    EFI_SIGNATURE_DATA   owner GUID (16) │ data
"""

import hashlib
import struct
from uuid import UUID

X509 = UUID("a5c059a1-94e4-4aa7-87b5-ab155c2bf072")
SHA256 = UUID("c1c41626-504c-4092-aca9-41f936934328")
X509_SHA256 = UUID("3bd2a492-96c0-4079-b420-fcf98ef103ed")
OWNER = UUID("605dab50-e046-4300-abb6-3dd810dd8b23")
HEADER = struct.Struct("<16sIII")
NO_TIME = bytes(16)


def certificate(der: bytes) -> bytes:
    return _list(X509, der)


def file_hash(file: bytes) -> bytes:
    return _list(SHA256, hashlib.sha256(file).digest())


def certificate_hash(to_be_signed: bytes) -> bytes:
    """The hash of a certificate's signed part, and the time of its revocation: none, which means always."""
    return _list(X509_SHA256, hashlib.sha256(to_be_signed).digest() + NO_TIME)


def certificate_hash_without_time(to_be_signed: bytes) -> bytes:
    """Not as the specification has it."""
    return _list(X509_SHA256, hashlib.sha256(to_be_signed).digest())


def _list(kind: UUID, data: bytes) -> bytes:
    signature = OWNER.bytes_le + data
    return HEADER.pack(kind.bytes_le, HEADER.size + len(signature), 0, len(signature)) + signature
