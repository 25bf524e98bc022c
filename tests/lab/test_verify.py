# SPDX-License-Identifier: GPL-2.0-or-later
"""`kmodsec verify` and the kernel of the same boot come to the same verdict on every file of `signature_cases`."""

import unittest
from typing import Any, ClassVar

from lab import kernels, signature_cases, verdicts
from lab.testing import GuestTest

VERIFY = f"kmodsec verify {verdicts.FOLDER}/* --format json"

VALID, UNTRUSTED, INVALID, REVOKED = "valid", "untrusted", "invalid", "revoked"
UNSIGNED, MALFORMED, UNKNOWN = "unsigned", "malformed", "unknown"

MAY_SAY = {
    verdicts.LOADS: {VALID},
    verdicts.UNSIGNED: {UNSIGNED, UNTRUSTED, MALFORMED, UNKNOWN},
    "EKEYREJECTED": {UNSIGNED, UNTRUSTED, INVALID, REVOKED, MALFORMED, UNKNOWN},
    "EBADMSG": {MALFORMED},
    "ENOEXEC": {UNSIGNED, VALID, MALFORMED},
    "EINVAL": {MALFORMED, INVALID},
    "EMSGSIZE": {MALFORMED},
}
"""What the kernel does with a file → the statuses that agree with it."""

NOT_OF_THE_KERNEL = {"genuine-gz"}
"""Debian 12 builds kmod without zlib: it hands over what it cannot unpack."""

IGNORED_REVOCATIONS = {"revoked-hash", "revoked-certificate"}
"""The owner revoked them, and these kernels do not act on it: we say both."""

EXACTLY = {
    "genuine": VALID, "genuine-xz": VALID, "genuine-gz": VALID, "genuine-zst": VALID,
    "stripped": UNSIGNED, "bit-in-magic": UNSIGNED, "cut-by-a-byte": UNSIGNED, "cut-in-half": MALFORMED,
    "byte-after-magic": UNSIGNED,
    "bit-in-text": INVALID, "bit-in-comment": INVALID, "bit-in-signature": INVALID, "moved": INVALID, "twin": INVALID,
    "genuine-twice": INVALID, "foreign-then-genuine": INVALID,
    "lookalike": UNTRUSTED, "foreign": UNTRUSTED, "foreign-keyid": UNTRUSTED, "genuine-then-foreign": UNTRUSTED,
    "bit-in-issuer": UNTRUSTED, "bit-in-serial": UNTRUSTED, "two-unknown": UNTRUSTED, "foreign-inside": UNTRUSTED,
    "leaf": UNTRUSTED, "foreign-leaf-inside": UNTRUSTED,
    "attributes": MALFORMED, "enclosed": MALFORMED, "bit-in-structure": MALFORMED, "cut-signature": MALFORMED,
    "trailer-pgp": MALFORMED, "trailer-length": MALFORMED, "signed-after-xz": MALFORMED,
    "wrapped-again": VALID, "wrapped-sequence": VALID, "wrapped-trailing": VALID, "wrapped-longest": VALID,
    "wrapped-impostor": INVALID, "wrapped-both-3": INVALID,
    **{f"wrapped-{form}": MALFORMED for form in (
        "version-0", "version-3", "version-4", "signer-0", "signer-3", "sha256-rsa", "pss", "no-digests", "halves",
        "old-certificate", "too-long")},
}
"""Wherever the kernel runs."""

BY_OWNER = {
    "rsa": VALID, "rsa4096": VALID, "rsa-keyid": VALID, "rsa-sha1": VALID, "rsa-sha512": VALID, "firmware": VALID,
    "without-identifier": VALID, "two-enrolled": VALID, "two-one-unknown": VALID, "inside": VALID,
    "leaf-inside": VALID, "genuine-then-enrolled": VALID, "two-one-bad": INVALID,
    "revoked-leaf-inside": REVOKED, "revoked-hash": REVOKED, "revoked-short-hash": REVOKED,
    "revoked-certificate": REVOKED, "revoked-file": REVOKED, "revoked-file-genuine": REVOKED,
}
"""Where the owner enrolled keys and revoked others."""


