# SPDX-License-Identifier: GPL-2.0-or-later
"""The folders that a baseline covers, the host that it is of, and what an older version has recorded of neither."""

import contextlib
import hashlib
import json
import os
import sqlite3
import unittest
from pathlib import Path

from kmodsec_cli import CLEAN, FINDINGS, INCOMPLETE, kmodsec
from machine import RELEASE, Machine
from packing import archive
from test_baseline import LOOP, MODULES, BaselineTest, compact

OWN_STORE = "/var/lib/kmodsec/baseline.db"
TABLES_OF_THE_FIRST_VERSION = (
    "CREATE TABLE generations (number INTEGER PRIMARY KEY, time INTEGER NOT NULL, reason TEXT NOT NULL,"
    " previous TEXT NOT NULL, digest TEXT NOT NULL)",
    "CREATE TABLE entries (path TEXT PRIMARY KEY, entry TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE seals (number INTEGER PRIMARY KEY, key TEXT NOT NULL, signature TEXT NOT NULL)",
    "CREATE TABLE last_check (one INTEGER PRIMARY KEY CHECK (one = 1), time INTEGER NOT NULL, suspicious INTEGER NOT NULL)",
)


class FolderTest(BaselineTest):
    def place(self, path: str) -> Path:
        return self.machine.folder / path.lstrip("/")

    def changes(self) -> dict[str, dict]:
        document = self.check()
        return {change["path"]: change for kind in ("added", "removed", "changed") for change in document[kind]}

    def suspicious(self) -> dict[str, dict]:
        return {path: change for path, change in self.changes().items() if change["suspicious"]}


