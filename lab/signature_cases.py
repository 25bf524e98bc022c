# SPDX-License-Identifier: GPL-2.0-or-later
"""Module files, one for each way in which a signature can be right or wrong.

`lab/verdicts.py` has what real kernels do with them. All are the kernel's own nlmon, which does nothing
until somebody asks for such a network device; where a second module is needed, it is dummy.
"""

import functools
from typing import NamedTuple

from . import der, efi_lists, signing
from .kernels import Kernel
from .keys import Key

MODULES = ("nlmon", "dummy")
"""Every file is one of these."""

RSA = Key("kmodsec lab RSA", serial=0x1001)
RSA4096 = Key("kmodsec lab RSA-4096", "rsa4096", serial=0x1002)
P256 = Key("kmodsec lab P-256", "p256", serial=0x1003)
P384 = Key("kmodsec lab P-384", "p384", serial=0x1004)
WITHOUT_IDENTIFIER = Key("kmodsec lab without identifier", serial=0x1005, identifier=False)
REVOKED_BY_HASH = Key("kmodsec lab revoked by hash", serial=0x2001)
REVOKED_BY_SHORT_HASH = Key("kmodsec lab revoked by short hash", serial=0x2002)
REVOKED_BY_CERTIFICATE = Key("kmodsec lab revoked by certificate", serial=0x2003)
OF_FIRMWARE = Key("kmodsec lab firmware", serial=0x2004)
LEAF = Key("kmodsec lab leaf", serial=0x3001, issuer=RSA)
REVOKED_LEAF = Key("kmodsec lab revoked leaf", serial=0x3002, issuer=RSA)
FOREIGN = Key("kmodsec lab foreign", serial=0x4001)
FOREIGN_LEAF = Key("kmodsec lab leaf of foreign", serial=0x4002, issuer=FOREIGN)

ENROLLED = (RSA, RSA4096, P256, P384, WITHOUT_IDENTIFIER, REVOKED_BY_HASH, REVOKED_BY_SHORT_HASH,
            REVOKED_BY_CERTIFICATE)
"""The machine owner's keys."""

IN_FIRMWARE = (OF_FIRMWARE,)
"""Keys in the firmware's db. The others are unknown to the machine."""


class Case(NamedTuple):
    """One file to load."""

    description: str
    file: bytes
    suffix: str = ".ko"


def cases(kernel: Kernel) -> dict[str, Case]:
    """All cases for a kernel, by name. A name is good for a file."""
    nlmon, dummy = (_genuine(kernel, name) for name in MODULES)
    return {**_whole(nlmon), **_damaged(nlmon), **_bad_trailers(nlmon), **_moved(nlmon, dummy), **_impostors(nlmon),
            **_stacked(nlmon), **_by_owner(nlmon), **_messages(nlmon), **_wrapped(nlmon), **_several_signers(nlmon),
            **_certificates_inside(nlmon), **_revoked(nlmon, dummy)}


def revocations(kernel: Kernel) -> list[bytes]:
    """What MokListX says: signature lists."""
    dummy = _genuine(kernel, "dummy")
    return [efi_lists.certificate_hash(REVOKED_BY_HASH.to_be_signed),
            efi_lists.certificate_hash_without_time(REVOKED_BY_SHORT_HASH.to_be_signed),
            efi_lists.certificate_hash_without_time(REVOKED_LEAF.to_be_signed),
            efi_lists.certificate(REVOKED_BY_CERTIFICATE.der),
            *(efi_lists.file_hash(case.file) for name, case in _revoked(_genuine(kernel, "nlmon"), dummy).items()
              if name.startswith("revoked-file"))]


@functools.cache
def _genuine(kernel: Kernel, name: str) -> bytes:
    return signing.decompressed(kernel.modules / kernel.path_of[name])


def _whole(nlmon: bytes) -> dict[str, Case]:
    content = signing.strip(nlmon)
    squeezed = signing.compressed(content, "xz")
    return {
        "genuine": Case("as the kernel's package has it, not compressed", nlmon),
        "genuine-xz": Case("signed, then compressed by xz", signing.compressed(nlmon, "xz"), ".ko.xz"),
        "genuine-gz": Case("signed, then compressed by gzip", signing.compressed(nlmon, "gz"), ".ko.gz"),
        "genuine-zst": Case("signed, then compressed by zstd", signing.compressed(nlmon, "zst"), ".ko.zst"),
        "stripped": Case("without its signature", content),
        "signed-after-xz": Case("compressed by xz, then signed by an enrolled key",
                                signing.sign(squeezed, RSA), ".ko.xz"),
    }


