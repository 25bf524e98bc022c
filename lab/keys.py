# SPDX-License-Identifier: GPL-2.0-or-later
"""Throw-away keys that sign modules, each with its certificate, made by openssl and kept in the cache."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from . import cache
from .commands import run

ALGORITHMS = {
    "rsa2048": ("RSA", "rsa_keygen_bits:2048"),
    "rsa4096": ("RSA", "rsa_keygen_bits:4096"),
    "p256": ("EC", "ec_paramgen_curve:P-256"),
    "p384": ("EC", "ec_paramgen_curve:P-384"),
}

# As certs/default_x509.genkey of the kernel has it, so that equal names are equal bytes: it says utf8only.
CONFIGURATION = """\
[req]
prompt = no
string_mask = utf8only
distinguished_name = name
x509_extensions = certificate
[name]
CN = {name}
[certificate]
basicConstraints = critical,CA:FALSE
keyUsage = digitalSignature
subjectKeyIdentifier = {subject}
authorityKeyIdentifier = {authority}
"""


@dataclass(frozen=True)
class Key:
    """What a key is to be. Equal descriptions are the same key, today and in the next run."""

    name: str
    """Common name of the subject, and of the issuer where the key is self-signed."""

    algorithm: Literal["rsa2048", "rsa4096", "p256", "p384"] = "rsa2048"

    serial: int = 1

    identifier: bool = True
    """Whether the certificate has a subjectKeyIdentifier."""

    issuer: "Key | None" = None
    """The key that signs the certificate; its own otherwise."""

    @property
    def certificate(self) -> Path:
        """PEM."""
        return self._folder / "certificate.pem"

    @property
    def private(self) -> Path:
        """PEM, without a password."""
        return self._folder / "key.pem"

    @property
    def der(self) -> bytes:
        """The certificate as firmware and kernel keep it."""
        return (self._folder / "certificate.der").read_bytes()

    @property
    def to_be_signed(self) -> bytes:
        """The part of the certificate that its issuer signed; the kernel revokes by its SHA-256 (`tbs:`)."""
        return _first_element_inside(self.der)

    @property
    def _folder(self) -> Path:
        return cache.entry(f"keys/{cache.digest(repr(self), CONFIGURATION)}", self._make)

    def _make(self, folder: Path) -> None:
        kind, option = ALGORITHMS[self.algorithm]
        run("openssl", "genpkey", "-algorithm", kind, "-pkeyopt", option, "-out", folder / "key.pem")
        (folder / "openssl.cnf").write_text(CONFIGURATION.format(
            name=self.name, subject="hash" if self.identifier else "none",
            authority="keyid:always" if self.issuer else "none"))
        issuer = ["-CA", self.issuer.certificate, "-CAkey", self.issuer.private] if self.issuer else []
        run("openssl", "req", "-new", "-x509", "-sha256", "-days", "36500", "-set_serial", str(self.serial),
            "-config", folder / "openssl.cnf", "-key", folder / "key.pem", *issuer, "-out", folder / "certificate.pem")
        run("openssl", "x509", "-in", folder / "certificate.pem", "-outform", "DER", "-out", folder / "certificate.der")


def _first_element_inside(der: bytes) -> bytes:
    """A certificate is a SEQUENCE that begins with the SEQUENCE tbsCertificate (RFC 5280, 4.1)."""
    start = _header_length(der)
    length_of_header = _header_length(der[start:])
    return der[start : start + length_of_header + _content_length(der[start:])]


def _header_length(element: bytes) -> int:
    return 2 + (element[1] & 0x7F if element[1] & 0x80 else 0)


def _content_length(element: bytes) -> int:
    if element[1] & 0x80:
        return int.from_bytes(element[2 : _header_length(element)], "big")
    return element[1]