class Folders(FolderTest):
    def setUp(self) -> None:
        super().setUp()
        self.create()

    def test_that_others_may_write_now(self) -> None:
        for path in ("/", "/etc", "/etc/modprobe.d", "/lib", "/lib/modules", MODULES, f"{MODULES}/kernel", "/boot"):
            with self.subTest(path):
                before = self.place(path).stat().st_mode
                self.place(path).chmod(0o777)
                change = self.only_change("changed")
                self.assertEqual((change["path"], change["kind"], change["differs"]), (path, "folder", ["mode"]))
                self.assertEqual((change["severity"], change["concern"]), ("high", "others than root may write it now"))
                self.place(path).chmod(before)
                self.assertEqual(self.changes(), {})

    @unittest.skipUnless(os.geteuid() == 0, "only root gives a folder away")
    def test_that_another_owns_now(self) -> None:
        os.chown(self.place("/etc/modprobe.d"), 12345, -1)
        change = self.only_change("changed")
        self.assertEqual((change["differs"], change["severity"]), (["owner"], "high"))

    def test_that_is_closed_further(self) -> None:
        self.place(MODULES).chmod(0o700)
        self.assertEqual(self.only_change("changed")["severity"], "medium")
        self.assertEqual(self.run_action("accept", MODULES, "--reason", "nobody else looks", "--yes").code, CLEAN)
        self.assertEqual(self.changes(), {})

    def test_that_is_new(self) -> None:
        folder = self.place(f"{MODULES}/updates")
        folder.mkdir(mode=0o755)
        self.assertIn("root alone may write", self.only_change("added")["explanation"])
        folder.chmod(0o777)
        self.assertEqual(self.only_change("added")["severity"], "high")

    def test_that_is_gone(self) -> None:
        self.machine.write(f"{MODULES}/updates/readme")
        self.run_action("accept")
        self.place(f"{MODULES}/updates/readme").unlink()
        self.place(f"{MODULES}/updates").rmdir()
        self.assertFalse(self.only_change("removed")["suspicious"])

    def test_a_new_link_to_one(self) -> None:
        self.place("/opt/x").mkdir(parents=True)
        self.place(f"{MODULES}/extra").symlink_to("/opt/x")
        change = self.suspicious()[f"{MODULES}/extra"]
        self.assertEqual((change["severity"], change["now"]["attributes"]["link"]), ("high", "/opt/x"))
        self.assertEqual(change["concern"], "a new link to the folder /opt/x, and no package transaction covers it")
        self.assertEqual(set(self.changes()), {f"{MODULES}/extra", "/opt", "/opt/x"})

    def test_a_link_to_one_that_leads_elsewhere_or_is_gone(self) -> None:
        for folder in ("/opt/x", "/opt/y"):
            self.place(folder).mkdir(parents=True)
        link = self.place(f"{MODULES}/extra")
        link.symlink_to("/opt/x")
        self.run_action("accept")
        self.run_action("accept", f"{MODULES}/extra", "--reason", "ours", "--yes")
        self.assertEqual(self.changes(), {})
        link.unlink()
        link.symlink_to("/opt/y")
        self.assertIn("it was a link to /opt/x, and is a link to /opt/y now", self.suspicious()[f"{MODULES}/extra"]["concern"])
        link.unlink()
        self.assertIn("is gone", self.suspicious()[f"{MODULES}/extra"]["concern"])

    def test_a_link_in_the_place_of_one(self) -> None:
        folder = self.place("/etc/modprobe.d")
        folder.rename(self.place("/etc/elsewhere"))
        folder.symlink_to("elsewhere")
        change = self.suspicious()["/etc/modprobe.d"]
        self.assertIn("link", change["differs"])
        self.assertIn("it was a folder, and is a link to elsewhere now", change["concern"])

    def test_what_a_link_on_the_way_leads_to_counts(self) -> None:
        self.store.unlink()
        self.place("/lib/modules").rename(self.place("/usr/lib/modules"))
        self.place("/lib").rmdir()
        self.place("/lib").symlink_to("usr/lib")
        self.create()
        for path in ("/usr/lib", "/usr", "/lib/modules"):
            with self.subTest(path):
                before = self.place(path).stat().st_mode
                self.place(path).chmod(0o777)
                self.assertEqual(self.only_change("changed")["path"], path)
                self.place(path).chmod(before)

    def test_a_folder_in_the_place_of_a_file(self) -> None:
        self.place(LOOP).unlink()
        self.place(LOOP).mkdir()
        document = self.check()
        self.assertEqual([change["kind"] for change in document["removed"]], ["module"])
        self.assertEqual([change["kind"] for change in document["added"]], ["folder"])

    def test_a_new_folder_is_no_reason_to_build_an_image(self) -> None:
        initramfs = f"/boot/initrd.img-{RELEASE}"
        inside = Machine(self).write("/init", "#!/bin/sh\n")
        self.machine.write(initramfs, archive(inside.folder))
        self.run_action("accept", initramfs, "--reason", "ours", "--yes")
        self.place(f"{MODULES}/updates").mkdir()
        self.machine.write(initramfs, archive(inside.write("/init", "#!/bin/sh\nevil\n").folder))
        self.assertIn("nothing explains why", self.suspicious()[initramfs]["concern"])


