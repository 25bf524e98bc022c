# SPDX-License-Identifier: GPL-2.0-or-later
"""One question, one answer: whichever verb is asked, of a machine or of its snapshot."""

import hashlib
import shutil
import tempfile
import unittest
from pathlib import Path

from kmodsec_cli import CLEAN, FINDINGS, INCOMPLETE, CliTest, kmodsec
from machine import RELEASE, Machine, image, running
from test_cves import debian, tables

LOOP = f"/lib/modules/{RELEASE}/kernel/loop.ko"
MOUNTED = "30 1 254:0 / /boot rw - vfat /dev/vda1 rw\n"


class OneTruth(CliTest):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory(prefix="kmodsec-cli-")))
        self.data = tables(self)

    def snapshot_of(self, machine: Machine) -> Path:
        file = self.folder / "machine.json"
        kmodsec("snapshot", "--root", machine, "--output", file)
        return file

    def places(self, machine: Machine) -> list[tuple[str, object]]:
        return [("--root", machine), ("--snapshot", self.snapshot_of(machine))]

    def module(self, verb: str, name: str, *words: object) -> dict:
        asked = [] if verb == "list" else [name]
        modules = self.document(verb, *asked, *words)["modules"]
        return next(module for module in modules if module["name"] == name)


class WhoUsesIt(OneTruth):
    def uses(self, name: str, place: tuple[str, object]) -> list[str]:
        step = self.document("unload", name, "--dry-run", *place)["steps"][0] if place[0] == "--root" else None
        return [self.module("list", name, *place)["use"], self.module("show", name, *place, "--data", self.data)["use"],
                self.module("cves", name, *place, "--data", self.data)["use"], *([step["use"]] if step else [])]

    def test_every_verb_names_the_same_users(self) -> None:
        machine = debian(running(self)).write("/proc/self/mountinfo", MOUNTED)
        for place in self.places(machine):
            for name, use in {"vfat": "mount /boot", "fat": "vfat", "loop": "nothing"}.items():
                with self.subTest(name, place=place[0]):
                    self.assertEqual(set(self.uses(name, place)), {use})

    def test_text_has_the_words_of_the_document(self) -> None:
        machine = debian(running(self)).write("/proc/self/mountinfo", MOUNTED)
        self.assertRegex(kmodsec("list", "--root", machine).out, r"(?m)^vfat .* mount /boot$")
        self.assertRegex(kmodsec("show", "vfat", "--root", machine).out, r"(?m)^used by: +mount /boot$")
        self.assertIn("in use by mount /boot", kmodsec("cves", "vfat", "--root", machine, "--data", self.data).out)
        self.assertIn("in use by mount /boot", kmodsec("unload", "vfat", "--dry-run", "--root", machine).out)

    def test_where_no_kernel_runs_nobody_knows(self) -> None:
        for place in self.places(image(self)):
            said = kmodsec("cves", "vfat", *place, "--data", self.data).out
            self.assertNotIn("nothing here uses", said)
            self.assertIn("if nothing uses it; who uses it is not known (no kernel runs there): kmodsec deny vfat", said)


class WhetherItIsOpen(OneTruth):
    def states(self, name: str, place: tuple[str, object]) -> set[str]:
        shown = self.module("show", name, *place)["load_paths"]
        return {shown["load_state"], self.module("doors", name, *place)["load_state"],
                self.module("cves", name, *place, "--data", self.data)["load_state"]}

    def test_every_verb_says_the_same(self) -> None:
        machine = debian(running(self)).install("bare", sign=False)
        machine.write("/etc/modprobe.d/a.conf", "install vfat /usr/bin/decide\nblacklist loop\ninstall loop /bin/false\n")
        machine.write("/usr/bin/decide", "#!/bin/sh\n")
        dep = machine.folder / f"lib/modules/{RELEASE}/modules.dep"
        dep.write_text(dep.read_text() + "kernel/bare.ko:\n")
        for place in self.places(machine):
            for name, state in {"vfat": "unknown", "loop": "closed", "fat": "open", "bare": "closed"}.items():
                with self.subTest(name, place=place[0]):
                    self.assertEqual(self.states(name, place), {state})

    def test_an_unknown_one_is_a_gap_of_each(self) -> None:
        machine = image(self).write("/etc/modprobe.d/a.conf", "install vfat /usr/bin/decide\n")
        machine.write("/usr/bin/decide", "#!/bin/sh\n")
        for words in (["doors", "vfat"], ["show", "vfat"], ["doors", "--open"]):
            self.assertEqual(kmodsec(*words, "--root", machine).code, INCOMPLETE, words)


