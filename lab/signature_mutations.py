# SPDX-License-Identifier: GPL-2.0-or-later
"""Thousands of signatures, each a good one with something changed, always the same ones.

A module's signature is over its content alone, not over the message around it. So what is changed in the message
of a genuine signature leaves its number good, and whether it loads hangs on how the kernel reads the message.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from . import cache, der, signing
from . import signature_cases as cases
from .commands import run
from .der import Element
from .kernels import Kernel

COUNT = 2600
"""Some of which are the same bytes, and are tried once."""

SEED = 20261129


class Mutation(NamedTuple):
    """One file to load."""

    description: str
    file: bytes


DIGESTS = ("1.2.840.113549.2.2", "1.2.840.113549.2.4", "1.2.840.113549.2.5", "1.3.14.3.2.26",
           "2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3", "2.16.840.1.101.3.4.2.4",
           "2.16.840.1.101.3.4.2.5", "2.16.840.1.101.3.4.2.6", "1.3.36.3.2.1")
METHODS = ("1.2.840.113549.1.1.1", "1.2.840.113549.1.1.5", "1.2.840.113549.1.1.10", "1.2.840.113549.1.1.11",
           "1.2.840.113549.1.1.13", "1.2.840.10045.2.1", "1.2.840.10045.4.1", "1.2.840.10045.4.3.2",
           "1.2.840.10045.4.3.4", "1.2.840.10040.4.1", "1.3.101.112")
KINDS = ("1.2.840.113549.1.7.1", "1.2.840.113549.1.7.2", "1.2.840.113549.1.7.3", "1.3.6.1.4.1.311.2.1.4",
         "1.2.840.113549.1.9.16.1.4", "2.5.4.3")
TAGS = (0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0C, 0x10, 0x11, 0x13, 0x17, 0x18, 0x1F, 0x24, 0x30, 0x31, 0x80,
        0x81, 0x82, 0x83, 0xA0, 0xA1, 0xA2, 0xA3, 0xA4)
NULL = Element(der.NULL)
ATTRIBUTE = Element(der.SEQUENCE, children=(der.object_id("1.2.840.113549.1.9.5"),
                                            Element(der.SET, children=(Element(0x17, b"260101000000Z"),))))


def mutations(kernel: Kernel) -> dict[str, Mutation]:
    """By name, which is good for a file. All that are made one by one, and of the others a choice."""
    chance = random.Random(SEED)
    nlmon = signing.decompressed(kernel.modules / kernel.path_of["nlmon"])
    content = signing.strip(nlmon)
    messages = _bases(content, signing.split(nlmon).signature)
    chosen = [*_chosen(messages), *_of_certificates(messages["leaf-inside"], chance)]
    swept = [(f"{name}: {what}", data) for name, message in messages.items()
             for what, data in _swept(der.parse(message), message, chance)]
    swept = chance.sample(swept, min(len(swept), COUNT - len(chosen) - len(_trailers(content, messages["genuine"]))))
    made = [(what, signing.attach(content, message)) for what, message in [*chosen, *swept]]
    made += _trailers(content, messages["genuine"])
    once = {file: what for what, file in made}
    return {f"{number:04}": Mutation(what, file) for number, (file, what) in enumerate(once.items())}


def _bases(content: bytes, genuine: bytes) -> dict[str, bytes]:
    """Good ones, where the owner's keys are enrolled."""
    return {
        "genuine": genuine,
        "keyid": signing.cms(content, cases.RSA, by_key_identifier=True),
        "inside": signing.cms(content, cases.RSA4096, embed=True, digest="sha512"),
        "leaf-inside": signing.cms(content, cases.LEAF, embed=True),
        "two": signing.cms(content, cases.RSA, cases.RSA4096),
        "p256": signing.cms(content, cases.P256),
        "attributes": signing.cms(content, cases.RSA, attributes=True),
    }


Change = Callable[[Element], tuple[Element, ...]]