class Hosts(FolderTest):
    ONE, OTHER = "1" * 32, "2" * 32

    def setUp(self) -> None:
        super().setUp()
        self.machine.write("/etc/machine-id", f"{self.ONE}\n")
        self.create()

    def test_this_one(self) -> None:
        self.assertTrue(self.check()["same_host"])
        self.assertRegex(self.check()["baseline"]["machine_id"], r"\A[0-9a-f]{32}\Z")

    def test_another_one(self) -> None:
        self.machine.write("/etc/machine-id", f"{self.OTHER}\n")
        run = self.run_action("check")
        self.assertEqual(run.code, INCOMPLETE, run)
        self.assertIn("Another host: this baseline was not recorded on this host", run.out)
        self.assertNotIn("Nothing has changed", run.out)
        self.assertIs(self.check()["same_host"], False)
        self.assertIn("of another host", self.refused_action("accept"))
        self.machine.install("rootkit", sign=False)
        self.assertEqual(self.run_action("check").code, FINDINGS)

    def test_another_one_in_the_status(self) -> None:
        store = self.place(OWN_STORE)
        store.parent.mkdir(parents=True)
        store.write_bytes(self.store.read_bytes())
        self.assertIn("no check of it is noted", kmodsec("status", "--root", self.machine).out)
        self.machine.write("/etc/machine-id", f"{self.OTHER}\n")
        self.assertIn("of another host: what changes here is not noticed", kmodsec("status", "--root", self.machine).out)

    def test_another_one_that_was_asked_for(self) -> None:
        copy = self.machine.folder / "copy"
        copy.write_text(self.run_action("show", "--format", "ndjson").out)
        self.machine.write("/etc/machine-id", f"{self.OTHER}\n")
        run = self.run_action("check", "--against", copy)
        self.assertEqual(run.code, CLEAN, run)
        self.assertIn("nothing that was looked at differs from it", run.out)
        self.assertNotIn("Nothing has changed", run.out)

    def test_one_that_says_nothing_of_itself(self) -> None:
        self.machine.without("/etc/machine-id")
        document = self.check()
        self.assertIsNone(document["same_host"])
        self.assertIn("whether it is a baseline of this host is not known", document["warnings"][0])
        self.machine.install("ours")
        self.run_action("accept", f"{MODULES}/kernel/ours.ko", "--reason", "ours", "--yes")
        self.machine.write("/etc/machine-id", f"{self.OTHER}\n")
        self.assertIs(self.check()["same_host"], False)

    def test_a_tree_is_not_recorded_in_the_store_of_this_host(self) -> None:
        existed = Path(OWN_STORE).exists()
        if not existed:
            self.addCleanup(Path(OWN_STORE).unlink, missing_ok=True)
        for action in ("create", "accept"):
            said = self.refused("baseline", action, "--root", self.machine, "--store", OWN_STORE)
            self.assertRegex(said, "is the baseline of this host|no baseline|another host")
        self.assertEqual(Path(OWN_STORE).exists(), existed)


class OfAnOlderVersion(FolderTest):
    def setUp(self) -> None:
        super().setUp()
        self.create()
        with contextlib.closing(sqlite3.connect(self.store)) as store:
            head = store.execute("SELECT number, time, reason, previous FROM generations").fetchone()
            entries = store.execute("SELECT path, entry FROM entries ORDER BY path").fetchall()
        self.write_old(head, [row for row in entries if json.loads(row[1])["kind"] != "folder"])

    def write_old(self, head: tuple[int, int, str, str], entries: list[tuple[str, str]]) -> None:
        fields = dict(zip(("generation", "time", "reason", "previous"), head, strict=True))
        text = compact({"schema": "kmodsec.baseline/1", **fields}) + "".join(entry for _, entry in entries)
        self.store.unlink()
        with contextlib.closing(sqlite3.connect(self.store)) as store:
            for statement in TABLES_OF_THE_FIRST_VERSION:
                store.execute(statement)
            store.execute("INSERT INTO generations VALUES (?, ?, ?, ?, ?)", (*head, hashlib.sha256(text.encode()).hexdigest()))
            store.executemany("INSERT INTO entries VALUES (?, ?)", entries)
            store.execute("PRAGMA user_version = 1")
            store.commit()

    def test_it_is_read_and_says_what_it_lacks(self) -> None:
        self.place("/etc/modprobe.d").chmod(0o777)
        document = self.check()
        self.assertEqual((self.changes(), document["folders"], document["same_host"]), ({}, None, None))
        self.assertIn("the folders of its files, and its host, are not recorded", document["warnings"][0])
        self.assertIn("Nothing has changed of what is recorded.", self.run_action("check").out)
        self.assertIn("folders and host not recorded", self.run_action("show").out)

    def test_its_files_are_compared(self) -> None:
        self.machine.install("rootkit", sign=False)
        self.assertEqual(list(self.suspicious()), [f"{MODULES}/kernel/rootkit.ko"])

    def test_its_copy_is_as_good(self) -> None:
        copy = self.machine.folder / "copy"
        copy.write_text(self.run_action("show", "--format", "ndjson").out)
        head, *entries = map(json.loads, copy.read_text().splitlines())
        self.assert_valid("baseline-record", head)
        for entry in entries:
            self.assert_valid("baseline-entry", entry)
        document = self.check("--against", copy)
        self.assertEqual((document["suspicious"], document["folders"]), (0, None))

    def test_the_next_generation_has_the_folders(self) -> None:
        self.place("/etc/modprobe.d").chmod(0o777)
        run = self.run_action("accept")
        self.assertEqual(run.code, CLEAN, run)
        self.assertIn("recorded for the first time", run.out)
        document = self.check()
        self.assertEqual(document["baseline"]["generation"], 2)
        self.assertGreater(document["folders"], 5)
        self.assertEqual(list(self.suspicious()), ["/etc/modprobe.d"])

    def test_a_store_that_was_edited(self) -> None:
        with contextlib.closing(sqlite3.connect(self.store)) as store:
            store.execute("DELETE FROM entries WHERE path LIKE '%loop.ko'")
            store.commit()
        self.assertIn("altered", self.refused_action("check"))