class HowManyVulnerabilities(OneTruth):
    rows = "2024-1000\tvfat\t\t0>6.1.150\twild\tuserns\n2024-2000\tvfat\t\t0>6.8\n2024-3000\tvfat\t\t0>6.1.90\n"

    def test_every_verb_counts_the_same(self) -> None:
        data = tables(self, self.rows)
        for version, words in {"6.1.100-1": "2 affected, of 3 known; with an exploit: 1",
                               "6.1.190-1": "0 affected, 1 cannot tell, of 3 known"}.items():
            machine = debian(running(self))
            machine.write("/proc/sys/kernel/version", f"#1 SMP PREEMPT_DYNAMIC Debian {version} (2024-07-21)\n")
            for place in self.places(machine):
                for verb in ("show", "doors", "cves"):
                    with self.subTest(verb, version=version, place=place[0]):
                        said = self.module(verb, "vfat", *place, "--data", data)["vulnerabilities"]
                        self.assertEqual(said["text"], words)
                        self.assertIn(words, kmodsec(verb, "vfat", *place, "--data", data).out)

    def test_what_nobody_can_tell_is_no_clean_answer(self) -> None:
        machine = debian(running(self)).write("/proc/sys/kernel/version", "#1 SMP Debian 6.1.190-1 (2024-07-21)\n")
        said = kmodsec("cves", "vfat", "--root", machine, "--data", tables(self, "2024-2000\tvfat\t\t0>6.8\n"))
        self.assertEqual(said.code, INCOMPLETE)
        self.assertIn("vulnerabilities of vfat", said.err)

    def test_an_audit_judges_the_kernels_of_an_image(self) -> None:
        machine = image(self).write("/etc/os-release", "ID=debian\n")
        document = self.document("audit", "--root", machine, "--data", self.data)
        check = next(check for check in document["checks"] if check["id"] == "CVE-002")
        self.assertEqual((check["status"], [finding["subject"] for finding in check["findings"]]), ("fail", ["vfat"]))


class WhichPackageVouches(OneTruth):
    def machine(self) -> Machine:
        machine = running(self)
        info = "/var/lib/dpkg/info/linux-image"
        digests = {name: hashlib.md5((machine.folder / f"lib/modules/{RELEASE}/kernel/{name}.ko").read_bytes(), usedforsecurity=False)
                   .hexdigest() for name in ("loop", "fat")} | {"vfat": "0" * 32}
        machine.write("/var/lib/dpkg/status", "Package: linux-image\nStatus: install ok installed\nVersion: 6.1.1-1\n\n")
        machine.write(f"{info}.list", "".join(f"/lib/modules/{RELEASE}/kernel/{name}.ko\n" for name in digests))
        return machine.write(f"{info}.md5sums", "".join(
            f"{digest}  lib/modules/{RELEASE}/kernel/{name}.ko\n" for name, digest in digests.items()))

    def levels(self, name: str, place: tuple[str, object], *words: str) -> set[str]:
        return {self.module(verb, name, *place, *words)["package"]["level"] for verb in ("list", "show")}

    def test_a_machine_and_its_snapshot_say_the_same(self) -> None:
        for place in self.places(self.machine()):
            with self.subTest(place=place[0]):
                self.assertEqual(self.levels("loop", place), {"db-match"})
                self.assertEqual(self.levels("vfat", place), {"mismatch"})
                self.assertEqual(self.levels("vfat", place, "--no-verify"), {"owned-unverified"})

    def test_what_is_not_verified_is_so_of_a_snapshot_too(self) -> None:
        (_, machine), (_, snapshot) = self.places(self.machine())
        for verb, names in (("list", []), ("show", ["loop"])):
            live = self.document(verb, *names, "--no-verify", "--root", machine)["modules"]
            self.assertEqual(self.document(verb, *names, "--no-verify", "--snapshot", snapshot)["modules"], live)
            self.assertEqual({module["signature"]["status"] for module in live}, {"unknown"})


class WhetherItsFileIsThere(OneTruth):
    def gone(self) -> Machine:
        return running(self).without(LOOP)

    def statuses(self, name: str, place: tuple[str, object]) -> set[str]:
        return {self.module(verb, name, *place)["file_status"] for verb in ("list", "show", "verify", "doors")}

    def test_a_file_that_is_gone(self) -> None:
        machine = self.gone()
        for place in self.places(machine):
            self.assertEqual(self.statuses("loop", place), {"gone"}, place)
        for words in (["show", "loop"], ["verify", "loop"], ["doors", "loop"], ["audit"]):
            said = " ".join(kmodsec(*words, "--root", machine).out.split())
            self.assertIn(f"its file {LOOP} is gone", said, words)

    def test_a_file_that_is_gone_is_not_loaded(self) -> None:
        machine = self.gone()
        (machine.folder / "proc/modules").write_text("")
        said = kmodsec("load", "loop", "--dry-run", "--root", machine)
        self.assertEqual(said.code, FINDINGS)
        self.assertIn("is gone", said.out)

    def test_a_module_that_no_index_names(self) -> None:
        machine = running(self).load("ghost")
        for place in self.places(machine):
            self.assertEqual(self.statuses("ghost", place), {"none"}, place)
        self.assertEqual(kmodsec("list", "--root", machine).code, INCOMPLETE)

    def test_a_capture_without_module_files_says_nothing_of_them(self) -> None:
        machine = running(self)
        shutil.rmtree(machine.folder / f"lib/modules/{RELEASE}/kernel")
        for place in self.places(machine):
            self.assertEqual(self.statuses("loop", place), {"unknown"}, place)
        self.assertNotIn("is gone", kmodsec("audit", "--root", machine).out)

    def test_one_that_is_there(self) -> None:
        for place in self.places(running(self)):
            self.assertEqual(self.statuses("fat", place), {"there"}, place)
        self.assertEqual(kmodsec("list", "--root", running(self)).code, CLEAN)


if __name__ == "__main__":
    unittest.main()
