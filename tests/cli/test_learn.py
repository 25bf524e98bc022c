# SPDX-License-Identifier: GPL-2.0-or-later
"""`kmodsec learn record`, `show`, `forget` and `import`: the record of what a host used."""

import fcntl
import signal
import sqlite3
import subprocess
import time
import unittest
from collections.abc import Callable
from pathlib import Path

from kmodsec_cli import CLEAN, FAILED, INCOMPLETE, PROGRAM, CliTest, Run, kmodsec
from machine import RELEASE, image, running

BOOTS = ["d3bd2b8b-2a5c-4b8b-9d4f-0b2b0a6a7a11", "e3bd2b8b-2a5c-4b8b-9d4f-0b2b0a6a7a12", "f3bd2b8b-2a5c-4b8b-9d4f-0b2b0a6a7a13"]
DAY = 24 * 3600
BEGIN = 1795910400  # 2026-11-29
BEGUN = "2026-11-29T00:00:00Z"
LSMOD = "Module                  Size  Used by\nisofs                  49152  0\nsnd-hda-intel          61440  2\n"


class LearnTest(CliTest):
    """A running host with vfat, fat and loop in its kernel, and a store beside it."""

    def setUp(self) -> None:
        self.machine = running(self).write("/etc/machine-id", "0123456789abcdef0123456789abcdef\n").write("/etc/hostname", "web-1\n")
        self.store = self.machine.folder.with_suffix(".usage.db")
        self.addCleanup(self.store.unlink, missing_ok=True)
        self.boot(0)

    def boot(self, number: int) -> None:
        self.machine.write("/proc/sys/kernel/random/boot_id", f"{BOOTS[number]}\n")

    def place(self) -> list[str]:
        return ["--root", str(self.machine), "--store", str(self.store)]

    def learn(self, *words: str | Path, at: int = BEGIN) -> Run:
        return kmodsec("learn", *words, *self.place(), SOURCE_DATE_EPOCH=str(at))

    def record(self, at: int = BEGIN) -> Run:
        run = self.learn("record", at=at)
        self.assertEqual((run.code, run.err), (CLEAN, ""))
        return run

    def shown(self, *words: str) -> dict:
        return self.document("learn", "show", *words, *self.place())["record"]

    def module(self, name: str) -> dict:
        return next(module for module in self.shown()["modules"] if module["name"] == name)

    def names(self) -> list[str]:
        return [module["name"] for module in self.shown()["modules"]]

    def file(self, content: str | bytes, name: str = "list") -> Path:
        self.machine.write(f"/{name}", content)
        return self.machine.folder / name

    def refused_action(self, *words: str | Path) -> str:
        return self.refused("learn", *words, *self.place())


