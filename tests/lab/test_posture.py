# SPDX-License-Identifier: GPL-2.0-or-later
"""The posture that `kmodsec audit` reports is what the kernel of the same boot says of itself."""

import unittest

from lab.testing import GuestTest

STEPS = {
    "load": "modprobe -a dummy loop",
    "audit": "kmodsec audit --format json",
    "modules": "cat /proc/modules",
    "modules_disabled": "cat /proc/sys/kernel/modules_disabled",
    "lockdown": "cat /sys/kernel/security/lockdown",
    "sig_enforce": "cat /sys/module/module/parameters/sig_enforce",
    "tainted": "cat /proc/sys/kernel/tainted",
    "modprobe": "cat /proc/sys/kernel/modprobe",
    "secure_boot": "cat /sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c",
}

TAINT_LETTERS = "PFSRMBDAWCIOELKXTN"  # by bit (Documentation/admin-guide/tainted-kernels.rst)


class Posture:
    """One test for each field. The classes below are the hosts."""

    @property
    def posture(self) -> dict:
        return self.guest["audit"].json["posture"]

    def raw(self, name: str) -> str:
        self.succeeded(name)
        return self.guest[name].output.strip()

    def test_audit_gives_an_answer(self) -> None:
        self.assertIn(self.guest["audit"].exit_code, (0, 1, 3), self.guest["audit"])

    def test_modules_supported(self) -> None:
        self.assertIs(self.posture["modules_supported"], True)

    def test_modules_disabled(self) -> None:
        self.assertIs(self.posture["modules_disabled"], self.raw("modules_disabled") == "1")

    def test_lockdown(self) -> None:
        (in_brackets,) = [word.strip("[]") for word in self.raw("lockdown").split() if word.startswith("[")]
        self.assertEqual(self.posture["lockdown"], in_brackets)

    def test_sig_enforce(self) -> None:
        self.assertIs(self.posture["sig_enforce"], self.raw("sig_enforce") == "Y")

    def test_taint(self) -> None:
        value = int(self.raw("tainted"))
        letters = [letter for bit, letter in enumerate(TAINT_LETTERS) if value >> bit & 1]
        self.assertEqual(self.posture["taint"]["value"], value)
        self.assertEqual([flag["letter"] for flag in self.posture["taint"]["flags"]], letters)
        self.assertTrue(all(flag["meaning"] for flag in self.posture["taint"]["flags"]))

    def test_modprobe_helper(self) -> None:
        self.assertEqual(self.posture["modprobe_helper"], self.raw("modprobe"))

    def test_loaded_count(self) -> None:
        self.assertEqual(self.posture["loaded_count"], len(self.guest["modules"].lines))

    def test_secure_boot(self) -> None:
        self.assertEqual(self.posture["secure_boot"], self.secure_boot_of_firmware())

    def test_kernel_is_the_one_that_was_booted(self) -> None:
        self.assertIn(self.guest["audit"].json["kernel"]["release"], self.guest.console)

    def secure_boot_of_firmware(self) -> str:
        """The last byte of the variable, after four bytes of attributes. A BIOS has no variables."""
        variable = self.guest["secure_boot"]
        if variable.exit_code != 0:
            return "unsupported"
        return "enabled" if variable.stdout[-1] == 1 else "disabled"


class Plain(Posture, GuestTest):
    steps = STEPS
    options = {"kernel": "6.1", "modules": ["dummy", "loop"]}

    def test_the_modules_were_loaded(self) -> None:
        self.succeeded("load")
        self.assertEqual(self.posture["loaded_count"], 2)


class LockedForIntegrity(Posture, GuestTest):
    steps = STEPS
    options = {"kernel": "6.1", "modules": ["dummy", "loop"], "cmdline": "lockdown=integrity"}

    def test_it_is_what_was_booted(self) -> None:
        self.assertEqual(self.posture["lockdown"], "integrity")


class LockedForConfidentiality(Posture, GuestTest):
    steps = STEPS
    options = {"kernel": "6.12", "modules": ["dummy", "loop"], "cmdline": "lockdown=confidentiality"}

    def test_it_is_what_was_booted(self) -> None:
        self.assertEqual(self.posture["lockdown"], "confidentiality")


class SignaturesEnforced(Posture, GuestTest):
    steps = STEPS
    options = {"kernel": "6.1-cloud", "modules": ["dummy", "loop"], "cmdline": "module.sig_enforce=1", "uefi": True}

    def test_it_is_what_was_booted(self) -> None:
        self.assertIs(self.posture["sig_enforce"], True)
        self.assertEqual(self.posture["secure_boot"], "disabled")


class NoModules(Posture, GuestTest):
    steps = STEPS
    options = {"kernel": "6.12-cloud", "modules": ["dummy", "loop"], "cmdline": "nomodule"}

    def test_it_is_what_was_booted(self) -> None:
        self.assertIs(self.posture["modules_disabled"], True)
        self.assertEqual(self.posture["loaded_count"], 0)


class SecureBoot(Posture, GuestTest):
    steps = STEPS
    options = {"kernel": "6.1", "modules": ["dummy", "loop"], "secure_boot": True}

    def test_it_is_what_was_booted(self) -> None:
        self.assertEqual(self.posture["secure_boot"], "enabled")
        self.assertEqual(self.posture["lockdown"], "integrity")


class WholeDebian(Posture, GuestTest):
    steps = STEPS
    options = {"kernel": "6.1", "system": "debian"}


if __name__ == "__main__":
    unittest.main()
