# SPDX-License-Identifier: GPL-2.0-or-later
"""Stores, and databases of rpm, that an attacker made: nothing in them is run, replayed, followed or written to."""

import json
import shutil
import sqlite3
import struct
import subprocess
import unittest
from collections.abc import Callable
from pathlib import Path

from kmodsec_cli import CLEAN, FAILED, INCOMPLETE, PROGRAM, Run, kmodsec
from module_file import module_file
from test_baseline import LOOP, BaselineTest
from test_rpm import DATABASE, Rpm

PAGE = 4096
JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
ENDLESS = "WITH RECURSIVE forever(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM forever) SELECT "
PATIENCE = 1200  # Seconds; what is refused takes none of them, what is not takes forever.


def hot_journal(victim: Path) -> bytes:
    """One that SQLite rolls back, and that names a super-journal, which SQLite deletes then."""
    name = str(victim).encode()
    header = JOURNAL_MAGIC + struct.pack(">IIIII", 0, 1, 1, 512, PAGE)
    super_journal = struct.pack(">I", 1) + name + struct.pack(">II", len(name), sum(name)) + JOURNAL_MAGIC
    return header.ljust(512, b"\0") + super_journal


def endless_tree(path: Path, table: str) -> None:
    """Pages of a table, each of which names the next one three hundred times."""
    with sqlite3.connect(path) as store:
        [root] = store.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table]).fetchone()
    pages = path.read_bytes()
    assert int.from_bytes(pages[16:18], "big") == PAGE
    leaf = pages[(root - 1) * PAGE:root * PAGE]
    last = len(pages) // PAGE
    numbers = [root, *range(last + 1, last + 9)]
    pages += bytes(8 * PAGE)
    for number, child in zip(numbers, numbers[1:], strict=False):
        cells = [struct.pack(">IB", child, 1)] * 300
        start = PAGE - 5 * len(cells)
        places = b"".join(struct.pack(">H", start + 5 * at) for at in range(len(cells)))
        head = struct.pack(">BHHHBI", 5, 0, len(cells), start, 0, child) + places
        page = head.ljust(start, b"\0") + b"".join(cells)
        pages = pages[:(number - 1) * PAGE] + page + pages[number * PAGE:]
    pages = pages[:(numbers[-1] - 1) * PAGE] + leaf + pages[numbers[-1] * PAGE:]
    path.write_bytes(pages[:28] + struct.pack(">I", len(pages) // PAGE) + pages[32:])


class HostileStore(BaselineTest):
    def setUp(self) -> None:
        super().setUp()
        self.create()
        self.evidence = self.machine.folder / "var/lib/kmodsec/baseline.db"
        self.evidence.parent.mkdir(parents=True)
        shutil.copy(self.store, self.evidence)
        self.outside = self.machine.folder.with_suffix(".outside")
        self.outside.mkdir()
        self.addCleanup(shutil.rmtree, self.outside, ignore_errors=True)

    def look(self, *words: str | Path) -> Run:
        command = [PROGRAM, "baseline", *map(str, words), "--root", str(self.machine)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
        return Run(done.returncode, done.stdout, done.stderr)

    def ways_to_look(self) -> list[Run]:
        return [self.look(verb, option, self.evidence) for verb in ("check", "show") for option in ("--store", "--against")]

    def state(self) -> dict[str, tuple[bytes, int]]:
        return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in self.evidence.parent.iterdir()}


class LeftHalfWritten(HostileStore):
    def test_a_journal_is_not_replayed(self) -> None:
        victim = self.outside / "victim"
        victim.write_text("of the host\n")
        for ending, content in (("-journal", hot_journal(victim)), ("-wal", b"frames")):
            beside = self.evidence.with_name(self.evidence.name + ending)
            beside.write_bytes(content)
            before = self.state()
            for run in self.ways_to_look():
                self.assertEqual(run.code, INCOMPLETE, run)
                self.assertIn("let its host finish", run.out)
            for words in (["accept"], ["create"]):
                run = self.look(*words, "--store", self.evidence)
                self.assertEqual(run.code, FAILED, run)
                self.assertIn("let its host finish", run.err)
            self.assertEqual(self.state(), before)
            self.assertTrue(victim.exists())
            beside.unlink()

    def test_a_document_says_it_too(self) -> None:
        self.evidence.with_name("baseline.db-journal").write_bytes(b"x")
        for verb, schema in (("check", "baseline"), ("show", "baseline-summary")):
            run = self.look(verb, "--store", self.evidence, "--format", "json")
            self.assertEqual(run.code, INCOMPLETE, run)
            document = json.loads(run.out)
            self.assert_valid(schema, document)
            self.assertIsNone(document["baseline"])
            self.assertIn("-journal", document["unseen"][0]["what"])

    def test_a_journal_that_is_empty_or_a_link(self) -> None:
        beside = self.evidence.with_name("baseline.db-journal")
        beside.touch()
        self.assertEqual(self.look("check", "--store", self.evidence).code, CLEAN)
        beside.unlink()
        beside.symlink_to("/nowhere")
        self.assertEqual(self.look("check", "--store", self.evidence).code, INCOMPLETE)

    def test_looking_leaves_the_evidence_as_it_is(self) -> None:
        before = self.state()
        self.assertEqual({run.code for run in self.ways_to_look()}, {CLEAN})
        self.assertEqual(self.state(), before)


class Links(HostileStore):
    def test_a_store_that_is_a_link_out_of_its_tree(self) -> None:
        secret = self.outside / "other.db"
        shutil.move(self.evidence, secret)
        self.evidence.symlink_to(secret)
        for run in self.ways_to_look():
            self.assertEqual(run.code, FAILED, run)
        self.assertIn("a link", self.look("create", "--store", self.evidence).err)

    def test_a_folder_that_is_a_link_out_of_its_tree(self) -> None:
        shutil.rmtree(self.evidence.parent)
        self.evidence.parent.symlink_to(self.outside)
        self.assertEqual(self.look("create", "--store", self.evidence).code, FAILED)
        self.assertEqual(list(self.outside.iterdir()), [])

    def test_writing_stays_in_the_tree(self) -> None:
        self.evidence.unlink()
        run = self.look("create", "--store", f"{self.machine}/../{self.machine.folder.name}/var/lib/kmodsec/baseline.db")
        self.assertEqual(run.code, CLEAN, run)
        self.assertEqual([path.name for path in self.evidence.parent.iterdir()], ["baseline.db"])

    def test_nothing_is_written_through_a_link_of_this_host(self) -> None:
        victim, link = self.outside / "victim", self.outside / "link"
        link.symlink_to(victim)
        run = self.look("create", "--store", link)
        self.assertEqual((run.code, victim.exists()), (FAILED, False), run)

    def test_a_store_of_another_user_is_not_written_to(self) -> None:
        self.outside.chmod(0o777)
        self.assertIn("another user", self.look("create", "--store", self.outside / "new.db").err)

    def test_what_is_no_regular_file(self) -> None:
        self.evidence.unlink()
        subprocess.run(["mkfifo", self.evidence], check=True)
        for words in (["check"], ["show"], ["create"]):
            self.assertEqual(self.look(*words, "--store", self.evidence).code, FAILED)


class Schema(HostileStore):
    def forged(self, *statements: str) -> None:
        shutil.copy(self.store, self.evidence)
        store = sqlite3.connect(self.evidence, isolation_level=None)
        store.execute("PRAGMA writable_schema = 1")
        for statement in statements:
            store.execute(statement)
        store.close()
        for run in self.ways_to_look():
            self.assertEqual(run.code, FAILED, run)
            self.assertRegex(run.err, r"\Akmodsec: [^\n]*(altered|no store)[^\n]*\n\Z")
        run = self.look("accept", "--store", self.evidence)
        self.assertEqual(run.code, FAILED, run)

    def test_views(self) -> None:
        self.forged("DROP TABLE entries", f"CREATE VIEW entries AS {ENDLESS} x AS path, x AS entry FROM forever")
        self.forged("DROP TABLE generations",
                    f"CREATE VIEW generations AS {ENDLESS} x AS number, 1 AS time, '' AS reason, '' AS previous, '' AS digest, "
                    "2 AS format, '' AS machine FROM forever")
        self.forged("CREATE VIEW beside AS SELECT 1")

    def test_columns_that_are_computed(self) -> None:
        self.forged("DROP TABLE entries",
                    "CREATE TABLE entries (path TEXT PRIMARY KEY, entry TEXT AS (hex(zeroblob(100000000)))) WITHOUT ROWID",
                    "INSERT INTO entries VALUES ('/a')")

    def test_triggers_and_indexes(self) -> None:
        self.forged(f"CREATE TRIGGER t AFTER INSERT ON generations BEGIN INSERT INTO seals {ENDLESS} x, '', '' FROM forever; END")
        self.forged("CREATE INDEX i ON entries(hex(zeroblob(length(entry) * 1000)))")

    def test_virtual_and_other_tables(self) -> None:
        self.forged("DROP TABLE entries", "CREATE VIRTUAL TABLE entries USING fts5(path, entry)")
        self.forged("CREATE TABLE other (x)")
        self.forged("DROP TABLE seals", "CREATE TABLE seals (number INTEGER PRIMARY KEY, key TEXT, signature TEXT)")

    def test_the_way_in_which_it_is_written(self) -> None:
        self.forged("PRAGMA journal_mode = WAL")
        with sqlite3.connect(self.evidence) as store:
            store.execute("PRAGMA journal_mode = DELETE")

    def test_the_encoding(self) -> None:
        self.evidence.unlink()
        with sqlite3.connect(self.store) as old, sqlite3.connect(self.evidence, isolation_level=None) as new:
            new.execute("PRAGMA encoding = 'UTF-16'")
            for statement in old.iterdump():
                new.execute(statement)
            new.execute("PRAGMA user_version = 2")
        self.assertEqual(self.look("check", "--store", self.evidence).code, FAILED)

    def test_thousands_of_tables(self) -> None:
        self.forged("BEGIN", *(f"CREATE TABLE t{number} (x)" for number in range(20000)), "COMMIT")

    def test_a_table_that_never_ends(self) -> None:
        for table in ("generations", "last_check"):
            shutil.copy(self.store, self.evidence)
            with sqlite3.connect(self.evidence) as store:
                store.execute("INSERT OR REPLACE INTO last_check VALUES (1, 2, 3, 0)")
            endless_tree(self.evidence, table)
            if table == "generations":
                for run in self.ways_to_look():
                    self.assertEqual(run.code, FAILED, run)
                    self.assertIn("altered", run.err)
            self.assertEqual(self.look("accept", "--store", self.evidence).code, CLEAN if table == "last_check" else FAILED)

    def test_what_it_says_of_itself_is_safe_for_a_terminal(self) -> None:
        self.forged("CREATE TABLE ok (x)", "UPDATE sqlite_master SET sql = 'CREATE TABLE \x1b[31mevil (' WHERE name = 'ok'")
        self.assertNotIn("\x1b", self.look("check", "--store", self.evidence).err)


class RpmDatabase(BaselineTest):
    def setUp(self) -> None:
        super().setUp()
        for file in sorted((self.machine.folder / "var/lib/dpkg").rglob("*"), reverse=True):
            file.unlink() if file.is_file() else file.rmdir()
        Rpm(self.machine).install("1.fc40")
        self.create()
        self.database = self.machine.folder / DATABASE.lstrip("/") / "rpmdb.sqlite"
        self.whole = self.database.read_bytes()
        self.machine.write(LOOP, module_file(license="GPL", name="loop", version="2"))

    def assert_refused(self, *statements: str, change: Callable[[], None] | None = None) -> None:
        self.database.write_bytes(self.whole)
        with sqlite3.connect(self.database, isolation_level=None) as packages:
            packages.execute("PRAGMA journal_mode = DELETE")
            packages.execute("PRAGMA writable_schema = 1")
            for statement in statements:
                packages.execute(statement)
        packages.close()
        if change:
            change()
        words = [PROGRAM, "baseline", "check", "--root", str(self.machine), "--store", str(self.store)]
        done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE, check=False)
        self.assertIn("what the package manager did is not known", done.stdout, done)

    def test_views_and_computed_columns(self) -> None:
        self.assert_refused("DROP TABLE Packages", f"CREATE VIEW Packages AS {ENDLESS} x AS hnum, x'' AS blob FROM forever")
        self.assert_refused("DROP TABLE Packages",
                            "CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT,blob BLOB AS (zeroblob(900000000)))",
                            "INSERT INTO Packages VALUES (1)")
        self.assert_refused("CREATE INDEX i ON Packages(hex(blob))")
        self.assert_refused(f"CREATE TRIGGER t AFTER INSERT ON Packages BEGIN INSERT INTO Name {ENDLESS} x, 1, 1 FROM forever; END")
        self.assert_refused("CREATE VIEW beside AS SELECT 1")

    def test_a_table_that_never_ends(self) -> None:
        self.assert_refused("DELETE FROM Packages", "INSERT INTO Packages VALUES (1, zeroblob(100))",
                            change=lambda: endless_tree(self.database, "Packages"))

    def test_what_a_statistician_left_is_no_attack(self) -> None:
        with sqlite3.connect(self.database) as packages:
            packages.execute("ANALYZE")
        packages.close()
        self.assertNotIn("what the package manager did is not known", kmodsec("baseline", "check", "--root", self.machine, "--store", self.store).out)


if __name__ == "__main__":
    unittest.main()