class Record(LearnTest):
    def test_a_first_sighting(self) -> None:
        run = self.record()
        self.assertIn("3 modules are new: fat, loop, vfat", run.out)
        record = self.shown()
        self.assertEqual([module["name"] for module in record["modules"]], ["fat", "loop", "vfat"])
        self.assertEqual(record["boots"], [{"id": BOOTS[0], "kernel": RELEASE, "first_seen": BEGUN, "last_seen": BEGUN}])
        fat = self.module("fat")
        self.assertEqual((fat["held_by"], fat["boots"], fat["last_boot"], fat["imported_from"]), ("vfat", 1, BOOTS[0], None))
        self.assertEqual((fat["first_seen"], fat["last_seen"]), (BEGUN, BEGUN))

    def test_nothing_of_a_boot_is_older_than_the_boot(self) -> None:
        self.record(1000)
        self.machine.write("/proc/stat", f"cpu 0\nbtime {BEGIN - 600}\n")
        self.record(BEGIN)
        boot = self.shown()["boots"][0]
        self.assertEqual((boot["first_seen"], boot["last_seen"]), ("2026-11-28T23:50:00Z", BEGUN))

    def test_an_audit_log_that_cannot_be_read_is_a_gap(self) -> None:
        self.machine.write("/etc/audit/auditd.conf", "log_file = audit.log\n")
        run = self.learn("record")
        self.assertEqual(run.code, INCOMPLETE, run.out + run.err)
        self.assertEqual(self.names(), ["fat", "loop", "vfat"])

    def test_boots_are_counted(self) -> None:
        self.record()
        self.record(BEGIN + 600)
        self.assertEqual(self.module("loop")["boots"], 1)
        self.boot(1)
        self.record(BEGIN + DAY)
        loop = self.module("loop")
        self.assertEqual((loop["boots"], loop["first_seen"], loop["last_seen"]), (2, BEGUN, "2026-11-30T00:00:00Z"))

    def test_what_is_gone_stays_in_the_record(self) -> None:
        self.record()
        modules = self.machine.folder / "proc/modules"
        modules.write_text("".join(line for line in modules.read_text().splitlines(True) if not line.startswith("loop ")))
        run = self.record(BEGIN + DAY)
        self.assertIn("Nothing is new", run.out)
        self.assertEqual(self.module("loop")["last_seen"], BEGUN)

    def test_a_clock_that_was_set_back(self) -> None:
        self.record()
        run = self.learn("record", at=BEGIN - 400 * DAY)
        self.assertEqual(run.code, CLEAN)
        self.assertIn("the clock is behind the record", run.out)
        self.assertEqual(self.module("loop")["first_seen"], BEGUN)

    def test_a_record_of_another_host(self) -> None:
        self.record()
        before = self.store.read_bytes()
        self.machine.write("/etc/machine-id", "f123456789abcdef0123456789abcdef\n")
        self.assertIn("of another host", self.refused_action("record"))
        self.assertEqual(self.store.read_bytes(), before)

    def test_who_asked(self) -> None:
        self.machine.write("/etc/modules-load.d/ours.conf", "# ours\nloop\n")
        self.record()
        self.assertEqual(self.module("loop")["requesters"], [{"kind": "boot", "detail": "/etc/modules-load.d/ours.conf:2", "user": None}])
        self.assertIn("boot: /etc/modules-load.d/ours.conf:2", self.learn("show").out)

    def test_a_disk_of_which_no_kernel_runs(self) -> None:
        self.assertIn("no kernel runs", self.refused("learn", "record", "--root", image(self), "--store", self.store))

    def test_a_line_that_no_kernel_writes_is_a_gap(self) -> None:
        modules = self.machine.folder / "proc/modules"
        modules.write_text(modules.read_text() + "what is this\n")
        run = self.learn("record")
        self.assertEqual(run.code, INCOMPLETE)
        self.assertEqual(self.names(), ["fat", "loop", "vfat"])

    def test_the_store_is_not_guessed_for_a_tree(self) -> None:
        self.assertIn("--store", self.refused("learn", "record", "--root", self.machine))


class Store(LearnTest):
    def setUp(self) -> None:
        super().setUp()
        self.record()

    def edited(self, edit: Callable[[sqlite3.Connection], object]) -> str:
        store = sqlite3.connect(self.store)
        edit(store)
        store.commit()
        store.close()
        before = self.store.read_bytes()
        line = self.refused_action("record")
        self.assertEqual(self.store.read_bytes(), before)
        run = self.learn("show")
        self.assertEqual((run.code, run.out.count("loop")), (INCOMPLETE, 0))
        return line

    def test_only_for_its_owner(self) -> None:
        self.assertEqual(self.store.stat().st_mode & 0o777, 0o600)

    def test_a_trigger(self) -> None:
        self.assertIn("altered", self.edited(lambda store: store.execute(
            "CREATE TRIGGER t AFTER INSERT ON modules BEGIN DELETE FROM modules; END")))

    def test_a_name_that_leads_elsewhere(self) -> None:
        self.assertIn("altered", self.edited(lambda store: store.execute("UPDATE modules SET module = '../fat' WHERE module = 'fat'")))

    def test_a_time_out_of_bounds(self) -> None:
        self.assertIn("altered", self.edited(lambda store: store.execute("UPDATE modules SET last_seen = 9223372036854775807")))

    def test_of_a_newer_version(self) -> None:
        self.assertIn("newer kmodsec", self.edited(lambda store: store.execute("PRAGMA user_version = 2")))

    def test_cut(self) -> None:
        self.store.write_bytes(self.store.read_bytes()[:5000])
        self.refused_action("record")

    def test_two_at_once(self) -> None:
        with self.store.open() as holder:
            fcntl.flock(holder, fcntl.LOCK_EX)
            self.assertIn("another run", self.refused_action("record"))
        self.record()

    def test_killed_while_it_is_written(self) -> None:
        words = [PROGRAM, "learn", "record", *self.place()]
        for moment in range(10):
            with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
                time.sleep(moment * 0.02)
                program.send_signal(signal.SIGKILL)
            self.assertEqual(self.names(), ["fat", "loop", "vfat"])

    def test_the_same_sighting_has_the_same_bytes(self) -> None:
        before = self.store.read_bytes()
        self.record()
        self.assertEqual(self.store.read_bytes(), before)


