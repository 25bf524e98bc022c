# SPDX-License-Identifier: GPL-2.0-or-later
"""`kmodsec load` and `unload` on captured machines: what would come of it, and what is refused before it is tried."""

import os
import unittest

from kmodsec_cli import AT_ONE_TIME, CLEAN, FINDINGS, INCOMPLETE, CliTest, kmodsec
from machine import RELEASE, Machine, image, running

CONF = "/etc/modprobe.d/local.conf"


def with_modules(test: unittest.TestCase) -> Machine:
    """`running`, and two modules that are not loaded: isofs, which needs cdrom."""
    machine = running(test).write(CONF).install("isofs", parmtype="level:int").install("cdrom")
    dep = machine.folder / f"lib/modules/{RELEASE}/modules.dep"
    dep.write_text(dep.read_text() + "kernel/cdrom.ko:\nkernel/isofs.ko: kernel/cdrom.ko\n")
    return machine


class Load(CliTest):
    def preflight(self, machine: Machine, *words: str) -> dict:
        return self.document("load", *words, "--dry-run", "--root", machine)

    def test_what_would_be_inserted(self) -> None:
        document = self.preflight(with_modules(self), "isofs", "level=2")
        self.assertEqual((document["module"], document["outcome"], document["change"]), ("isofs", "loads", None))
        self.assertEqual([(step["module"], step["options"], step["signature"]["status"]) for step in document["steps"]],
                         [("cdrom", None, "valid"), ("isofs", "level=2", "valid")])
        self.assertEqual(document["parameters"][0]["known"], True)
        self.assertEqual(document["enforcement"]["file"], "/sys/module/module/parameters/sig_enforce")

    def test_exit_codes(self) -> None:
        machine = with_modules(self)
        for code, words in ((CLEAN, ["isofs"]), (CLEAN, ["loop"]), (CLEAN, ["ext4"]), (FINDINGS, ["isofs", "x=1"]),
                            (FINDINGS, ["isof"]), (FINDINGS, ["./isofs.ko"])):
            with self.subTest(words):
                run = kmodsec("load", *words, "--dry-run", "--root", machine)
                self.assertEqual(run.code, code, run)

    def test_a_deny_names_its_line(self) -> None:
        machine = with_modules(self).write(CONF, "# no disks\ninstall cdrom /bin/false\n")
        document = self.preflight(machine, "isofs")
        self.assertEqual(document["outcome"], "refused")
        self.assertEqual(document["decided_by"], {"file": CONF, "line": 2, "text": "install cdrom /bin/false"})
        run = kmodsec("load", "isofs", "--dry-run", "--root", machine)
        self.assertIn("isofs would not load: it needs cdrom: the install command fails", run.out)
        self.assertIn(f"{CONF}:2: install cdrom /bin/false", run.out)

    def test_an_unsigned_module_where_signatures_are_enforced(self) -> None:
        document = self.preflight(with_modules(self).install("cdrom", sign=False), "isofs")
        self.assertEqual(document["outcome"], "refused")
        self.assertIn("cdrom: its signature is unsigned", document["reason"])

    def test_an_unknown_parameter_gets_the_nearest(self) -> None:
        document = self.preflight(with_modules(self).write(CONF, "options isofs levl=1\n"), "isofs")
        self.assertEqual((document["outcome"], document["decided_by"]["line"]), ("refused", 1))
        self.assertIn("did you mean level?", document["reason"])

    def test_a_snapshot_can_be_asked(self) -> None:
        machine = with_modules(self)
        taken = machine.folder / "snapshot.json"
        taken.write_text(kmodsec("snapshot", "--root", machine, **AT_ONE_TIME).out)
        self.assertEqual(self.document("load", "isofs", "--dry-run", "--snapshot", taken),
                         self.document("load", "isofs", "--dry-run", "--root", machine, **AT_ONE_TIME))

    def test_what_was_not_seen_is_told(self) -> None:
        machine = with_modules(self).without("/proc/sys/kernel/modules_disabled")
        run = kmodsec("load", "isofs", "--dry-run", "--root", machine)
        self.assertEqual(run.code, INCOMPLETE)
        self.assertIn("/proc/sys/kernel/modules_disabled", run.err)

    def test_persisting_writes_the_policy(self) -> None:
        document = self.preflight(with_modules(self), "isofs", "level=2", "--persist")
        diffs = {change["path"]: change["diff"] for change in document["persisted"]["changes"]}
        self.assertIn('+modules = ["isofs"]', diffs["/etc/kmodsec/policy.toml"])
        self.assertIn('+isofs = "level=2"', diffs["/etc/kmodsec/policy.toml"])
        self.assertIn("+isofs", diffs["/etc/modules-load.d/kmodsec.conf"])
        self.assertIn("+options isofs level=2", diffs["/etc/modprobe.d/zz-kmodsec-options.conf"])

    def test_what_does_not_load_is_not_persisted(self) -> None:
        document = self.preflight(with_modules(self), "isofs", "x=1", "--persist")
        self.assertEqual((document["outcome"], document["persisted"]), ("refused", None))

    def test_hostile_parameters_are_escaped(self) -> None:
        run = kmodsec("load", "isofs", "level=\x1b[31m\n", "--dry-run", "--root", with_modules(self))
        self.assertNotIn("\x1b", run.out + run.err)