def _changes(chance: random.Random) -> dict[str, Change]:
    """What can be put into the place of an element."""
    flipped = lambda value, bit: bytes([value[0] ^ bit, *value[1:]]) if value else b"\1"  # noqa: E731

    def somewhere(element: Element) -> tuple[Element, ...]:
        value = element.value or b"\0"
        return (replace(element, value=signing.flip(value, chance.randrange(len(value)), chance.randrange(8))),)

    changes: dict[str, Change] = {f"tag {tag:02x}": lambda element, tag=tag: (_retagged(element, tag),) for tag in TAGS}
    changes |= {f"length {form}": lambda element, form=form: (replace(element, length=form),)
                for form in ("one", "two", "three", "indefinite")}
    return changes | {
        "left out": lambda element: (),
        "twice": lambda element: (element, element),
        "empty": lambda element: (Element(element.tag),),
        "null behind": lambda element: (element, NULL),
        "null before": lambda element: (NULL, element),
        "wrapped": lambda element: (Element(der.SEQUENCE, children=(element,)),),
        "children reversed": lambda element: (replace(element, children=element.children[::-1]),),
        "first child left out": lambda element: (replace(element, children=element.children[1:]),),
        "last child left out": lambda element: (replace(element, children=element.children[:-1]),),
        "zero before": lambda element: (replace(element, value=b"\0" + element.value),),
        "sign": lambda element: (replace(element, value=flipped(element.value, 0x80)),),
        "first bit": lambda element: (replace(element, value=flipped(element.value, 1)),),
        "cut": lambda element: (replace(element, value=element.value[:-1], children=element.children[:-1]),),
        "longer": lambda element: (replace(element, value=element.value + b"\0"),),
        "a bit": somewhere,
        "another bit": somewhere,
    }


def _retagged(element: Element, tag: int) -> Element:
    """Its content as it was, whatever the new tag says of it."""
    content = element.value + b"".join(child.encoded() for child in element.children)
    return Element(tag, content)


