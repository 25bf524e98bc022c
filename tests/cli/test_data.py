# SPDX-License-Identifier: GPL-2.0-or-later
"""`kmodsec data`: tables of known vulnerabilities are signed, imported and shown."""

import json
import subprocess
from pathlib import Path

from kmodsec_cli import CLEAN, FAILED, INCOMPLETE, TREE, FolderTest, Run, kmodsec
from machine import Machine

SHIPPED = TREE / "data/known-cves/cves.tsv"
INSTALLED = "var/lib/kmodsec/cves.tsv"
HEAD = "kmodsec known cves 1\ndate\t{date}\nsource\tours\t1\t{date}\tnone\nbranch\t6.1\t183\n"
NEWER, NEWEST, OLDER = "2090-01-01", "2090-01-02", "2020-01-01"


def tables(date: str = NEWER, rows: str = "2024-1086\tnf_tables\t\t3.15>6.8\twild\tuserns\n") -> str:
    return HEAD.format(date=date) + rows


class Import(FolderTest):
    def setUp(self) -> None:
        super().setUp()
        self.machine = Machine(self).write("/var/lib/dpkg/status")
        self.private, self.public = self.key("ours")
        self.file = self.write("new.tsv", tables())

    def key(self, name: str) -> tuple[Path, Path]:
        private, public = self.folder / f"{name}.pem", self.folder / f"{name}.pub.pem"
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", private], check=True, capture_output=True)
        subprocess.run(["openssl", "pkey", "-in", private, "-pubout", "-out", public], check=True, capture_output=True)
        return private, public

    def sign(self, file: Path) -> Path:
        self.assertEqual(kmodsec("data", "sign", file, "--key", self.private).code, CLEAN)
        return file

    def import_(self, file: Path, *words: str | Path) -> Run:
        return kmodsec("data", "import", file, "--root", self.machine, *words)

    def installed(self) -> str:
        file = self.machine.folder / INSTALLED
        return file.read_text() if file.exists() else ""

    def not_imported(self, file: Path, *words: str | Path) -> str:
        before = self.installed()
        line = self.refused("data", "import", file, "--root", self.machine, *words)
        self.assertEqual(self.installed(), before)
        return line

    def test_signed_by_a_given_key(self) -> None:
        run = self.import_(self.sign(self.file), "--key", self.public)
        self.assertEqual((run.code, run.err), (CLEAN, ""))
        self.assertEqual(run.out, f"Installed 1 vulnerability as of {NEWER}, signed by {self.public}.\n")
        self.assertEqual(self.installed(), tables())
        self.assertEqual((self.machine.folder / INSTALLED).stat().st_mode & 0o777, 0o644)

    def test_signed_by_a_key_of_the_host(self) -> None:
        _, other = self.key("other")
        self.machine.write("/etc/kmodsec/data-keys/1.pem", other.read_bytes())
        self.sign(self.file)
        self.assertIn("it was not made by a trusted key", self.not_imported(self.file))
        self.machine.write("/etc/kmodsec/data-keys/2.pem", self.public.read_bytes())
        self.assertEqual(self.import_(self.file).code, CLEAN)
        (self.machine.folder / "etc/kmodsec/data-keys/1.pem").chmod(0o666)
        self.assertIn("others than root may write", self.not_imported(self.file))

    def test_signed_by_a_key_of_the_package(self) -> None:
        self.sign(self.file)
        shipped = "/usr/share/kmodsec/data-keys/kmodsec.pem"
        self.machine.write(shipped, self.public.read_bytes())
        self.assertIn(f"signed by {shipped}.", self.import_(self.file).out)
        self.machine.write("/etc/kmodsec/data-keys/kmodsec.pem", b"")
        self.assertIn("have none", self.not_imported(self.file))
        _, other = self.key("other")
        self.machine.write("/etc/kmodsec/data-keys/kmodsec.pem", other.read_bytes())
        self.assertIn("it was not made by a trusted key", self.not_imported(self.file))

    def test_cut_and_oversized_ones(self) -> None:
        whole = tables(rows="".join(f"2024-{1000 + i}\tm{i}\t\t3.15>6.8\n" for i in range(2000)))
        file = self.sign(self.write("whole.tsv", whole))
        for size in (0, 1, 20, len(whole) // 2, len(whole) - 1):
            file.write_text(whole[:size])
            self.not_imported(file, "--key", self.public)
        file.write_text(whole + "2024-9000\tx\n")
        self.assertIn("it was not made by a trusted key", self.not_imported(file, "--key", self.public))
        file.write_text(whole + "2024-9000\tx" + "\n" * (16 * 1024 * 1024))
        self.not_imported(file, "--key", self.public)
        Path(f"{file}.sig").write_bytes(b"x" * 100_000)
        file.write_text(whole)
        self.not_imported(file, "--key", self.public)
        self.assertEqual(self.import_(self.sign(file), "--key", self.public).code, CLEAN)

    def test_an_import_that_is_not_in_force_is_told(self) -> None:
        run = self.import_(self.write("older.tsv", tables(OLDER)), "--unsigned", "--older")
        self.assertIn("stay in force", run.out)
        self.assertNotIn("stay in force", self.import_(self.file, "--unsigned").out)

    def test_openssl_signs_and_verifies_the_same(self) -> None:
        signature = Path(f"{self.file}.sig")
        subprocess.run(["openssl", "pkeyutl", "-sign", "-rawin", "-inkey", self.private, "-in", self.file, "-out", signature], check=True)
        theirs = signature.read_bytes()
        self.assertEqual(self.import_(self.file, "--key", self.public).code, CLEAN)
        self.assertEqual(Path(f"{self.sign(self.file)}.sig").read_bytes(), theirs)

    def test_without_a_signature(self) -> None:
        self.assertIn("--unsigned", self.not_imported(self.file, "--key", self.public))
        self.assertIn("--key", self.not_imported(self.file))
        self.assertEqual(self.import_(self.file, "--unsigned").code, CLEAN)

    def test_bad_signatures(self) -> None:
        self.sign(self.file)
        self.file.write_text(tables(rows="2024-1086\tother\n"))
        self.assertIn("it was not made by a trusted key", self.not_imported(self.file, "--key", self.public))
        Path(f"{self.file}.sig").write_bytes(b"short")
        self.assertIn("64 bytes", self.not_imported(self.file, "--key", self.public))
        self.assertIn("public Ed25519 key", self.not_imported(self.sign(self.file), "--key", self.write("no.pem", "x")))

    def test_older_ones(self) -> None:
        older = self.write("older.tsv", tables(OLDER))
        self.assertIn("--older", self.not_imported(older, "--unsigned"))
        self.assertEqual(self.import_(self.write("newest.tsv", tables(NEWEST)), "--unsigned").code, CLEAN)
        self.assertIn(f"in force are newer, of {NEWEST}", self.not_imported(self.file, "--unsigned"))
        self.assertEqual(self.import_(self.file, "--unsigned", "--older").code, CLEAN)
        self.assertEqual(self.installed(), tables())

    def test_hostile_ones(self) -> None:
        self.import_(self.file, "--unsigned")
        for text in ("", "x", tables(NEWEST)[:-5], tables(NEWEST).replace("cves 1", "cves 3"), tables(NEWEST) + "2024-1000\tx\n",
                     tables(NEWEST, "2024-1086\ta\x1b[2J\n"), tables(NEWEST, "2024-1086\t../x y\n"), "kmodsec known cves 1\n" * 900000):
            with self.subTest(text[-40:]):
                self.not_imported(self.write("hostile.tsv", text), "--unsigned", "--older")
        self.assertIn("no-such", self.not_imported(self.folder / "no-such", "--unsigned"))
        self.assertEqual(kmodsec("data", "show", "--root", self.machine).code, CLEAN)

    def test_what_sign_refuses(self) -> None:
        self.assertIn("--key", self.refused("data", "sign", self.file))
        self.assertIn("private Ed25519 key", self.refused("data", "sign", self.file, "--key", self.public))
        self.assertIn("malformed.tsv", self.refused("data", "sign", self.write("malformed.tsv", "x"), "--key", self.private))
        self.assertIn("takes one file", self.refused("data", "sign", "--key", self.private))


class Show(FolderTest):
    def setUp(self) -> None:
        super().setUp()
        self.machine = Machine(self)

    def show(self) -> dict:
        return self.document("data", "show", "--root", self.machine)

    def test_the_compiled_in_ones(self) -> None:
        document = self.show()
        self.assertIsNone(document["path"])
        self.assertIn(f"date\t{document['date']}\n", SHIPPED.read_text()[:100])
        text = kmodsec("data", "show", "--root", self.machine).out
        self.assertIn("compiled in", text)
        self.assertIn("days old", text)
        self.assertIn("Linux kernel CNA", text)

    def test_newer_installed_ones(self) -> None:
        self.machine.write(INSTALLED, tables())
        document = self.show()
        self.assertEqual((document["path"], document["date"], document["cves"]), (f"/{INSTALLED}", NEWER, 1))
        self.assertEqual(document["exploited"], 1)

    def test_installed_ones_of_the_same_day_are_in_force(self) -> None:
        day = self.show()["date"]
        self.machine.write(INSTALLED, tables(day))
        self.assertEqual(self.show()["path"], f"/{INSTALLED}")

    def test_older_installed_ones(self) -> None:
        self.machine.write(INSTALLED, tables(OLDER))
        document = self.show()
        self.assertEqual((document["path"], document["unseen"]), (None, []))

    def test_broken_installed_ones(self) -> None:
        self.machine.write(INSTALLED, tables()[:-3])
        document = self.show()
        self.assertIsNone(document["path"])
        self.assertEqual(document["unseen"][0]["what"], f"/{INSTALLED}")
        self.assertEqual(kmodsec("data", "show", "--root", self.machine).code, INCOMPLETE)

    def test_installed_ones_that_others_may_write(self) -> None:
        self.machine.write(INSTALLED, tables())
        (self.machine.folder / INSTALLED).chmod(0o646)
        document = self.show()
        self.assertIsNone(document["path"])
        self.assertIn("others than root may write", document["unseen"][0]["why"])

    def test_given_ones(self) -> None:
        file = self.write("cves.tsv", tables())
        for given in (file, self.folder):
            self.assertEqual(json.loads(kmodsec("data", "show", "--data", given, "--format", "json").out)["path"], str(file))
        self.assertEqual(kmodsec("data", "show", "--data", self.folder / "no-such").code, FAILED)

    def test_their_age_is_counted_from_the_time_of_looking(self) -> None:
        def age(seconds: int) -> int:
            place = ("data", "show", "--root", self.machine, "--format", "json")
            return json.loads(kmodsec(*place, SOURCE_DATE_EPOCH=str(seconds)).out)["age_days"]
        self.assertEqual(age(4102444800) - age(4102444800 - 10 * 86400), 10)

    def test_actions(self) -> None:
        self.assertIn("not one of show, import, sign", self.refused("data", "frobnicate"))
        self.assertIn("surplus", self.refused("data", "show", "surplus"))
        self.assertIn("--format", self.refused("data", "import", "x", "--format", "json"))