class Unload(CliTest):
    def steps(self, machine: Machine, *modules: str) -> list[tuple[str, bool]]:
        document = self.document("unload", *modules, "--dry-run", "--root", machine)
        return [(step["module"], step["goes"]) for step in document["steps"]]

    def test_in_the_order_of_their_names(self) -> None:
        machine = running(self)
        self.assertEqual(self.steps(machine, "vfat", "fat"), [("vfat", True), ("fat", True)])
        self.assertEqual(self.steps(machine, "vfat", "vfat"), [("vfat", True)])
        self.assertEqual(self.steps(machine, "fat", "vfat"), [("fat", False), ("vfat", True)])

    def test_users_are_named(self) -> None:
        run = kmodsec("unload", "fat", "--dry-run", "--root", running(self))
        self.assertEqual((run.code, run.out), (FINDINGS, "fat would stay: is in use by vfat\n"))

    def test_holders_are_named(self) -> None:
        machine = running(self).write("/proc/self/mountinfo", "36 35 8:1 / /mnt rw - vfat /dev/sda1 rw\n")
        machine.install("vfat", alias="fs-vfat")
        step = self.document("unload", "vfat", "--dry-run", "--root", machine)["steps"][0]
        self.assertEqual((step["goes"], step["users"]), (False, [{"kind": "mount", "what": "/mnt"}]))

    def test_what_is_not_loaded(self) -> None:
        machine = running(self)
        self.assertIn("ext4 would stay: is built into the kernel",
                      kmodsec("unload", "ext4", "--dry-run", "--root", machine).out)
        self.assertIn("did you mean vfat?", kmodsec("unload", "vfaat", "--dry-run", "--root", machine).out)

    def test_nothing_goes_where_modules_are_frozen(self) -> None:
        machine = running(self).write("/proc/sys/kernel/modules_disabled", "1\n")
        step = self.document("unload", "loop", "--dry-run", "--root", machine)["steps"][0]
        self.assertEqual(step["decided_by"]["file"], "/proc/sys/kernel/modules_disabled")


class Refused(CliTest):
    def test_another_machine_than_this(self) -> None:
        machine = running(self)
        for verb in ("load", "unload"):
            with self.subTest(verb):
                self.assertIn("only the running system", self.refused(verb, "loop", "--root", machine))
                self.assertIn("only the running system", self.refused(verb, "loop", "--snapshot", "file"))
                self.assertIn("--kernel", self.refused(verb, "loop", "--kernel", RELEASE, "--dry-run"))

    def test_an_image_has_no_kernel(self) -> None:
        for verb in ("load", "unload"):
            self.assertIn("no kernel runs there", self.refused(verb, "loop", "--dry-run", "--root", image(self)))

    def test_a_module_is_needed(self) -> None:
        for verb in ("load", "unload"):
            self.assertIn("MODULE", self.refused(verb))

    @unittest.skipIf(os.geteuid() == 0, "root may")
    def test_who_is_not_root(self) -> None:
        for verb in ("load", "unload"):
            self.assertIn("only root", self.refused(verb, "loop", "--yes"))


if __name__ == "__main__":
    unittest.main()