def _swept(message: Element, encoded: bytes, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Every change in every place, some of them two by two; cuts and flipped bits of the bytes themselves."""
    changes = _changes(chance)
    places = [path for path in message.paths() if path]
    for path in places:
        for what, change in changes.items():
            changed = message.put(path, *change(message.at(path)))
            yield f"{what} at {path}", changed.encoded()
            if chance.random() < 0.2:
                other = chance.choice([place for place in changed.paths() if place] or [()])
                also, second = chance.choice(list(changes.items()))
                if other:
                    yield (f"{what} at {path}, {also} at {other}",
                           changed.put(other, *second(changed.at(other))).encoded())
    for offset in sorted(chance.sample(range(len(encoded)), 60)):
        yield f"cut at {offset}", encoded[:offset]
        yield f"bit at {offset}", signing.flip(encoded, offset, chance.randrange(8))
    for tail in (b"\0", b"\0\0", b"\5\0", b"\x30\0", encoded):
        yield f"{len(tail)} bytes behind", encoded + tail


DATA = (1, 0)
"""Where SignedData is in a message: version, digestAlgorithms, contentInfo, [certificates], signerInfos."""


def _chosen(messages: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for name, encoded in messages.items():
        message = der.parse(encoded)
        for what, changed in _forms(message):
            yield f"{name}: {what}", changed.encoded()


def _forms(message: Element) -> Iterator[tuple[str, Element]]:
    """What the kernel's parser asks of a message, each both ways."""
    data = message.at(DATA)
    signers = (*DATA, len(data.children) - 1)
    signer = (*signers, 0)
    for version in (0, 1, 2, 3, 4, 5, 127, 255):
        one = Element(der.INTEGER, bytes([version]))
        yield f"version {version}", message.put((*DATA, 0), one)
        yield f"signer's version {version}", message.put((*signer, 0), one)
        for other in (1, 3):
            both = message.put((*signer, 0), Element(der.INTEGER, bytes([other])))
            yield f"versions {version}, {other}", both.put((*DATA, 0), one)
    for oid in DIGESTS:
        yield f"digest {oid}", message.put((*signer, 2, 0), der.object_id(oid))
        yield f"listed digest {oid}", message.put((*DATA, 1), Element(der.SET, children=(
            Element(der.SEQUENCE, children=(der.object_id(oid),)),)))
    for oid in METHODS:
        yield f"method {oid}", message.put((*signer, len(message.at(signer).children) - 2, 0), der.object_id(oid))
    for oid in KINDS:
        yield f"kind {oid}", message.put((*DATA, 2, 0), der.object_id(oid))
        yield f"outer kind {oid}", message.put((0,), der.object_id(oid))
    for parameters in ((), (NULL,), (NULL, NULL), (Element(der.OCTET_STRING, b"x"),), (Element(der.SEQUENCE),)):
        for place in ((*DATA, 1, 0), (*signer, 2), (*signer, len(message.at(signer).children) - 2)):
            oid_alone = message.at(place).children[:1]
            yield (f"{len(parameters)} parameters at {place}",
                   message.put(place, Element(der.SEQUENCE, children=oid_alone + parameters)))
    yield from _with_additions(message, signers, signer)


def _with_additions(message: Element, signers: der.Path, signer: der.Path) -> Iterator[tuple[str, Element]]:
    """Optional parts that the message did not have."""
    info = message.at(signer)
    certificate = der.parse(cases.FOREIGN.der)
    own = der.parse(cases.RSA.der)
    for tag in (0xA0, 0xA1, 0xA2, 0xA3, 0x80, 0x81):
        for what, inside in (("nothing", ()), ("a certificate", (certificate,)), ("its certificate", (own,)),
                             ("a list", (Element(der.SEQUENCE, children=(certificate,)),)), ("null", (NULL,)),
                             ("an old certificate", (replace(certificate, tag=0xA0),))):
            part = Element(tag, children=inside)
            yield f"{what} in {tag:02x}", message.put(signers, part, message.at(signers))
        for what, inside in (("nothing", ()), ("an attribute", (ATTRIBUTE,)), ("two", (ATTRIBUTE, ATTRIBUTE)),
                             ("a sequence", (Element(der.SEQUENCE, children=(ATTRIBUTE,)),))):
            part = Element(tag, children=inside)
            before = (*info.children[:3], part, *info.children[3:])
            yield f"{what} in {tag:02x} before the method", message.put(signer, replace(info, children=before))
            behind = (*info.children, part)
            yield f"{what} in {tag:02x} behind the number", message.put(signer, replace(info, children=behind))
    content = message.at((*DATA, 2))
    for inside in ((), (NULL,), (Element(der.OCTET_STRING),), (Element(der.OCTET_STRING, b"content"),)):
        part = Element(0xA0, children=inside)
        yield f"{len(inside)} contents", message.put((*DATA, 2), replace(content, children=(content.children[0], part)))
    number = info.children[-1]
    halves = tuple(Element(der.OCTET_STRING, half) for half in (number.value[:100], number.value[100:]))
    yield "number in two parts", message.put((*signer, len(info.children) - 1), Element(0x24, children=halves))


def _of_certificates(leaf_inside: bytes, chance: random.Random, count: int = 160) -> Iterator[tuple[str, bytes]]:
    """The certificate in the message is changed, and signed again by its issuer, whose key is enrolled."""
    message = der.parse(leaf_inside)
    place = (*DATA, 3, 0)
    certificate = message.at(place)
    to_be_signed = certificate.children[0]
    changed = [(f"{what} at {path} of the certificate", to_be_signed.put(path, *change(to_be_signed.at(path))))
               for path in to_be_signed.paths() if path for what, change in _changes(chance).items()]
    for what, part in chance.sample(changed, count):
        number = Element(0x03, b"\0" + _signed_by_issuer(part.encoded()))
        yield what, message.put(place, replace(certificate, children=(part, certificate.children[1], number))).encoded()


def _signed_by_issuer(data: bytes) -> bytes:
    with cache.scratch() as folder:
        (folder / "data").write_bytes(data)
        run("openssl", "dgst", "-sha256", "-sign", cases.RSA.private, "-out", folder / "number", folder / "data")
        return (folder / "number").read_bytes()


def _trailers(content: bytes, message: bytes) -> list[tuple[str, bytes]]:
    parts = signing.split(signing.attach(content, message))
    flipped = [(f"bit {bit} of byte {offset} of the trailer",
                parts._replace(trailer=signing.flip(parts.trailer, offset, bit)).joined())
               for offset in range(12) for bit in (0, 1, 7)]
    return [*flipped,
            ("a message of 65,535 bytes", signing.attach(content, message.ljust(65535, b"\0"))),
            ("a message of 65,536 bytes", signing.attach(content, message.ljust(65536, b"\0"))),
            ("nothing but a signature", signing.attach(b"", message))]
