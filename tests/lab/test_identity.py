# SPDX-License-Identifier: GPL-2.0-or-later
"""A loaded module held against its file: the same, replaced, gone, and left behind by an upgrade of the kernel."""

import unittest
from typing import ClassVar

from lab import elf, kernels, signing
from lab.testing import GuestTest

VERIFY = "kmodsec verify --loaded --format json"
AUDIT = "kmodsec audit --format json"
BUILD_ID = ".note.gnu.build-id"


def of_another_build(module: bytes) -> bytes:
    """The build-id ends where its section ends."""
    return signing.flip(module, elf.sections(module)[BUILD_ID][-1])


class Identity(GuestTest):
    kernel: ClassVar[kernels.Kernel]

    @classmethod
    def setUpClass(cls) -> None:
        cls.kernel = kernels.kernel("6.1")
        folder = f"/lib/modules/{cls.kernel.release}"
        dummy, nlmon = (f"{folder}/{cls.kernel.path_of[name]}" for name in ("dummy", "nlmon"))
        image = f"/boot/vmlinuz-{cls.kernel.release}"
        cls.steps = {
            "load": "modprobe -a dummy nlmon",
            "same": VERIFY,
            "replace": f"cp {dummy} /tmp/dummy.ko && cp /lab/other.ko {dummy}",
            "replaced": VERIFY,
            "audit of replaced": AUDIT,
            "take away": f"cp /tmp/dummy.ko {dummy} && rm {nlmon} && depmod",
            "gone": VERIFY,
            "upgrade": f"cp /lab/vmlinuz {image} && cp /lab/other.ko {dummy}",
            "upgraded": VERIFY,
            "audit of upgraded": AUDIT,
        }
        cls.options = {"kernel": "6.1", "modules": ["dummy", "nlmon"], "files": {
            "/lab/other.ko": of_another_build((cls.kernel.modules / cls.kernel.path_of["dummy"]).read_bytes()),
            "/lab/vmlinuz": kernels.kernel("6.12").image}}
        super().setUpClass()

    def module(self, step: str, name: str) -> dict:
        return next(one for one in self.guest[step].json["modules"] if one["name"] == name)

    def identity(self, step: str, name: str) -> tuple[str, str]:
        identity = self.module(step, name)["loaded_against_file"]
        return identity["status"], identity["reason"] or ""

    def check(self, step: str, name: str) -> dict:
        return next(one for one in self.guest[step].json["checks"] if one["id"] == name)

    def test_the_stage_is_set(self) -> None:
        self.succeeded("load", "replace", "take away", "upgrade")

    def test_what_was_loaded_from_its_file_is_the_same(self) -> None:
        self.assertEqual({self.identity("same", name) for name in ("dummy", "nlmon")}, {("same", "")})
        self.assertEqual(self.guest["same"].exit_code, 0, self.guest["same"])

    def test_a_replaced_file_is_another_build(self) -> None:
        status, reason = self.identity("replaced", "dummy")
        self.assertEqual(status, "different")
        self.assertIn("build-id is not the file's", reason)
        self.assertEqual(self.module("replaced", "dummy")["status"], "invalid")
        self.assertEqual(self.guest["replaced"].exit_code, 1)
        self.assertEqual([finding["subject"] for finding in self.check("audit of replaced", "LIVE-001")["findings"]],
                         ["dummy"])
        self.assertEqual(self.check("audit of replaced", "LIVE-002")["status"], "pass")

    def test_a_module_without_a_file_came_from_elsewhere(self) -> None:
        status, reason = self.identity("gone", "nlmon")
        self.assertEqual(status, "cannot_tell")
        self.assertIn("foreign path", reason)
        self.assertEqual(self.identity("gone", "dummy")[0], "same")

    def test_an_upgrade_under_the_running_system_is_told_as_such(self) -> None:
        status, reason = self.identity("upgraded", "dummy")
        self.assertEqual(status, "different")
        self.assertIn("upgraded under the running system", reason)
        self.assertEqual(self.check("audit of upgraded", "LIVE-001")["status"], "not_applicable")
        self.assertEqual(self.check("audit of upgraded", "LIVE-002")["status"], "fail")


if __name__ == "__main__":
    unittest.main()