def _damaged(nlmon: bytes) -> dict[str, Case]:
    signature = signing.split(nlmon).signature
    serial = signing.serial(nlmon).to_bytes(20, "big")
    cut_signature = signing.attach(signing.strip(nlmon), signature[:-16])
    return {
        "bit-in-text": Case("one bit of the code", signing.flip_in_section(nlmon, ".text")),
        "bit-in-comment": Case("one bit of a section that is never loaded", signing.flip_in_section(nlmon, ".comment")),
        "bit-in-signature": Case("one bit of the signature's number", signing.flip_in_signature(nlmon)),
        "bit-in-structure": Case("one bit of the message's first tag", signing.flip_in_signature(nlmon, 0)),
        "bit-in-issuer": Case("one bit of the signer's name",
                              signing.flip_in_signature(nlmon, signature.index(b"Build time"))),
        "bit-in-serial": Case("one bit of the signer's serial number",
                              signing.flip_in_signature(nlmon, signature.index(serial) + len(serial) - 1)),
        "bit-in-magic": Case("one bit of the magic", signing.flip_in_magic(nlmon)),
        "cut-by-a-byte": Case("without its last byte", nlmon[:-1]),
        "cut-in-half": Case("the first half of the file", nlmon[: len(nlmon) // 2]),
        "cut-signature": Case("without the end of the signature, and a length that agrees", cut_signature),
        "byte-after-magic": Case("one byte more", nlmon + b"\n"),
    }


def _bad_trailers(nlmon: bytes) -> dict[str, Case]:
    fields = {"algo": 0, "hash": 1, "id-type": 2, "signer-len": 3, "key-id-len": 4, "padding": 5, "length": 11}
    flipped = {f"trailer-{name}": Case(f"one bit of the trailer's field {name}", signing.flip_in_trailer(nlmon, offset))
               for name, offset in fields.items()}
    parts = signing.split(nlmon)
    return flipped | {
        "trailer-length-huge": Case("a length beyond the file", signing.flip_in_trailer(nlmon, 8)),
        "trailer-length-zero": Case("no signature before the trailer", signing.attach(parts.content, b"")),
        "trailer-pgp": Case("id_type says PGP", parts._replace(trailer=_with_id_type(parts.trailer, 0)).joined()),
        "trailer-x509": Case("id_type says X.509", parts._replace(trailer=_with_id_type(parts.trailer, 1)).joined()),
    }


def _with_id_type(trailer: bytes, id_type: int) -> bytes:
    return trailer[:2] + bytes([id_type]) + trailer[3:]


def _moved(nlmon: bytes, dummy: bytes) -> dict[str, Case]:
    return {"moved": Case("the signature of another module of this kernel", signing.move_signature(dummy, nlmon))}


def _impostors(nlmon: bytes) -> dict[str, Case]:
    content = signing.strip(nlmon)
    name = "Build time autogenerated kernel key"
    return {
        "foreign": Case("signed by a key that nobody knows", signing.sign(content, FOREIGN)),
        "foreign-keyid": Case("the same, named by key identifier",
                              signing.sign(content, FOREIGN, by_key_identifier=True)),
        "lookalike": Case("a foreign key that bears the name of the kernel's",
                          signing.sign(content, Key(name, serial=0x5001))),
        "twin": Case("a foreign key with the name and the serial number of the kernel's",
                     signing.sign(content, Key(name, serial=signing.serial(nlmon)))),
    }


def _stacked(nlmon: bytes) -> dict[str, Case]:
    by_foreign = signing.sign(signing.strip(nlmon), FOREIGN)
    genuine_signature = signing.split(nlmon).signature
    return {
        "genuine-then-foreign": Case("a foreign signature after the genuine one", signing.sign(nlmon, FOREIGN)),
        "genuine-then-enrolled": Case("an enrolled key's signature after the genuine one", signing.sign(nlmon, RSA)),
        "genuine-twice": Case("the genuine signature appended twice", signing.attach(nlmon, genuine_signature)),
        "foreign-then-genuine": Case("the genuine signature after a foreign one",
                                     signing.attach(by_foreign, genuine_signature)),
        "foreign-then-enrolled": Case("an enrolled key's signature after a foreign one", signing.sign(by_foreign, RSA)),
    }


def _by_owner(nlmon: bytes) -> dict[str, Case]:
    content = signing.strip(nlmon)
    digests = ("md5", "sha1", "sha224", "sha384", "sha512", "sha3-256")
    by_digest = {f"rsa-{digest}": Case(f"by an enrolled RSA-2048 key over {digest}",
                                       signing.sign(content, RSA, digest=digest)) for digest in digests}
    return by_digest | {
        "rsa": Case("by an enrolled RSA-2048 key", signing.sign(content, RSA)),
        "rsa4096": Case("by an enrolled RSA-4096 key", signing.sign(content, RSA4096)),
        "p256": Case("by an enrolled ECDSA P-256 key", signing.sign(content, P256)),
        "p384": Case("by an enrolled ECDSA P-384 key", signing.sign(content, P384)),
        "p384-sha384": Case("the same over sha384", signing.sign(content, P384, digest="sha384")),
        "rsa-keyid": Case("by an enrolled key, named by its identifier",
                           signing.sign(content, RSA, by_key_identifier=True)),
        "firmware": Case("by a key in the firmware's db", signing.sign(content, OF_FIRMWARE)),
        "without-identifier": Case("by an enrolled key whose certificate has no identifier",
                                   signing.sign(content, WITHOUT_IDENTIFIER)),
    }


def _messages(nlmon: bytes) -> dict[str, Case]:
    content = signing.strip(nlmon)
    return {
        "attributes": Case("by an enrolled key, with signed attributes", signing.sign(content, RSA, attributes=True)),
        "enclosed": Case("by an enrolled key, with the content in the message",
                         signing.sign(content, RSA, enclose=True)),
    }


DATA = (1, 0)
"""Where SignedData is in a message: version, digestAlgorithms, contentInfo, signerInfos."""

SIGNER = (*DATA, 3, 0)
"""The first signer: version, name, digest, method, number."""


def _wrapped(nlmon: bytes) -> dict[str, Case]:
    """The genuine signature's number in other messages. It stays good; not all of these are for the kernel."""
    message = der.parse(signing.split(nlmon).signature)
    content = signing.strip(nlmon)

    def changed(*changes: tuple[der.Path, der.Element]) -> bytes:
        result = message
        for place, element in changes:
            result = result.put(place, element)
        return signing.attach(content, result.encoded())

    def version(number: int) -> der.Element:
        return der.Element(der.INTEGER, bytes([number]))

    def method(oid: str) -> bytes:
        return changed(((*SIGNER, 3, 0), der.object_id(oid)))

    number = message.at((*SIGNER, 4)).value
    halves = tuple(der.Element(der.OCTET_STRING, half) for half in (number[:99], number[99:]))
    impostor = Key("Build time autogenerated kernel key", serial=signing.serial(nlmon))
    with_certificate = message.put((*DATA, 3), der.Element(0xA0, children=(der.parse(impostor.der),)),
                                   message.at((*DATA, 3)))
    old_certificate = message.put((*DATA, 3), der.Element(0xA0, children=(der.Element(0xA0, children=der.parse(
        RSA.der).children),)), message.at((*DATA, 3)))
    encoded = message.encoded()
    return {
        "wrapped-again": Case("taken apart and put together again", signing.attach(content, encoded)),
        "wrapped-version-0": Case("SignedData of version 0", changed(((*DATA, 0), version(0)))),
        "wrapped-version-3": Case("SignedData of version 3", changed(((*DATA, 0), version(3)))),
        "wrapped-version-4": Case("SignedData of version 4", changed(((*DATA, 0), version(4)))),
        "wrapped-signer-0": Case("SignerInfo of version 0", changed(((*SIGNER, 0), version(0)))),
        "wrapped-signer-3": Case("SignerInfo of version 3", changed(((*SIGNER, 0), version(3)))),
        "wrapped-both-3": Case("version 3 throughout, which is for key identifiers",
                               changed(((*DATA, 0), version(3)), ((*SIGNER, 0), version(3)))),
        "wrapped-sha256-rsa": Case("method SHA-256 with RSA", method("1.2.840.113549.1.1.11")),
        "wrapped-pss": Case("method RSA-PSS", method("1.2.840.113549.1.1.10")),
        "wrapped-ecdsa": Case("method ECDSA", method("1.2.840.10045.4.3.2")),
        "wrapped-rsa": Case("method RSA", method("1.2.840.113549.1.1.1")),
        "wrapped-no-digests": Case("no digests listed", changed(((*DATA, 1), der.Element(der.SET)))),
        "wrapped-sequence": Case("signers in a sequence, not a set", changed(
            ((*DATA, 3), der.Element(der.SEQUENCE, children=message.at((*DATA, 3)).children)))),
        "wrapped-halves": Case("the number in two parts, as BER has it",
                               changed(((*SIGNER, 4), der.Element(0x24, children=halves)))),
        "wrapped-old-certificate": Case("a certificate of PKCS#6 beside it",
                                        signing.attach(content, old_certificate.encoded())),
        "wrapped-impostor": Case("another certificate of the signer's name and serial number beside it",
                                 signing.attach(content, with_certificate.encoded())),
        "wrapped-trailing": Case("bytes behind the message", signing.attach(content, encoded + b"anything")),
        "wrapped-longest": Case("65,535 bytes with what is behind",
                                signing.attach(content, encoded.ljust(65535, b"\0"))),
        "wrapped-too-long": Case("65,536 bytes with what is behind",
                                 signing.attach(content, encoded.ljust(65536, b"\0"))),
    }


def _several_signers(nlmon: bytes) -> dict[str, Case]:
    content = signing.strip(nlmon)
    both = signing.sign(content, RSA, RSA4096)
    return {
        "two-enrolled": Case("by two enrolled keys in one message", both),
        "two-one-unknown": Case("by an enrolled and an unknown key", signing.sign(content, RSA, FOREIGN)),
        "two-unknown": Case("by two unknown keys", signing.sign(content, FOREIGN, FOREIGN_LEAF)),
        "two-one-bad": Case("by two enrolled keys, one bit of the second number flipped",
                            signing.flip_in_signature(both)),
    }


def _certificates_inside(nlmon: bytes) -> dict[str, Case]:
    content = signing.strip(nlmon)
    return {
        "inside": Case("by an enrolled key, its certificate in the message", signing.sign(content, RSA, embed=True)),
        "foreign-inside": Case("by an unknown key, its certificate in the message",
                               signing.sign(content, FOREIGN, embed=True)),
        "leaf": Case("by a key that an enrolled one (no CA) vouches for", signing.sign(content, LEAF)),
        "leaf-inside": Case("the same, its certificate in the message", signing.sign(content, LEAF, embed=True)),
        "foreign-leaf-inside": Case("by a key that an unknown one vouches for, its certificate in the message",
                                    signing.sign(content, FOREIGN_LEAF, embed=True)),
        "revoked-leaf-inside": Case("like leaf-inside, but the certificate is revoked by hash",
                                    signing.sign(content, REVOKED_LEAF, embed=True)),
    }


def _revoked(nlmon: bytes, dummy: bytes) -> dict[str, Case]:
    content = signing.strip(nlmon)
    other_content = signing.flip_in_section(content, ".comment")
    return {
        "revoked-hash": Case("by an enrolled key, revoked by X509_SHA256 with a time, as UEFI has it",
                             signing.sign(content, REVOKED_BY_HASH)),
        "revoked-short-hash": Case("by an enrolled key, revoked by X509_SHA256 without a time",
                                   signing.sign(content, REVOKED_BY_SHORT_HASH)),
        "revoked-certificate": Case("by an enrolled key, revoked by its certificate",
                                    signing.sign(content, REVOKED_BY_CERTIFICATE)),
        "revoked-file": Case("by an enrolled key; the file is revoked by its hash", signing.sign(other_content, RSA)),
        "revoked-file-genuine": Case("the kernel's own dummy, revoked by its hash", dummy),
    }