class Show(LearnTest):
    def test_without_a_record(self) -> None:
        run = kmodsec("learn", "show", "--root", self.machine)
        self.assertEqual((run.code, run.out), (FAILED, ""))
        self.assertIn(f"nothing was recorded yet: 'kmodsec learn record --root {self.machine}' begins", run.err)
        self.assertIn("kmodsec learn record", self.refused_action("show"))

    def test_the_record_of_a_tree_and_of_its_snapshot(self) -> None:
        self.record()
        self.machine.write("/var/lib/kmodsec/usage.db", self.store.read_bytes())
        (self.machine.folder / "var/lib/kmodsec/usage.db").chmod(0o600)
        snapshot = self.machine.folder / "snapshot.json"
        snapshot.write_text(kmodsec("snapshot", "--root", self.machine).out)
        for place in (("--root", self.machine), ("--snapshot", snapshot)):
            with self.subTest(place[0]):
                document = self.document("learn", "show", *place)
                self.assertEqual([module["name"] for module in document["record"]["modules"]], ["fat", "loop", "vfat"])
                self.assertEqual(document["host"]["name"], "web-1")

    def test_what_others_may_write_is_a_gap(self) -> None:
        self.record()
        self.machine.write("/var/lib/kmodsec/usage.db", self.store.read_bytes())
        (self.machine.folder / "var/lib/kmodsec/usage.db").chmod(0o666)
        run = kmodsec("learn", "show", "--root", self.machine)
        self.assertEqual(run.code, INCOMPLETE)
        self.assertIsNone(self.document("learn", "show", "--root", self.machine)["record"])

    def test_single_modules(self) -> None:
        self.record()
        self.assertEqual([module["name"] for module in self.shown("vfat", "loop")["modules"]], ["loop", "vfat"])
        run = self.learn("show", "isofs")
        self.assertEqual(run.code, CLEAN)
        self.assertIn("isofs is not in the record", run.out)

    def test_what_means_nothing_to_it(self) -> None:
        self.assertIn("not a format of 'learn show'", self.refused_action("show", "--format", "nix"))
        self.assertIn("--from", self.refused_action("show", "--from", "x"))
        self.assertIn("unexpected argument", self.refused_action("record", "loop"))
        self.assertIn("did you mean record?", self.refused_action("recrod"))


class Forget(LearnTest):
    def setUp(self) -> None:
        super().setUp()
        self.record()

    def test_some_modules(self) -> None:
        run = self.learn("forget", "loop", "--yes")
        self.assertEqual(run.code, CLEAN, run.err)
        self.assertIn("1 module was forgotten: loop", run.out)
        self.assertEqual(self.names(), ["fat", "vfat"])

    def test_all(self) -> None:
        self.assertIn("3 modules were forgotten", self.learn("forget", "--all", "--yes").out)
        self.assertIn("nothing was recorded yet", self.refused_action("show"))

    def test_nobody_is_there_to_ask(self) -> None:
        self.assertIn("--yes", self.refused_action("forget", "--all"))
        self.assertEqual(self.names(), ["fat", "loop", "vfat"])

    def test_nothing_is_named(self) -> None:
        self.assertIn("name the modules to forget, or use --all", self.refused_action("forget", "--yes"))
        self.assertIn("--all", self.refused_action("forget", "loop", "--all", "--yes"))
        self.assertIn("means nothing to 'learn show'", self.refused_action("show", "--all"))
        self.assertEqual(self.names(), ["fat", "loop", "vfat"])

    def test_what_is_not_recorded(self) -> None:
        self.assertIn("did you mean vfat?", self.refused_action("forget", "vfatt", "--yes"))


