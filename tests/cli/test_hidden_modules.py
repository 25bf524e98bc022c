# SPDX-License-Identifier: GPL-2.0-or-later
"""Modules where depmod and modprobe find them, and a look at the module folder alone does not."""

import gzip
import json
import lzma
import os
import socket
import unittest
from pathlib import Path

from kmodsec_cli import CLEAN, FINDINGS, INCOMPLETE, CliTest, Run, kmodsec
from machine import RELEASE, Machine, image, running
from module_file import module_file
from packing import archive
from signing import signed

MODULES = f"/lib/modules/{RELEASE}"
EVIL = module_file(license="GPL", name="evil")


class HiddenModules(CliTest):
    def setUp(self) -> None:
        self.machine = image(self)
        self.store = self.machine.folder.with_suffix(".db")
        self.addCleanup(self.store.unlink, missing_ok=True)

    def link(self, path: str, target: str) -> None:
        place = self.machine.folder / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(target)

    def baseline(self, *words: str) -> Run:
        return kmodsec("baseline", *words, "--root", self.machine, "--store", self.store, "--format", "json")

    def paths_verified(self) -> list[str]:
        run = kmodsec("verify", "--all", "--root", self.machine, "--format", "json")
        return [module["path"] for module in json.loads(run.out)["modules"]]

    def assert_seen_everywhere(self, path: str) -> None:
        self.assertIn(path, self.paths_verified())
        run = kmodsec("verify", "--all", "--root", self.machine)
        self.assertEqual(run.code, FINDINGS, run)
        run = kmodsec("list", "--on-disk", "--root", self.machine, "--format", "json")
        self.assertIn(path, [module["path"] for module in json.loads(run.out)["modules"]])
        run = kmodsec("audit", "--all", "--root", self.machine, "--format", "json")
        results = {result["id"]: result for result in json.loads(run.out)["checks"]}
        self.assertIn("evil", [finding["subject"] for finding in results["SIG-009"]["findings"]])

    def assert_added(self, path: str) -> None:
        run = self.baseline("check")
        self.assertEqual(run.code, FINDINGS, run)
        self.assertIn(path, [change["path"] for change in json.loads(run.out)["added"]])

    def test_behind_a_linked_folder(self) -> None:
        self.assertEqual(self.baseline("create").code, CLEAN)
        self.machine.write("/opt/x/deep/evil.ko", EVIL)
        self.link(f"{MODULES}/extra", "/opt/x")
        self.assert_added(f"{MODULES}/extra/deep/evil.ko")
        self.assert_seen_everywhere(f"{MODULES}/extra/deep/evil.ko")

    def test_behind_links_to_links_and_in_a_circle(self) -> None:
        self.assertEqual(self.baseline("create").code, CLEAN)
        self.machine.write("/opt/x/evil.ko", EVIL)
        self.link("/opt/y", "x")
        self.link("/opt/x/again", ".")
        self.link("/opt/x/home", MODULES)
        self.link(f"{MODULES}/extra", "../../../opt/y")
        self.link(f"{MODULES}/more", "/opt/x")
        self.assert_added(f"{MODULES}/extra/evil.ko")
        self.assert_seen_everywhere(f"{MODULES}/extra/evil.ko")
        self.assertEqual(sum(path.endswith("/evil.ko") for path in self.paths_verified()), 1)
        self.assertEqual(len(self.paths_verified()), 4)

    def test_in_a_kernel_that_is_a_link(self) -> None:
        self.assertEqual(self.baseline("create").code, CLEAN)
        self.machine.write("/opt/kernel/evil.ko", EVIL)
        self.link("/lib/modules/6.6.6", "/opt/kernel")
        self.assert_added("/lib/modules/6.6.6/evil.ko")

    def test_in_an_external_folder_of_depmod(self) -> None:
        self.assertEqual(self.baseline("create").code, CLEAN)
        self.machine.write("/opt/x/evil.ko", EVIL)
        self.machine.write("/etc/depmod.d/x.conf", "external ^6\\\\.1.* \\\n /opt/x\nexternal ^5 /opt\n")
        self.assert_added("/opt/x/evil.ko")
        self.assert_seen_everywhere("/opt/x/evil.ko")

    def test_named_by_the_index_alone(self) -> None:
        for name in (f"../../../srv/{RELEASE}/evil.bin", f"/srv/{RELEASE}/evil.bin"):
            for line in (f"{name}:\n", f"kernel/loop.ko: {name}\n"):
                with self.subTest(line):
                    self.setUp()
                    self.assertEqual(self.baseline("create").code, CLEAN)
                    self.machine.write(f"/srv/{RELEASE}/evil.bin", EVIL)
                    self.machine.write(f"{MODULES}/modules.dep", line)
                    path = name if name.startswith("/") else f"{MODULES}/{name}"
                    self.assert_added(path)
                    self.assertIn(path, self.paths_verified())

    def test_links_that_lead_nowhere_are_gaps(self) -> None:
        for target in ("/nowhere", "extra", "/lib/modules/../../../nowhere"):
            with self.subTest(target):
                self.setUp()
                self.link(f"{MODULES}/extra", target)
                for words in (("verify", "--all"), ("list", "--on-disk")):
                    run = kmodsec(*words, "--root", self.machine)
                    self.assertEqual(run.code, INCOMPLETE, run)
                    self.assertIn(f"{MODULES}/extra", run.out + run.err)
                self.assertEqual(self.baseline("create").code, INCOMPLETE)
                self.assertEqual(self.baseline("check").code, INCOMPLETE)

    def test_sources_are_not_gone_through(self) -> None:
        self.machine.write("/usr/src/linux/evil.ko", EVIL)
        self.link(f"{MODULES}/build", "/usr/src/linux")
        self.link(f"{MODULES}/source", "/nowhere")
        run = kmodsec("verify", "--all", "--root", self.machine)
        self.assertEqual(run.code, CLEAN, run)

    def test_who_may_write_what_links_lead_to(self) -> None:
        self.machine.write("/opt/x/evil.ko", signed(EVIL))
        self.link(f"{MODULES}/extra", "/opt/x")
        (self.machine.folder / "opt").chmod(0o777)
        (self.machine.folder / "opt/x/evil.ko").chmod(0o666)
        run = kmodsec("audit", "--root", self.machine, "--format", "json")
        results = {result["id"]: result for result in json.loads(run.out)["checks"]}
        subjects = [finding["subject"] for finding in results["PERM-001"]["findings"]]
        self.assertCountEqual(subjects, ["/opt/x/evil.ko", "/opt"])


