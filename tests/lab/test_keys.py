# SPDX-License-Identifier: GPL-2.0-or-later
"""What the kernel does with signed and badly signed modules, and where the owner's keys end up."""

import unittest
from hashlib import sha256
from typing import Any, ClassVar

from lab import efi_lists, kernels, keyrings, signature_cases, signing, verdicts
from lab.testing import GuestTest

MOK_VARIABLES = "/sys/firmware/efi/mok-variables"


class Kernel:
    """The classes below are the kernels."""

    flavour: ClassVar[str]
    columns: ClassVar[tuple[str, ...]]

    def test_each_file_meets_its_verdict(self) -> None:
        for column in self.columns:
            self.succeeded(column)
            verdict = verdicts.read(self.guest[column])
            for name, row in verdicts.expected(self.flavour).items():
                with self.subTest(column, case=name):
                    self.assertEqual(verdict.pop(name, "not tried"), getattr(row, column), self.report(column, name))
            self.assertEqual(verdict, {}, "not in the table")

    def report(self, column: str, name: str) -> str:
        """What insmod and the kernel's log said."""
        return self.guest[column].output.partition(f"case {name}.ko")[2].partition("\ncase ")[0]


class WithoutOwner(Kernel):
    """A machine without Secure Boot, whose rules get stricter."""

    columns = ("plain", "lockdown", "enforcing")

    @classmethod
    def setUpClass(cls) -> None:
        cls.steps = verdicts.STEPS_WITHOUT_OWNER
        cls.options = verdicts.guest_without_owner(kernels.kernel(cls.flavour))
        super().setUpClass()

    def test_the_rules_got_stricter(self) -> None:
        self.succeeded("lock down", "enforce")


class WithOwner(Kernel):
    """Secure Boot, keys in MokList, revocations in MokListX."""

    columns = ("secure_boot",)
    options: ClassVar[dict[str, Any]]
    not_understood: ClassVar[tuple[str, ...]] = ()
    """Names of enrolled keys whose method the kernel does not have."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.steps = {
            "keyrings": keyrings.SCRIPT,
            "lockdown": "cat /sys/kernel/security/lockdown",
            "sig_enforce": "cat /sys/module/module/parameters/sig_enforce",
            **{name: f"cat {MOK_VARIABLES}/{name}" for name in ("MokListRT", "MokListXRT", "MokListTrustedRT")},
            **verdicts.STEPS_WITH_OWNER,
        }
        cls.options = verdicts.guest_with_owner(kernels.kernel(cls.flavour))
        super().setUpClass()

    def test_secure_boot_locks_down_and_enforces(self) -> None:
        self.assertIn("[integrity]", self.guest["lockdown"].output)
        self.assertEqual(self.guest["sig_enforce"].output, "Y\n")

    def test_shim_hands_over_what_the_owner_wrote(self) -> None:
        for key in signature_cases.ENROLLED:
            self.assertIn(efi_lists.certificate(key.der), self.guest["MokListRT"].stdout)
        for entry in self.options["mokx"]:
            self.assertIn(entry, self.guest["MokListXRT"].stdout)
        self.assertEqual(self.guest["MokListTrustedRT"].stdout, b"\1")

    def test_enrolled_keys_are_in_machine(self) -> None:
        """All but those that the kernel does not understand, and the one whose revocation counts."""
        names = {key.name for key in signature_cases.ENROLLED} - set(self.not_understood)
        names -= {signature_cases.REVOKED_BY_SHORT_HASH.name}
        self.assertEqual(self.names_in(".machine"), names | {"Debian Secure Boot CA"})

    def test_keys_of_the_firmware_are_in_platform(self) -> None:
        self.assertLessEqual({key.name for key in signature_cases.IN_FIRMWARE}, self.names_in(".platform"))

    def test_machine_counts_through_secondary(self) -> None:
        self.assertEqual(self.names_in(".secondary_trusted_keys"), {".builtin_trusted_keys", ".machine"})

    def test_revoked_hashes_are_in_blacklist(self) -> None:
        """A hash is 64 digits, but where X509_SHA256 has a time, the kernel writes 32 digits more."""
        listed = set(keyrings.read(self.guest["keyrings"])[".blacklist"])
        cases = signature_cases.cases(kernels.kernel(self.flavour))
        self.assertLessEqual({
            tbs(signature_cases.REVOKED_BY_SHORT_HASH),
            tbs(signature_cases.REVOKED_LEAF),
            tbs(signature_cases.REVOKED_BY_HASH) + "0" * 32,
            "bin:" + sha256(cases["revoked-file"].file).hexdigest(),
            "bin:" + sha256(cases["revoked-file-genuine"].file).hexdigest(),
        }, listed)

    def test_a_revoked_certificate_is_not_in_blacklist(self) -> None:
        """Debian's kernels have no revocation list: CONFIG_SYSTEM_REVOCATION_LIST is not set."""
        self.assertEqual(self.names_in(".blacklist"), {"bin", "tbs"})

    def names_in(self, keyring: str) -> set[str]:
        return {text.split(":")[0] for text in keyrings.read(self.guest["keyrings"])[keyring]}


class WithoutOwner61(WithoutOwner, GuestTest):
    flavour = "6.1"


class WithoutOwner612(WithoutOwner, GuestTest):
    flavour = "6.12"


class WithOwner61(WithOwner, GuestTest):
    flavour = "6.1"
    not_understood = (signature_cases.P256.name, signature_cases.P384.name)


class WithOwner612(WithOwner, GuestTest):
    flavour = "6.12"


class Signing(unittest.TestCase):
    """The files are what their names say."""

    cases: ClassVar[dict[str, signature_cases.Case]]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.cases = signature_cases.cases(kernels.kernel("6.1"))

    def test_every_file_is_another(self) -> None:
        genuine = self.cases["genuine"].file
        put_together_again = {name for name, case in self.cases.items() if case.file == genuine}
        self.assertEqual(put_together_again, {"genuine", "wrapped-again", "wrapped-rsa"})
        files = {case.file for case in self.cases.values()}
        self.assertEqual(len(files), len(self.cases) - len(put_together_again) + 1)

    def test_taking_apart_and_putting_together(self) -> None:
        genuine = self.cases["genuine"].file
        self.assertEqual(signing.split(genuine).joined(), genuine)
        self.assertEqual(signing.attach(signing.strip(genuine), signing.split(genuine).signature), genuine)

    def test_twin_names_the_signer_of_the_kernel_byte_for_byte(self) -> None:
        self.assertEqual(signer(self.cases["twin"]), signer(self.cases["genuine"]))
        self.assertNotEqual(signer(self.cases["lookalike"]), signer(self.cases["genuine"]))


def signer(case: signature_cases.Case) -> bytes:
    """issuerAndSerialNumber: the issuer's DER begins 12 bytes before its text, and the serial number is 20 bytes."""
    signature = signing.split(case.file).signature
    name = b"Build time autogenerated kernel key"
    start = signature.index(name)
    return signature[start - 12 : start + len(name) + 22]


def tbs(key: signature_cases.Key) -> str:
    return "tbs:" + sha256(key.to_be_signed).hexdigest()


if __name__ == "__main__":
    unittest.main()