class Store(FolderTest):
    def test_that_no_check_is_noted_is_all_that_a_tree_says(self) -> None:
        store = self.place(OWN_STORE)
        store.parent.mkdir(parents=True)
        for action in ("create", "check"):
            self.assertEqual(kmodsec("baseline", action, "--root", self.machine, "--store", store).code, CLEAN)
        said = kmodsec("status", "--root", self.machine).out
        self.assertIn("no check of it is noted", said)
        self.assertNotIn("never checked", said)

    def test_numbers_that_no_check_has(self) -> None:
        store = self.place(OWN_STORE)
        store.parent.mkdir(parents=True)
        kmodsec("baseline", "create", "--root", self.machine, "--store", store)
        with contextlib.closing(sqlite3.connect(store)) as edited:
            edited.execute("INSERT INTO last_check VALUES (1, 5, -1, 0)")
            edited.commit()
        self.assertIn("cannot be trusted", kmodsec("status", "--root", self.machine).out)

    def test_a_generation_of_an_unknown_format(self) -> None:
        self.create()
        with contextlib.closing(sqlite3.connect(self.store)) as store:
            store.execute("UPDATE generations SET format = 3")
            store.commit()
        self.assertIn("altered", self.refused_action("check"))

    def test_a_host_without_modules(self) -> None:
        self.machine = Machine(self).write("/etc/modprobe.d/local.conf").whole()
        self.assertEqual(self.run_action("create").code, CLEAN)
        self.assertEqual(self.changes(), {})
        self.place("/etc/modprobe.d").chmod(0o777)
        self.assertEqual(list(self.suspicious()), ["/etc/modprobe.d"])


class Links(FolderTest):
    def test_one_whose_target_others_may_write_now(self) -> None:
        self.machine.write("/srv/conf/shared.conf", "blacklist loop\n")
        self.place("/etc/modprobe.d/shared.conf").symlink_to("/srv/conf/shared.conf")
        self.create()
        self.place("/srv/conf/shared.conf").chmod(0o666)
        change = self.only_change("changed")
        self.assertEqual((change["path"], change["differs"]), ("/etc/modprobe.d/shared.conf", ["mode"]))
        self.assertEqual((change["now"]["attributes"]["target"]["mode"], change["concern"]),
                         (0o666, "others than root may write it now"))
        self.place("/srv/conf/shared.conf").chmod(0o644)
        self.place("/srv/conf").chmod(0o777)
        self.assertEqual(self.only_change("changed")["path"], "/srv/conf")

    def test_one_whose_target_is_gone(self) -> None:
        self.machine.write("/etc/shared.conf", "blacklist loop\n")
        link = self.place("/etc/modprobe.d/shared.conf")
        link.symlink_to("/etc/shared.conf")
        self.create()
        self.machine.without("/etc/shared.conf")
        self.assertEqual(self.only_change("changed")["differs"], ["content"])
        self.machine.write("/etc/shared.conf", "blacklist loop\n")
        self.assertEqual(self.changes(), {})

    def test_a_file_that_nothing_leads_to_any_more(self) -> None:
        self.machine.write("/opt/x/ours.ko", self.place(LOOP).read_bytes())
        self.machine.write("/etc/depmod.d/x.conf", "external ^6\\\\.1.* /opt/x\n")
        self.create()
        self.machine.without("/etc/depmod.d/x.conf")
        change = self.suspicious()["/opt/x/ours.ko"]
        self.assertEqual(change["concern"], "it is still there, and nothing leads to it any more")


if __name__ == "__main__":
    unittest.main()