INIT = b"#!/bin/sh\ninsmod /opt/evil.ko\n"


class ModulesInImages(CliTest):
    """An init inserts what it likes: every module of an initramfs counts."""

    def setUp(self) -> None:
        self.machine = image(self)
        self.store = self.machine.folder.with_suffix(".db")
        self.addCleanup(self.store.unlink, missing_ok=True)
        self.write_image({})
        self.assertEqual(self.baseline("create").code, CLEAN)

    def baseline(self, *words: str) -> Run:
        return kmodsec("baseline", *words, "--root", self.machine, "--store", self.store, "--format", "json")

    def write_image(self, files: dict[str, bytes], end: bytes = b"") -> None:
        folder = Machine(self).write("/init", INIT)
        for path, content in files.items():
            folder.write(f"/{path}", content)
        packed = gzip.compress(archive(folder.folder), mtime=0)
        self.machine.write(f"/boot/initrd.img-{RELEASE}", packed + end)

    def test_outside_of_the_module_folder(self) -> None:
        for path, content in {
            "opt/evil.ko": EVIL, "opt/evil.ko.xz": lzma.compress(EVIL, check=lzma.CHECK_CRC32), "etc/sh": EVIL,
            "opt/evil": gzip.compress(EVIL),
        }.items():
            with self.subTest(path):
                self.write_image({path: content})
                run = self.baseline("check")
                self.assertEqual(run.code, FINDINGS, run)
                added = {change["path"]: change for change in json.loads(run.out)["added"]}
                self.assertEqual(added[f"/boot/initrd.img-{RELEASE}:/{path}"]["severity"], "critical")
                run = kmodsec("audit", "--root", self.machine, "--format", "json")
                results = {result["id"]: result for result in json.loads(run.out)["checks"]}
                self.assertEqual(results["INITRD-002"]["status"], "fail")

    def test_in_an_image_that_cannot_be_read(self) -> None:
        self.write_image({"opt/evil.ko": EVIL}, b"\x1f\x8b\x08 and no more")
        run = self.baseline("check")
        self.assertEqual(run.code, FINDINGS, run)
        self.assertIn("could not be read", run.out)
        run = self.baseline("accept")
        self.assertEqual(self.baseline("check").code, FINDINGS)