class Verify:
    """The classes below are the kernels."""

    flavour: ClassVar[str]
    column: ClassVar[str]
    exactly: ClassVar[dict[str, str]]
    options: ClassVar[dict[str, Any]]

    def modules(self) -> dict[str, dict]:
        return {module["path"].split("/")[-1].split(".")[0]: module for module in self.guest["verify"].json["modules"]}

    def test_the_kernel_and_kmodsec_agree_on_every_file(self) -> None:
        found = self.modules()
        for name, row in verdicts.expected(self.flavour).items():
            if name in NOT_OF_THE_KERNEL | IGNORED_REVOCATIONS:
                continue
            with self.subTest(name, kernel=getattr(row, self.column), kmodsec=found[name]):
                self.assertIn(found[name]["status"], MAY_SAY[getattr(row, self.column)])

    def test_each_file_gets_its_status(self) -> None:
        found = self.modules()
        for name, status in self.exactly.items():
            with self.subTest(name, kmodsec=found[name]):
                self.assertEqual(found[name]["status"], status)

    def test_every_status_but_valid_and_unsigned_has_a_reason(self) -> None:
        for name, module in self.modules().items():
            self.assertEqual(bool(module["reason"]), module["status"] not in (VALID, UNSIGNED), name)

    def test_findings_decide_the_exit_code(self) -> None:
        self.assertEqual(self.guest["verify"].exit_code, 1)
        self.assertEqual(self.guest["genuine"].exit_code, 0, self.guest["genuine"])

    def test_every_key_of_the_kernel_is_found_with_its_certificate(self) -> None:
        keys = self.guest["genuine"].json["keys"]
        self.assertIn("builtin", {key["keyring"] for key in keys})
        for key in keys:
            self.assertIsNotNone(key["certificate"], key)

    def test_what_is_loaded_is_what_lies_on_the_disk(self) -> None:
        loaded = self.guest["loaded"].json["modules"]
        self.assertEqual({module["name"]: module["status"] for module in loaded}, dict.fromkeys(
            (line.split()[0] for line in self.guest["modules"].lines), VALID))
        self.assertEqual({module["loaded_against_file"]["status"] for module in loaded}, {"same"})


STEPS = {
    "load": "modprobe dummy",
    "verify": VERIFY,
    "genuine": f"kmodsec verify {verdicts.FOLDER}/genuine.ko --format json",
    "modules": "cat /proc/modules",
    "loaded": "kmodsec verify --loaded --format json",
}


class Plain(Verify):
    column = "plain"
    exactly = EXACTLY
    steps = STEPS

    @classmethod
    def setUpClass(cls) -> None:
        options = verdicts.guest_without_owner(kernels.kernel(cls.flavour))
        cls.options = {**options, "modules": [*options["modules"], "dummy"]}
        super().setUpClass()

    def test_nobody_trusts_keys_that_are_not_enrolled(self) -> None:
        found = self.modules()
        for key in ("rsa", "rsa4096", "p256", "p384", "rsa-keyid", "leaf-inside"):
            self.assertEqual(found[key]["status"], UNTRUSTED, key)


class OwnersKeys(Verify):
    column = "secure_boot"
    exactly = {**EXACTLY, **BY_OWNER}
    not_understood: ClassVar[tuple[str, ...]] = ()
    """Names of enrolled keys whose method the kernel does not have."""
    steps = {**STEPS, "audit": "kmodsec audit --format json"}

    @classmethod
    def setUpClass(cls) -> None:
        options = verdicts.guest_with_owner(kernels.kernel(cls.flavour))
        cls.options = {**options, "modules": [*options["modules"], "dummy"]}
        super().setUpClass()

    def test_the_keyring_that_trusts_is_named(self) -> None:
        found = self.modules()
        self.assertEqual(found["genuine"]["trusted_by"]["keyring"], "builtin")
        self.assertEqual(found["rsa"]["trusted_by"],
                         {"keyring": "machine", "certificate": "/sys/firmware/efi/mok-variables/MokListRT"})
        self.assertEqual(found["firmware"]["trusted_by"]["keyring"], "platform")

    def test_who_could_sign_for_this_machine_is_named(self) -> None:
        names = {key.name for key in signature_cases.ENROLLED} - set(self.not_understood)
        names -= {signature_cases.REVOKED_BY_SHORT_HASH.name}
        check = next(check for check in self.guest["audit"].json["checks"] if check["id"] == "KEY-001")
        self.assertEqual({finding["subject"] for finding in check["findings"]}, names)

    def test_a_revocation_that_the_kernel_ignores_is_told_as_such(self) -> None:
        for name in IGNORED_REVOCATIONS:
            self.assertIn("still trusts the key", self.modules()[name]["reason"], name)


OWN_KEY_OF_RSA = {"wrapped-rsa": VALID, "wrapped-ecdsa": INVALID}
OWN_KEY_OF_ECDSA = {"wrapped-rsa": INVALID, "wrapped-ecdsa": VALID}
"""What Debian builds its kernels with."""


class Plain61(Plain, GuestTest):
    flavour = "6.1"
    exactly = {**EXACTLY, **OWN_KEY_OF_RSA}


class Plain612(Plain, GuestTest):
    flavour = "6.12"
    exactly = {**EXACTLY, **OWN_KEY_OF_ECDSA}


class OwnersKeys61(OwnersKeys, GuestTest):
    flavour = "6.1"
    not_understood = (signature_cases.P256.name, signature_cases.P384.name)
    exactly = {**OwnersKeys.exactly, **OWN_KEY_OF_RSA, "rsa-md5": VALID, "rsa-sha3-256": MALFORMED}


class OwnersKeys612(OwnersKeys, GuestTest):
    flavour = "6.12"
    exactly = {**OwnersKeys.exactly, **OWN_KEY_OF_ECDSA, "rsa-md5": MALFORMED, "rsa-sha3-256": VALID,
               "p256": VALID, "p384": VALID, "p384-sha384": VALID}


if __name__ == "__main__":
    unittest.main()
