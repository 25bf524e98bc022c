# SPDX-License-Identifier: GPL-2.0-or-later
"""The filters of `list`."""

import shutil

from kmodsec_cli import CliTest, kmodsec
from machine import Machine, image, running


class Filters(CliTest):
    def names(self, machine: Machine, *options: str) -> list[str]:
        return [module["name"] for module in self.document("list", "--root", machine, *options)["modules"]]

    def test_a_long_licence_is_shortened(self) -> None:
        machine = running(self).install("loop", license="GPL löss " + "x" * 70)
        self.assertIn("  GPL löss " + "x" * 22 + "…  ", kmodsec("list", "--root", machine).out)
        self.assertIn("x" * 70, kmodsec("show", "loop", "--root", machine).out)

    def test_loaded(self) -> None:
        self.assertEqual(self.names(running(self).install("spare")), ["fat", "loop", "vfat"])

    def test_unused(self) -> None:
        self.assertEqual(self.names(running(self), "--unused"), ["loop", "vfat"])

    def test_a_mounted_file_system_is_used(self) -> None:
        machine = running(self).write("/proc/self/mountinfo", "30 1 254:0 / /boot rw - vfat /dev/vda1 rw\n")
        self.assertEqual(self.names(machine, "--unused"), ["loop"])

    def test_without_its_file_nobody_can_tell(self) -> None:
        run = kmodsec("list", "--unused", "--root", running(self).load("gone"))
        self.assertNotIn("gone", run.out)
        self.assertIn("use of gone", run.err)
        self.assertEqual(run.code, 3)

    def test_of_a_capture_nobody_can_tell(self) -> None:
        machine = running(self)
        shutil.rmtree(machine.folder / "sys/module")
        run = kmodsec("list", "--unused", "--root", machine)
        self.assertEqual(run.code, 3)
        self.assertIn("use of loop", run.out)
        self.assertNotIn("Module  ", run.out)

    def test_tainted(self) -> None:
        machine = running(self).load("staged", taint="C").load("proprietary", taint="PO")
        self.assertEqual(self.names(machine, "--tainted"), ["proprietary", "staged"])

    def test_unsigned(self) -> None:
        machine = running(self).load("ghost", taint="E").load("vanished").install("fat", sign=False)
        self.assertEqual(self.names(machine, "--unsigned"), ["fat", "ghost"])

    def test_on_disk(self) -> None:
        self.assertEqual(self.names(running(self).install("spare"), "--on-disk"), ["fat", "loop", "spare", "vfat"])
        self.assertEqual(self.names(image(self), "--on-disk"), ["fat", "loop", "vfat"])

    def test_filters_add_up(self) -> None:
        machine = running(self).load("busy", refcount=1, taint="O").load("idle", taint="O").install("idle", "busy")
        self.assertEqual(self.names(machine, "--tainted", "--unused"), ["idle"])