class UnseenModules(CliTest):
    """What cannot be looked into is reported by every verb, and is never clean."""

    def setUp(self) -> None:
        self.machine = image(self)
        self.store = self.machine.folder.with_suffix(".db")
        self.addCleanup(self.store.unlink, missing_ok=True)

    def run_all(self) -> dict[str, Run]:
        at = ("--root", self.machine)
        return {
            "verify": kmodsec("verify", "--all", *at),
            "list": kmodsec("list", "--on-disk", *at),
            "audit": kmodsec("audit", "--all", *at),
            "check": kmodsec("baseline", "check", *at, "--store", self.store),
            "create": kmodsec("baseline", "create", *at, "--store", self.store.with_suffix(".new")),
        }

    def assert_told(self, path: str) -> None:
        self.addCleanup(self.store.with_suffix(".new").unlink, missing_ok=True)
        for verb, run in self.run_all().items():
            with self.subTest(verb):
                self.assertIn(run.code, (FINDINGS, INCOMPLETE), run)
                self.assertIn(path, run.out + run.err)

    def test_a_folder_that_became_a_file(self) -> None:
        self.assertEqual(kmodsec("baseline", "create", "--root", self.machine, "--store", self.store).code, CLEAN)
        folder = self.machine.folder / f"lib/modules/{RELEASE}/kernel"
        folder.rename(folder.with_name("moved"))
        (self.machine.folder / f"lib/modules/{RELEASE}/moved").rename(self.machine.folder / "moved")
        folder.write_text("")
        self.assert_told(f"{MODULES}/kernel")

    def test_a_circle_of_links(self) -> None:
        self.assertEqual(kmodsec("baseline", "create", "--root", self.machine, "--store", self.store).code, CLEAN)
        Path(f"{self.machine}/lib/modules/{RELEASE}/extra").symlink_to("extra")
        self.assert_told(f"{MODULES}/extra")

    def test_a_module_that_is_no_file(self) -> None:
        self.assertEqual(kmodsec("baseline", "create", "--root", self.machine, "--store", self.store).code, CLEAN)
        os.mkfifo(f"{self.machine}{MODULES}/kernel/pipe.ko")
        self.assert_told(f"{MODULES}/kernel/pipe.ko")


class SpecialFiles(CliTest):
    """What stands under the name of a file of configuration and is no file is reported, and never waited for."""

    def setUp(self) -> None:
        self.machine = running(self)
        self.store = self.machine.folder.with_suffix(".db")
        self.addCleanup(self.store.unlink, missing_ok=True)

    def place(self, path: str) -> Path:
        place = self.machine.folder / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        return place

    def make(self, kind: str, path: str) -> None:
        match kind:
            case "fifo": os.mkfifo(self.place(path))
            case "folder": self.place(path).mkdir()
            case "link": (os.mkfifo(self.place("/run/fifo")), self.place(path).symlink_to("/run/fifo"))
            case "socket":
                with socket.socket(socket.AF_UNIX) as listener:
                    listener.bind(str(self.place(path)))

    def test_told_by_everything_that_reads_the_folder(self) -> None:
        at = ("--root", self.machine)
        for folder, verbs in {
            "modprobe.d": [("doors", "loop"), ("audit",)], "modules-load.d": [("audit",)],
            "depmod.d": [("verify", "--all"), ("list", "--on-disk")],
        }.items():
            for kind in ("fifo", "socket", "link", "folder"):
                if (folder, kind) == ("depmod.d", "folder"):
                    continue
                with self.subTest(f"{kind} in {folder}"):
                    self.setUp()
                    at = ("--root", self.machine)
                    path = f"/etc/{folder}/x.conf"
                    self.make(kind, path)
                    for words in verbs:
                        run = kmodsec(*words, *at)
                        self.assertIn(path, run.out + run.err, words)
                        self.assertNotEqual(run.code, CLEAN, words)
                    run = kmodsec("baseline", "create", *at, "--store", self.store)
                    self.store.unlink()
                    if kind != "folder":
                        self.assertEqual(run.code, INCOMPLETE, run)
                        self.assertIn(path, run.out + run.err)

    def test_a_mask_is_none_of_them(self) -> None:
        for folder in ("modprobe.d", "modules-load.d", "depmod.d"):
            self.place(f"/etc/{folder}/x.conf").symlink_to("/dev/null")
        run = kmodsec("verify", "--all", "--root", self.machine)
        self.assertEqual(run.code, CLEAN, run)
        run = kmodsec("doors", "loop", "--root", self.machine)
        self.assertNotIn("x.conf", run.out + run.err)
        run = kmodsec("baseline", "create", "--root", self.machine, "--store", self.store)
        self.assertEqual(run.code, CLEAN, run)


if __name__ == "__main__":
    unittest.main()
