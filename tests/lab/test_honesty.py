# SPDX-License-Identifier: GPL-2.0-or-later
"""Where kmodsec cannot look, it says so: never exit code 0, and each gap is named with its reason."""

import unittest

from lab import Step
from lab.testing import GuestTest

AUDIT = "kmodsec audit --format json"
LIST = "kmodsec list --format json"
MODULES = ["dummy", "loop"]
LOAD = "modprobe -a dummy loop"

SANDBOX = ("ProtectKernelModules=yes", "ProtectKernelTunables=yes", "ProtectKernelLogs=yes", "ProcSubset=pid")


def in_sandbox(*properties: str) -> str:
    options = " ".join(f"-p {one}" for one in properties)
    return f"systemd-run --quiet --wait --pipe {options} {AUDIT}"


class HonestyTest(GuestTest):
    """Assertions on `unseen`, the list of gaps."""

    def assert_incomplete(self, step: Step) -> None:
        self.assertIn(step.exit_code, (1, 3), step)
        self.assertTrue(step.json["unseen"], "no gap is named")
        for gap in step.json["unseen"]:
            self.assertTrue(gap["what"] and gap["why"], gap)

    def assert_named(self, step: Step, *gaps: str) -> None:
        """Each gap is in what is unseen; the reasons are not looked at."""
        named = "\n".join(gap["what"] for gap in step.json["unseen"])
        for gap in gaps:
            self.assertIn(gap, named)

    def assert_no_pass_without_looking(self, step: Step, *ids: str) -> None:
        statuses = {check["id"]: check["status"] for check in step.json["checks"]}
        for name in ids:
            self.assertEqual(statuses[name], "unknown", name)


class OrdinaryUser(HonestyTest):
    steps = {"load": LOAD, "audit": f"su tester -c '{AUDIT}'", "list": f"su tester -c '{LIST}'",
             "keys": "su tester -c 'cat /proc/keys' | grep -c asymmetri"}
    options = {"kernel": "6.1", "modules": MODULES}

    def test_audit_is_incomplete(self) -> None:
        self.assert_incomplete(self.guest["audit"])

    def test_audit_names_what_only_root_may_read(self) -> None:
        self.assertEqual(self.guest["keys"].output.strip(), "0")
        self.assert_named(self.guest["audit"], "/proc/keys", "/dev/kmsg")

    def test_what_everybody_may_read_is_there(self) -> None:
        self.assertEqual(self.guest["audit"].json["posture"]["loaded_count"], 2)
        self.assertEqual({module["name"] for module in self.guest["list"].json["modules"]}, {"dummy", "loop"})


class WithoutSecurityfs(HonestyTest):
    steps = {"audit": AUDIT}
    options = {"kernel": "6.1", "modules": MODULES, "securityfs": False}

    def test_audit_is_incomplete(self) -> None:
        self.assert_incomplete(self.guest["audit"])

    def test_lockdown_is_unknown_and_named(self) -> None:
        self.assertIsNone(self.guest["audit"].json["posture"]["lockdown"])
        self.assert_named(self.guest["audit"], "lockdown")

    def test_no_verdict_on_lockdown(self) -> None:
        self.assert_no_pass_without_looking(self.guest["audit"], "FREEZE-002")


class HiddenFiles(HonestyTest):
    """What is hidden: the list of modules (made empty, then made unreadable), then the module files."""

    steps = {
        "load": LOAD,
        "hide all from the list": "mount --bind /dev/null /proc/modules",
        "audit of an empty list": AUDIT,
        "show the list": "umount /proc/modules",
        "hide proc": "mkdir /run/empty && mount --bind /run/empty /proc/sys",
        "audit without settings": AUDIT,
        "show proc": "umount /proc/sys",
        "hide files": "mount -t tmpfs tmpfs /lib/modules",
        "audit without files": AUDIT,
        "list without files": LIST,
    }
    options = {"kernel": "6.1", "modules": MODULES}

    def test_the_stage_is_set(self) -> None:
        self.succeeded("load", "hide all from the list", "show the list", "hide proc", "show proc", "hide files")

    def test_an_empty_list_is_not_believed(self) -> None:
        """Loaded modules still have their folders in /sys/module."""
        audit = self.guest["audit of an empty list"]
        self.assertNotEqual(audit.exit_code, 0)
        self.assertNotEqual(audit.json["posture"]["loaded_count"], 0)
        self.assert_named(audit, "/proc/modules")

    def test_settings_that_are_hidden_are_unknown(self) -> None:
        audit = self.guest["audit without settings"]
        self.assert_incomplete(audit)
        for field in ("modules_disabled", "taint", "modprobe_helper"):
            with self.subTest(field):
                self.assertIsNone(audit.json["posture"][field])
        self.assert_named(audit, "/proc/sys/kernel/modules_disabled", "/proc/sys/kernel/tainted",
                          "/proc/sys/kernel/modprobe")

    def test_module_files_that_are_hidden_are_named(self) -> None:
        audit = self.guest["audit without files"]
        self.assertNotEqual(audit.exit_code, 0)
        self.assert_named(audit, "/lib/modules")

    def test_list_names_them_too(self) -> None:
        listed = self.guest["list without files"]
        self.assert_incomplete(listed)
        self.assertEqual({module["name"] for module in listed.json["modules"]}, {"dummy", "loop"})


class InAServiceThatIsShutIn(HonestyTest):
    steps = {
        "modules": in_sandbox("ProtectKernelModules=yes"),
        "tunables": in_sandbox("ProtectKernelTunables=yes"),
        "logs": in_sandbox("ProtectKernelLogs=yes"),
        "proc": in_sandbox("ProcSubset=pid"),
        "all": in_sandbox(*SANDBOX),
        "free": AUDIT,
    }
    options = {"kernel": "6.1", "system": "debian"}

    def test_no_sandbox_gives_a_clean_bill(self) -> None:
        for name in ("modules", "logs", "proc", "all"):
            with self.subTest(name):
                self.assert_incomplete(self.guest[name])

    def test_each_gap_is_named(self) -> None:
        self.assert_named(self.guest["modules"], "/lib/modules")
        self.assert_named(self.guest["logs"], "/dev/kmsg")
        self.assert_named(self.guest["proc"], "/proc/modules", "/proc/sys/kernel/tainted")
        self.assert_named(self.guest["all"], "/lib/modules", "/dev/kmsg", "/proc/modules")

    def test_read_only_settings_hide_nothing(self) -> None:
        """ProtectKernelTunables only takes the right to write."""
        self.assertEqual(self.guest["tunables"].json["posture"], self.guest["free"].json["posture"])


if __name__ == "__main__":
    unittest.main()
