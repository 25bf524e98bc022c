# SPDX-License-Identifier: GPL-2.0-or-later
"""Taint by modules: the letters are the kernel's, the checks name the modules, and what is gone is not forgotten."""

import unittest

from lab import Step
from lab.testing import GuestTest

# kmod 30 alters a compressed module that it forces, and the kernel then rejects its signature.
FORCE_DUMMY = """
file=$(modinfo --filename dummy)
case $file in
    *.xz) xzcat "$file" >/tmp/dummy.ko ;;
    *) cp "$file" /tmp/dummy.ko ;;
esac
insmod -f /tmp/dummy.ko
"""

STEPS = {
    "load": "modprobe -a kmodsec_lab_clean kmodsec_lab_proprietary kmodsec_lab_staging loop",
    "force": FORCE_DUMMY,
    "taints": 'for file in /sys/module/*/taint; do echo "$file $(cat "$file")"; done',
    "list": "kmodsec list --format json",
    "audit": "kmodsec audit --format json",
    "unload": "rmmod kmodsec_lab_staging",
    "tainted": "cat /proc/sys/kernel/tainted",
    "audit after": "kmodsec audit --format json",
}

BIT_OF_STAGING = 10


class Taint:
    """The classes below are the kernels."""

    def letters_by_kernel(self) -> dict[str, list[str]]:
        files = dict(line.split(" ", 1) for line in self.guest["taints"].lines)
        return {file.split("/")[3]: sorted(letters.strip()) for file, letters in files.items()}

    def test_the_kernel_says_what_was_loaded(self) -> None:
        """Forced, `dummy` counts as unsigned as well: the kernel does not look at its signature."""
        self.succeeded("load", "force")
        self.assertEqual(self.letters_by_kernel(), {
            "dummy": ["E", "F"],
            "kmodsec_lab_clean": ["E", "O"],
            "kmodsec_lab_proprietary": ["E", "O", "P"],
            "kmodsec_lab_staging": ["C", "E", "O"],
            "loop": [],
        })

    def test_list_has_the_letters_of_the_kernel(self) -> None:
        listed = {module["name"]: sorted(module["taint"]) for module in self.guest["list"].json["modules"]}
        self.assertEqual(listed, self.letters_by_kernel())

    def test_audit_names_each_module_in_the_check_for_its_letter(self) -> None:
        audit = self.guest["audit"]
        ours = {"kmodsec_lab_clean", "kmodsec_lab_proprietary", "kmodsec_lab_staging"}
        self.assertEqual(subjects(audit, "MODULE-001"), ours, "out of tree")
        self.assertEqual(subjects(audit, "MODULE-002"), {"kmodsec_lab_proprietary"}, "proprietary")
        self.assertEqual(subjects(audit, "MODULE-003"), {*ours, "dummy"}, "unsigned")
        self.assertEqual(subjects(audit, "MODULE-004"), {"dummy"}, "forced")
        self.assertEqual(subjects(audit, "MODULE-005"), {"kmodsec_lab_staging"}, "staging")

    def test_audit_fails_with_findings(self) -> None:
        self.assertEqual(self.guest["audit"].exit_code, 1, self.guest["audit"])

    def test_loaded_modules_explain_every_letter(self) -> None:
        self.assertEqual(status(self.guest["audit"], "TAINT-002"), "pass")

    def test_a_letter_stays_when_its_module_is_gone(self) -> None:
        self.succeeded("unload")
        self.assertTrue(int(self.guest["tainted"].output) >> BIT_OF_STAGING & 1)
        self.assertEqual(status(self.guest["audit after"], "TAINT-002"), "fail")
        self.assertEqual(subjects(self.guest["audit after"], "TAINT-002"), {"taint C"})


class On61(Taint, GuestTest):
    steps = STEPS
    options = {"kernel": "6.1", "modules": ["dummy", "loop", "kmodsec_lab_clean", "kmodsec_lab_proprietary",
                                            "kmodsec_lab_staging"]}


class On612(Taint, GuestTest):
    steps = STEPS
    options = {**On61.options, "kernel": "6.12"}


def check(audit: Step, name: str) -> dict:
    (found,) = [one for one in audit.json["checks"] if one["id"] == name]
    return found


def status(audit: Step, name: str) -> str:
    return check(audit, name)["status"]


def subjects(audit: Step, name: str) -> set[str]:
    return {finding["subject"] for finding in check(audit, name)["findings"]}


if __name__ == "__main__":
    unittest.main()