class Import(LearnTest):
    def test_lists(self) -> None:
        for content, names in (("# kept here\nxt-owner # nft\n\nnft_compat\n", ["nft_compat", "xt_owner"]),
                               (LSMOD, ["isofs", "snd_hda_intel"]),
                               ("loop 16384 0 - Live 0x0000000000000000\n", ["loop"]),
                               ("kernel/fs/isofs/isofs.ko.xz\n", ["isofs"])):
            with self.subTest(content):
                self.store.unlink(missing_ok=True)
                path = self.file(content)
                run = self.learn("import", path)
                self.assertEqual((run.code, run.err), (CLEAN, ""))
                self.assertEqual(self.names(), names)
                module = self.module(names[0])
                self.assertEqual((module["imported_from"], module["boots"], module["last_boot"]), (str(path), 0, None))

    def test_what_is_seen_later_is_no_import_any_more(self) -> None:
        self.learn("import", self.file("loop\nisofs\n"))
        self.record(int(time.time()))
        self.assertEqual((self.module("loop")["imported_from"], self.module("loop")["boots"]), (None, 1))
        self.assertNotEqual(self.module("isofs")["imported_from"], None)

    def test_a_record_and_a_snapshot_of_another_host(self) -> None:
        self.record()
        record = self.file(self.store.read_bytes(), "other.db")
        snapshot = self.file(kmodsec("snapshot", "--root", self.machine).out, "snapshot.json")
        for path, source in ((record, str(record)), (snapshot, "web-1")):
            with self.subTest(path.name):
                self.store.unlink()
                self.assertEqual(self.learn("import", path).code, CLEAN)
                self.assertEqual(self.names(), ["fat", "loop", "vfat"])
                self.assertEqual(self.module("fat")["imported_from"], source)

    def test_lines_that_name_nothing_are_a_gap(self) -> None:
        run = self.learn("import", self.file("loop\nblacklist isofs\n"))
        self.assertEqual(run.code, INCOMPLETE)
        self.assertIn("line 2 names no module", run.err + run.out)
        self.assertEqual(self.names(), ["loop"])

    def test_names_that_no_kernel_has(self) -> None:
        path = self.file("loop\next4\nisofs\nlopo\n")
        run = self.learn("import", path)
        self.assertEqual(run.code, CLEAN)
        self.assertIn("in no installed kernel: isofs, lopo", " ".join(run.out.split()))
        self.assertEqual(self.names(), ["ext4", "isofs", "loop", "lopo"])
        self.assertEqual(len(self.document("learn", "import", self.file("loop\nvfat\n"), *self.place())["notes"]), 0)

    def test_what_is_no_list(self) -> None:
        self.assertIn("no list of modules", self.refused_action("import", self.file("<html> of a page\n")))
        self.refused_action("import", self.file(b"SQLite format 3\0" + bytes(200)))
        self.refused_action("import", self.file('{"schema": "kmodsec.audit/1"}'))
        self.refused_action("import", self.machine.folder / "missing")
        self.assertIn("name the files", self.refused_action("import"))
        self.assertFalse(self.store.exists())

    def test_the_answer(self) -> None:
        self.record()
        path = self.file("loop\nisofs\n")
        document = self.document("learn", "import", path, *self.place())
        self.assertEqual((document["added"], document["removed"], document["unseen"]), (["isofs"], [], []))


if __name__ == "__main__":
    unittest.main()
