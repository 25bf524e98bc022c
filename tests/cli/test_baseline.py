# SPDX-License-Identifier: GPL-2.0-or-later
"""`kmodsec baseline`: what has changed, what explains it, and whether the store itself can be believed."""

import contextlib
import fcntl
import gzip
import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import time
import unittest
from collections.abc import Callable
from pathlib import Path

from kmodsec_cli import CLEAN, FINDINGS, INCOMPLETE, PROGRAM, TREE, CliTest, Run, kmodsec
from machine import RELEASE, Machine, image, running
from module_file import module_file
from packing import archive
from signing import signed

MODULES = f"/lib/modules/{RELEASE}"
LOOP = f"{MODULES}/kernel/loop.ko"
INSTALLED = [f"{MODULES}/kernel/{name}.ko" for name in ("loop", "fat", "vfat")]
PACKAGE = f"linux-image-{RELEASE}"
LATER = "2096-01-01 10:00:00"


def loop(**fields: str) -> bytes:
    return signed(module_file(license="GPL", name="loop", **fields))


def put_into_package(machine: Machine, version: str) -> Machine:
    """dpkg knows every module of the machine as it is now."""
    modules = sorted((machine.folder / MODULES.lstrip("/")).rglob("*.ko"))
    paths = [module.relative_to(machine.folder) for module in modules]
    sums = "".join(f"{hashlib.md5(module.read_bytes()).hexdigest()}  {path}\n" for module, path in zip(modules, paths, strict=True))
    machine.write("/var/lib/dpkg/status", f"Package: {PACKAGE}\nStatus: install ok installed\nVersion: {version}\n\n")
    machine.write(f"/var/lib/dpkg/info/{PACKAGE}.list", "".join(f"/{path}\n" for path in paths))
    return machine.write(f"/var/lib/dpkg/info/{PACKAGE}.md5sums", sums)


def log_upgrade(machine: Machine, was: str, now: str) -> Machine:
    return machine.write("/var/log/dpkg.log", f"{LATER} upgrade {PACKAGE}:amd64 {was} {now}\n{LATER} status installed x 1\n")


def compact(document: dict) -> str:
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False) + "\n"


class BaselineTest(CliTest):
    def setUp(self) -> None:
        self.machine = put_into_package(image(self), "6.1.190-1")
        self.store = self.machine.folder.with_suffix(".db")
        self.addCleanup(self.store.unlink, missing_ok=True)

    def run_action(self, *words: str | Path) -> Run:
        return kmodsec("baseline", *words, "--root", self.machine, "--store", self.store)

    def create(self) -> None:
        run = self.run_action("create")
        self.assertEqual(run.code, CLEAN, run)

    def check(self, *words: str | Path) -> dict:
        run = self.run_action("check", *words, "--format", "json")
        self.assertIn(run.code, (CLEAN, FINDINGS, INCOMPLETE), run.err)
        document = json.loads(run.out)
        self.assert_valid("baseline", document)
        self.assertEqual(run.code == FINDINGS, document["suspicious"] > 0)
        return document

    def only_change(self, kind: str) -> dict:
        document = self.check()
        self.assertEqual({name: len(document[name]) for name in ("added", "removed", "changed")},
                         {"added": 0, "removed": 0, "changed": 0, kind: 1})
        return document[kind][0]

    def refused_action(self, *words: str | Path) -> str:
        return self.refused("baseline", *words, "--root", self.machine, "--store", self.store)


class Check(BaselineTest):
    def setUp(self) -> None:
        super().setUp()
        self.create()

    def test_nothing_has_changed(self) -> None:
        for _ in range(10):
            run = self.run_action("check")
            self.assertEqual((run.code, run.err), (CLEAN, ""))
            self.assertIn("Nothing has changed", run.out)

    def test_a_flipped_bit_of_a_signed_module_is_critical(self) -> None:
        module = self.machine.folder / LOOP.lstrip("/")
        content = bytearray(module.read_bytes())
        content[content.index(b"GPL")] ^= 1
        module.write_bytes(content)
        change = self.only_change("changed")
        self.assertEqual((change["path"], change["severity"], change["differs"]), (LOOP, "critical", ["code", "signature"]))
        self.assertEqual((change["was"]["signature"], change["now"]["signature"]), ("valid", "invalid"))
        self.assertEqual(change["now"]["package"]["level"], "mismatch")

    def test_what_is_appended_counts(self) -> None:
        self.machine.write(LOOP, loop() + b"more")
        self.assertEqual(self.only_change("changed")["severity"], "critical")

    def test_a_new_module_that_nobody_owns(self) -> None:
        self.machine.install("rootkit", sign=False)
        change = self.only_change("added")
        self.assertEqual((change["severity"], change["concern"]), ("high", "no package owns it"))

    def test_a_module_that_is_gone(self) -> None:
        self.machine.without(LOOP)
        self.assertEqual(self.only_change("removed")["concern"], "no package transaction removed it")

    def test_a_module_that_an_upgrade_took_away(self) -> None:
        self.machine.without(LOOP)
        log_upgrade(self.machine, "6.1.190-1", "6.1.192-1")
        self.assertEqual(self.only_change("removed")["concern"], f"{PACKAGE} 6.1.190-1 still has it")
        put_into_package(self.machine, "6.1.192-1")
        self.assertEqual(self.only_change("removed")["explanation"], f"{PACKAGE}: upgrade, 6.1.190-1 → 6.1.192-1")

    def test_an_upgrade_explains_itself(self) -> None:
        self.machine.write(LOOP, loop(version="2"))
        log_upgrade(put_into_package(self.machine, "6.1.192-1"), "6.1.190-1", "6.1.192-1")
        change = self.only_change("changed")
        self.assertEqual(change["explanation"], f"{PACKAGE}: upgrade, 6.1.190-1 → 6.1.192-1;"
                                                " fits the digest of the package, signature valid")
        self.assertEqual(change["transaction"]["to"], "6.1.192-1")

    def test_a_package_database_that_was_made_to_fit(self) -> None:
        self.machine.write(LOOP, loop(version="2"))
        put_into_package(self.machine, "6.1.190-1")
        change = self.only_change("changed")
        self.assertEqual(change["now"]["package"]["level"], "db-match")
        self.assertIn("no package transaction covers it", change["concern"])

    def test_an_upgrade_does_not_explain_an_unsigned_module(self) -> None:
        self.machine.write(LOOP, module_file(license="GPL", name="loop"))
        log_upgrade(put_into_package(self.machine, "6.1.192-1"), "6.1.190-1", "6.1.192-1")
        self.assertEqual(self.only_change("changed")["severity"], "critical")

    def test_an_index_that_was_edited(self) -> None:
        self.machine.write(f"{MODULES}/modules.alias", "alias fs-vfat loop\n")
        self.assertEqual(self.only_change("changed")["concern"], "edited: no module of this kernel changed; modules.alias:"
                         " alias fs-vfat → loop is in no module file; 1 more modules")

    def test_depmod_after_an_upgrade(self) -> None:
        self.machine.write(LOOP, loop(alias="a")).write(f"{MODULES}/modules.alias", "alias fs-vfat vfat\nalias a loop\n")
        log_upgrade(put_into_package(self.machine, "6.1.192-1"), "6.1.190-1", "6.1.192-1")
        document = self.check()
        self.assertEqual((document["suspicious"], len(document["changed"])), (0, 2))

    def test_configuration(self) -> None:
        self.machine.write("/etc/modprobe.d/new.conf", "install loop /bin/sh -c evil\n")
        self.assertEqual(self.only_change("added")["severity"], "medium")

    def test_what_the_policy_wrote_explains_itself(self) -> None:
        self.machine.write("/etc/kmodsec/policy.toml", '[deny]\nmodules = ["vfat"]\n').write("/etc/modprobe.d/.keep")
        self.assertEqual(kmodsec("apply", "--yes", "--root", self.machine).code, CLEAN)
        explained = {change["path"]: change["explanation"] for change in self.check()["added"]}
        self.assertEqual(explained["/etc/modprobe.d/00-kmodsec-deny.conf"], "it is what the policy of kmodsec asks for")

    def test_a_link_that_leads_elsewhere(self) -> None:
        module = self.machine.folder / LOOP.lstrip("/")
        module.rename(module.with_name("other"))
        module.symlink_to("other")
        change = self.only_change("changed")
        self.assertIn("link", change["differs"])
        self.assertNotIn("may write", change["concern"])

    def test_without_a_log_of_packages_that_is_told(self) -> None:
        self.machine.install("rootkit", sign=False)
        self.assertIn("what the package manager did is not known", self.check()["warnings"][0])

    def test_who_may_write(self) -> None:
        (self.machine.folder / LOOP.lstrip("/")).chmod(0o666)
        change = self.only_change("changed")
        self.assertEqual((change["differs"], change["severity"]), (["mode"], "high"))

    def test_a_module_packed_anew(self) -> None:
        self.machine.write(LOOP, gzip.compress(loop()))
        change = self.only_change("changed")
        self.assertEqual((change["differs"], change["severity"]), (["packing"], "medium"))

    def test_one_line_for_each_change(self) -> None:
        self.machine.install("one").install("two")
        lines = self.run_action("check", "--format", "ndjson").out.splitlines()
        head, *changes = map(json.loads, lines)
        self.assert_valid("head", head)
        self.assertEqual(head["schema"], "kmodsec.baseline-head/1")
        for change in changes:
            self.assert_valid("baseline-change", change)
        self.assertEqual([change["change"] for change in changes], ["added", "added"])

    def test_a_clock_that_was_set_back(self) -> None:
        head, *entries = self.run_action("show", "--format", "ndjson").out.splitlines(keepends=True)
        fields = {**json.loads(head), "time": int(time.time()) + 172800}
        del fields["digest"]
        copy = self.machine.folder / "copy"
        fields["digest"] = hashlib.sha256((compact(fields) + "".join(entries)).encode()).hexdigest()
        copy.write_text(compact(fields) + "".join(entries))
        self.assertIn("clock", self.check("--against", copy)["warnings"][0])


class Unreadable(BaselineTest):
    def test_links_devices_and_what_vanishes(self) -> None:
        self.create()
        module = self.machine.folder / LOOP.lstrip("/")
        module.unlink()
        module.symlink_to("/dev/zero")
        self.assertEqual(self.only_change("changed")["now"]["attributes"]["link"], "/dev/zero")
        module.unlink()
        os.mkfifo(module)
        self.assertEqual(self.only_change("removed")["path"], LOOP)

    def test_a_module_in_an_image_that_is_a_link_to_something_else(self) -> None:
        inside = self.machine.folder / "inside"
        (inside / MODULES.lstrip("/")).mkdir(parents=True)
        (inside / "lib/elsewhere").write_bytes(b"\x7fELF, and not kept")
        (inside / MODULES.lstrip("/") / "a.ko").symlink_to("/lib/elsewhere")
        self.machine.write(f"/boot/initrd.img-{RELEASE}", archive(inside))
        run = self.run_action("create")
        self.assertEqual(run.code, INCOMPLETE, run)
        self.assertIn("a.ko", run.err)

    def test_a_file_of_four_gib(self) -> None:
        self.create()
        with (self.machine.folder / MODULES.lstrip("/") / "kernel/huge.ko").open("wb") as file:
            file.truncate(4 << 30)
        document = self.check()
        self.assertTrue(document["added"] or document["unseen"])


class Accept(BaselineTest):
    def setUp(self) -> None:
        super().setUp()
        self.create()

    def test_takes_what_is_explained_and_nothing_else(self) -> None:
        self.machine.write(LOOP, loop(version="2"))
        log_upgrade(put_into_package(self.machine, "6.1.192-1"), "6.1.190-1", "6.1.192-1")
        self.machine.install("rootkit", sign=False)
        self.assertEqual(self.run_action("accept").code, CLEAN)
        self.assertEqual(self.only_change("added")["path"], f"{MODULES}/kernel/rootkit.ko")

    def test_takes_what_is_named_with_its_reason(self) -> None:
        self.machine.install("ours")
        path = f"{MODULES}/kernel/ours.ko"
        self.assertIn("say why", self.refused_action("accept", path))
        self.assertIn("confirmation is needed", self.refused_action("accept", path, "--reason", "built by us"))
        self.assertEqual(self.run_action("accept", path, "--reason", "built by us", "--yes").code, CLEAN)
        self.assertEqual(self.check()["baseline"]["reason"], "built by us")
        self.assertEqual(self.check()["suspicious"], 0)

    def test_nothing_to_accept(self) -> None:
        run = self.run_action("accept")
        self.assertEqual((run.code, run.out), (CLEAN, "There is nothing to accept.\n"))

    def test_a_path_that_has_not_changed(self) -> None:
        self.assertIn("has not changed", self.refused_action("accept", LOOP, "--reason", "x", "--yes"))

    def test_create_is_no_way_around_it(self) -> None:
        before = self.store.read_bytes()
        for words in (["create"], ["create", "--yes"]):
            self.assertIn("baseline accept", self.refused_action(*words))
        self.assertEqual(self.store.read_bytes(), before)

    def test_it_names_what_it_accepted(self) -> None:
        self.machine.install("ours")
        path = f"{MODULES}/kernel/ours.ko"
        run = self.run_action("accept", path, "--reason", "built by us", "--yes")
        self.assertIn(f"Accepted\n  added {path}: ", run.out)
        for number in range(11):
            self.machine.install(f"ours_{number}")
        paths = [f"{MODULES}/kernel/ours_{number}.ko" for number in range(11)]
        run = self.run_action("accept", *paths, "--reason", "built by us", "--yes")
        self.assertIn("11 × module added", run.out)
        self.assertNotIn("ours_3.ko", run.out)

    def test_a_gap_is_reported(self) -> None:
        self.machine.install("ours")
        (self.machine.folder / MODULES.lstrip("/") / "extra").symlink_to("extra")
        run = self.run_action("accept", f"{MODULES}/kernel/ours.ko", "--reason", "built by us", "--yes")
        self.assertEqual(run.code, INCOMPLETE, run)
        self.assertIn(f"{MODULES}/extra", run.err)

    def test_a_path_by_another_of_its_names(self) -> None:
        folder = self.machine.folder
        (folder / "lib").rename(folder / "usr/merged")
        (folder / "lib").symlink_to("usr/merged")
        self.machine.install("ours")
        run = self.run_action("accept", f"/usr/merged/modules/{RELEASE}/kernel/ours.ko", "--reason", "built by us", "--yes")
        self.assertEqual(run.code, CLEAN, run)
        self.assertNotIn(f"{MODULES}/kernel/ours.ko", [change["path"] for change in self.check()["added"]])


class Store(BaselineTest):
    def setUp(self) -> None:
        super().setUp()
        self.create()

    def edited(self, edit: Callable[[sqlite3.Connection], object]) -> str:
        store = sqlite3.connect(self.store)
        edit(store)
        store.commit()
        store.close()
        return self.refused_action("check")

    def test_edited_by_hand(self) -> None:
        message = self.edited(lambda store: store.execute(
            "UPDATE entries SET entry = replace(entry, '\"signature\":\"valid\"', '\"signature\":\"unsigned\"')"))
        self.assertIn("altered", message)

    def test_an_entry_removed(self) -> None:
        self.assertIn("altered", self.edited(lambda store: store.execute("DELETE FROM entries WHERE path LIKE '%loop.ko'")))

    def test_a_generation_removed(self) -> None:
        self.machine.install("ours")
        self.run_action("accept", f"{MODULES}/kernel/ours.ko", "--reason", "x", "--yes")
        self.assertIn("altered", self.edited(lambda store: store.execute("DELETE FROM generations WHERE number = 1")))

    def test_of_a_newer_version(self) -> None:
        self.assertIn("newer kmodsec", self.edited(lambda store: store.execute("PRAGMA user_version = 3")))

    def test_cut(self) -> None:
        content = self.store.read_bytes()
        self.store.write_bytes(content[: len(content) // 2])
        self.refused_action("check")
        self.store.write_bytes(b"SQLite format 3\0" + bytes(100))
        self.refused_action("check")

    def test_that_is_missing(self) -> None:
        self.store.unlink()
        self.assertIn("baseline create", self.refused_action("check"))

    def test_only_for_its_owner(self) -> None:
        self.assertEqual(self.store.stat().st_mode & 0o777, 0o600)

    def test_two_at_once(self) -> None:
        self.machine.install("ours")
        path = f"{MODULES}/kernel/ours.ko"
        with self.store.open() as holder:
            fcntl.flock(holder, fcntl.LOCK_EX)
            self.assertIn("another run", self.refused_action("accept", path, "--reason", "x", "--yes"))
        self.assertEqual(self.run_action("accept", path, "--reason", "x", "--yes").code, CLEAN)

    def test_killed_while_it_is_written(self) -> None:
        self.machine.install("ours")
        words = [PROGRAM, "baseline", "accept", f"{MODULES}/kernel/ours.ko", "--reason", "x", "--yes",
                 "--root", str(self.machine), "--store", str(self.store)]
        for moment in range(20):
            with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
                time.sleep(moment * 0.02)
                program.send_signal(signal.SIGKILL)
            self.assertIn(self.check()["baseline"]["generation"], (1, 2))


class Seal(BaselineTest):
    def setUp(self) -> None:
        super().setUp()
        self.create()
        self.private, self.public = self.key("mine")

    def key(self, name: str) -> tuple[Path, Path]:
        private, public = self.machine.folder / f"{name}.pem", self.machine.folder / f"{name}.pub"
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", private], check=True, capture_output=True)
        subprocess.run(["openssl", "pkey", "-in", private, "-pubout", "-out", public], check=True, capture_output=True)
        return private, public

    def test_holds_against_its_key(self) -> None:
        self.assertIn("not signed", self.refused_action("check", "--signed-by", self.public))
        self.assertEqual(self.run_action("sign", "--key", self.private).code, CLEAN)
        self.assertIn("which was checked", self.run_action("check", "--signed-by", self.public).out)
        self.assertIn("with a signature that was not checked", self.run_action("check").out)
        self.assertIn("not signed by this key", self.refused_action("check", "--signed-by", self.key("other")[1]))

    def test_an_older_store_that_was_put_back(self) -> None:
        self.run_action("sign", "--key", self.private)
        old = self.store.read_bytes()
        self.machine.install("ours")
        self.run_action("accept", f"{MODULES}/kernel/ours.ko", "--reason", "x", "--yes")
        self.run_action("sign", "--key", self.private)
        newest = self.check("--signed-by", self.public, "--expect", "2")["baseline"]
        self.assertEqual((newest["signature"], newest["expected"]), ("checked", True))
        self.assertTrue(self.check("--expect", newest["digest"])["baseline"]["expected"])
        self.store.write_bytes(old)
        self.assertIn("that it is the newest was not", self.run_action("check", "--signed-by", self.public).out)
        for expected in ("2", newest["digest"]):
            self.assertIn("an older one was put back", self.refused_action("check", "--signed-by", self.public, "--expect", expected))
            self.assertIn("an older one was put back", self.refused_action("sign", "--key", self.private, "--expect", expected))
        self.assertIn("--expect", self.refused_action("check", "--expect", "0"))
        self.assertIn("--expect", self.refused_action("check", "--expect", "newest"))

    def test_what_can_be_no_signature(self) -> None:
        for key, signature in (("\x1b[2J", "00" * 64), ("00" * 32, "0"), ("00" * 32, ""), ("é" * 32, "00" * 64)):
            with contextlib.closing(sqlite3.connect(self.store)) as store:
                store.execute("INSERT OR REPLACE INTO seals VALUES (1, ?, ?)", (key, signature))
                store.commit()
            self.assertIn("its signature is not a valid one", self.refused_action("check"))

    def test_a_signature_of_nobody_is_called_unchecked(self) -> None:
        with contextlib.closing(sqlite3.connect(self.store)) as store:
            store.execute("INSERT INTO seals VALUES (1, ?, ?)", ("00" * 32, "00" * 64))
            store.commit()
        head = self.check()["baseline"]
        self.assertEqual((head["signature"], head["signed_by"], head["expected"]), ("unchecked", None, False))
        self.assertNotIn("signed by", self.run_action("show").out)
        self.assertIn("not signed by this key", self.refused_action("check", "--signed-by", self.public))

    def test_openssl_says_the_same(self) -> None:
        self.run_action("sign", "--key", self.private)
        with contextlib.closing(sqlite3.connect(self.store)) as store:
            digest, signature = store.execute("SELECT digest, signature FROM generations JOIN seals USING (number)").fetchone()
        said, made = self.machine.folder / "digest", self.machine.folder / "signature"
        made.write_bytes(bytes.fromhex(signature))
        verify = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", self.public, "-rawin", "-in", said, "-sigfile", made]
        for text, code in ((digest, 0), (digest[::-1], 1)):
            said.write_text(text)
            self.assertEqual(subprocess.run(verify, capture_output=True, check=False).returncode, code)

    def test_a_store_made_anew_has_no_signature(self) -> None:
        self.run_action("sign", "--key", self.private)
        self.store.unlink()
        self.machine.install("rootkit", sign=False)
        self.create()
        self.assertIn("not signed", self.refused_action("check", "--signed-by", self.public))

    def test_what_is_no_key(self) -> None:
        self.assertIn("Ed25519", self.refused_action("sign", "--key", self.public))
        self.assertIn("--key", self.refused_action("sign"))


class Against(BaselineTest):
    def setUp(self) -> None:
        super().setUp()
        self.create()
        self.copy = self.machine.folder / "copy"

    def exported(self, form: str) -> Path:
        self.copy.write_text(self.run_action("show", "--format", form).out)
        self.store.unlink()
        return self.copy

    def test_a_copy_kept_elsewhere(self) -> None:
        copy = self.exported("ndjson")
        head, *entries = map(json.loads, copy.read_text().splitlines())
        self.assert_valid("baseline-record", head)
        for entry in entries:
            self.assert_valid("baseline-entry", entry)
        self.assertEqual(self.check("--against", copy)["suspicious"], 0)
        copy.write_text(copy.read_text().replace('"signature":"valid"', '"signature":"invalid"', 1))
        self.assertIn("altered", self.refused_action("check", "--against", copy))

    def test_a_copy_on_standard_input(self) -> None:
        copy = self.exported("ndjson")
        words = [PROGRAM, "baseline", "check", "--against", "-", "--root", str(self.machine)]
        done = subprocess.run(words, input=copy.read_bytes(), capture_output=True, check=False)
        self.assertEqual(done.returncode, CLEAN, done)

    def test_another_store(self) -> None:
        self.store.rename(self.copy)
        self.assertEqual(self.check("--against", self.copy)["suspicious"], 0)

    def test_a_list_of_sha256sum(self) -> None:
        """Ours is one that sha256sum itself checks, and one that users have from it is read."""
        listed = self.exported("sha256sum")
        relative = listed.read_text().replace("  /", f"  {self.machine.folder}/")
        checked = subprocess.run(["sha256sum", "--check", "--quiet"], input=relative.encode(), check=False)
        self.assertEqual(checked.returncode, 0)
        modules = "\n".join(line for line in listed.read_text().splitlines() if line.endswith(".ko")) + "\n"
        listed.write_text(modules)
        self.assertEqual(self.check("--against", listed)["suspicious"], 0)
        self.machine.write(LOOP, loop(version="2")).install("rootkit")
        document = self.check("--against", listed)
        self.assertEqual((len(document["changed"]), len(document["added"])), (1, 1))

    def listed(self, *paths: str) -> Path:
        """A list of these files of the machine."""
        sums = {path: hashlib.sha256((self.machine.folder / path.lstrip("/")).read_bytes()).hexdigest() for path in paths}
        self.copy.write_text("".join(f"{digest}  {path}\n" for path, digest in sums.items()))
        return self.copy

    def test_a_module_that_a_list_does_not_have_is_added(self) -> None:
        listed = self.listed(LOOP)
        for place in ("kernel/deep/evil.ko", "updates/evil.ko", "evil.ko"):
            with self.subTest(place):
                self.machine.write(f"{MODULES}/{place}", loop())
                self.assertIn(f"{MODULES}/{place}", [change["path"] for change in self.check("--against", listed)["added"]])
                self.machine.without(f"{MODULES}/{place}")

    def test_what_a_list_is_not_about_is_not_added(self) -> None:
        listed = self.listed("/etc/modprobe.d/local.conf")
        self.assertEqual(self.check("--against", listed)["added"], [])
        self.machine.write("/etc/modprobe.d/evil.conf", "install loop /bin/sh\n")
        self.assertEqual([change["path"] for change in self.check("--against", listed)["added"]], ["/etc/modprobe.d/evil.conf"])

    def test_a_list_that_was_made_by_other_names(self) -> None:
        listed = self.listed(*INSTALLED)
        folder = self.machine.folder
        (folder / "lib").rename(folder / "usr/merged")
        (folder / "lib").symlink_to("usr/merged")
        listed.write_text(listed.read_text().replace("  /lib/", "  /usr/merged/"))
        document = self.check("--against", listed)
        self.assertEqual((document["added"], document["removed"], document["changed"]), ([], [], []))
        self.machine.without(LOOP)
        self.assertEqual(len(self.check("--against", listed)["removed"]), 1)

    def test_listed_files_that_no_baseline_covers_are_gaps(self) -> None:
        listed = self.listed(*INSTALLED, "/etc/passwd", "/etc/group")
        run = self.run_action("check", "--against", listed)
        self.assertEqual(run.code, INCOMPLETE, run)
        self.assertIn("/etc/group", run.err)
        self.assertIn("they were not compared", run.out)
        listed.write_text(listed.read_text().replace("/etc/group", "/etc/gone"))
        self.assertEqual([change["path"] for change in self.check("--against", listed)["removed"]], ["/etc/gone"])

    def test_one_line_for_each_gap(self) -> None:
        self.assertEqual(self.run_action("check", "--format", "ndjson").out, "", "nothing has changed")
        listed = self.listed(*INSTALLED, "/etc/passwd")
        run = self.run_action("check", "--against", listed, "--format", "ndjson")
        self.assertEqual(run.code, INCOMPLETE, run)
        head, gap = map(json.loads, run.out.splitlines())
        self.assertEqual(head["schema"], "kmodsec.baseline-head/1")
        self.assert_valid("baseline-gap", gap)
        self.assertEqual(gap["what"], "/etc/passwd")

    def test_lists_that_prove_nothing(self) -> None:
        line = self.listed(LOOP).read_text()
        for text, said in (("", "it lists no file"), (line.replace(" /", " ./"), "without its folder"),
                           (line + "0" * 64 + f"  {LOOP}\n", "twice, with two digests")):
            self.copy.write_text(text)
            self.assertIn(said, self.refused_action("check", "--against", self.copy))
        digest, path = line.split()
        self.copy.write_text(line + f"{digest.upper()} *{path}\n")
        self.assertEqual(self.check("--against", self.copy)["changed"], [])

    def test_a_listed_image_is_judged_by_what_is_in_it(self) -> None:
        initramfs = f"/boot/initrd.img-{RELEASE}"
        inside = Machine(self).write("/init", "#!/bin/sh\n")
        self.machine.write(initramfs, archive(inside.folder))
        listed = self.listed(*INSTALLED, initramfs)
        log_upgrade(put_into_package(self.machine, "6.1.192-1"), "6.1.190-1", "6.1.192-1")
        self.machine.write(initramfs, archive(inside.write(f"{MODULES}/evil.ko", loop(version="evil")).folder))
        [changed] = self.check("--against", listed)["changed"]
        self.assertEqual((changed["path"], changed["concern"]), (initramfs, "see what is in it"))

    def test_a_listed_image_alone_is_held_against_what_is_installed(self) -> None:
        initramfs = f"/boot/initrd.img-{RELEASE}"
        inside = Machine(self).write("/init", "#!/bin/sh\n").write("/etc/modprobe.d/inside.conf", "blacklist vfat\n")
        self.machine.write(initramfs, archive(inside.folder)).write("/etc/modprobe.d/inside.conf", "blacklist vfat\n")
        lists = ([initramfs], [*INSTALLED, initramfs])
        listed = [self.listed(*paths).rename(self.machine.folder / f"list_{number}") for number, paths in enumerate(lists)]
        for copy in listed:
            self.assertEqual(self.check("--against", copy)["added"], [])
        installed = (self.machine.folder / LOOP.lstrip("/")).read_bytes()
        self.machine.write(initramfs, archive(inside.write(LOOP, installed).folder))
        for copy in listed:
            document = self.check("--against", copy)
            self.assertEqual(document["added"], [], "no list has what is in an image")
            self.assertEqual([change["path"] for change in document["changed"]], [initramfs])

    def test_a_program_in_a_listed_image_is_not_explained_by_its_modules(self) -> None:
        """The package manager's log is older than the list, for all that is known."""
        initramfs = f"/boot/initrd.img-{RELEASE}"
        inside = Machine(self).write("/init", "#!/bin/sh\n").write(LOOP, (self.machine.folder / LOOP.lstrip("/")).read_bytes())
        self.machine.write(initramfs, archive(inside.folder))
        listed = self.listed(*INSTALLED, initramfs)
        log_upgrade(self.machine, "6.1.189-1", "6.1.190-1")
        self.assertEqual(self.run_action("check", "--against", listed).code, CLEAN)
        trojan = Machine(self).write("/init", "#!/bin/sh\nevil\n")
        self.machine.write(initramfs, archive(inside.folder) + archive(trojan.folder))
        run = self.run_action("check", "--against", listed)
        self.assertEqual(run.code, FINDINGS, run)
        self.assertIn(f"changed {initramfs} (content)\n    medium: ", run.out)
        self.assertNotIn("Explained", run.out)
        listed.write_text("".join(f"{'0' * 64}  {path}\n" if path == initramfs else f"{digest}  {path}\n"
                                  for digest, path in map(str.split, listed.read_text().splitlines())))
        self.machine.write(initramfs, archive(inside.folder))
        self.assertEqual([change["severity"] for change in self.check("--against", listed)["changed"]], ["medium"])

    def test_an_image_that_a_list_does_not_have_is_looked_into(self) -> None:
        initramfs, other = f"/boot/initrd.img-{RELEASE}", f"/boot/initramfs-{RELEASE}.img"
        inside = Machine(self).write("/init", "#!/bin/sh\n")
        self.machine.write(initramfs, archive(inside.folder))
        listed = self.listed(initramfs)
        self.machine.write(other, archive(inside.write(f"{MODULES}/evil.ko", loop(version="evil")).folder))
        concerns = {change["path"]: change["concern"] for change in self.check("--against", listed)["added"]}
        self.assertEqual(concerns, {other: "not in the list; see what is in it",
                                    f"{other}:/usr{MODULES}/evil.ko": "this kernel has no installed module of this name"})

    def test_a_module_that_a_list_leaves_out_is_told_by_that(self) -> None:
        [*_, last] = sorted(self.check("--against", self.listed(LOOP))["added"], key=lambda change: change["path"])
        self.assertRegex(last["concern"], f"^not in the list; no package transaction covers it \\({PACKAGE} 6.1.190-1: fits the digest")

    def test_what_is_no_baseline(self) -> None:
        self.copy.write_text("hello\n")
        self.assertIn("line 1", self.refused_action("check", "--against", self.copy))
        self.copy.write_text("{}\n")
        self.refused_action("check", "--against", self.copy)


class Summary(BaselineTest):
    def summary(self, *words: str | Path) -> dict:
        document = json.loads(self.run_action(*words, "--format", "json").out)
        self.assert_valid("baseline-summary", document)
        return document["baseline"]

    def test_every_action_that_is_no_check_answers_with_it(self) -> None:
        key = self.machine.folder / "key.pem"
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", key], check=True, capture_output=True)
        self.assertEqual(self.summary("create")["generation"], 1)
        self.assertEqual(self.summary("accept")["generation"], 1)
        self.machine.install("ours")
        words = ["accept", f"{MODULES}/kernel/ours.ko", "--reason", "built by us", "--yes", "--format", "json"]
        document = json.loads(self.run_action(*words).out)
        self.assert_valid("baseline-summary", document)
        accepted = {"change": "added", "path": f"{MODULES}/kernel/ours.ko", "kind": "module", "kernel": RELEASE}
        self.assertEqual(document["accepted"], [accepted])
        named = document["baseline"]
        self.assertEqual((named["generation"], named["reason"]), (2, "built by us"))
        signed = self.summary("sign", "--key", key)
        self.assertIsNotNone(signed["signed_by"])
        self.assertEqual(self.summary("show"), {**signed, "signature": "unchecked", "signed_by": None})

    def test_a_format_that_an_action_does_not_know(self) -> None:
        for action, form in (("create", "ndjson"), ("check", "sha256sum"), ("accept", "ndjson"), ("sign", "ndjson")):
            with self.subTest(action):
                self.assertIn(f"{form} is not a format of 'baseline {action}'", self.refused_action(action, "--format", form))


class Usage(CliTest):
    def test_actions(self) -> None:
        self.assertIn("create, check", self.refused("baseline", "make"))
        self.assertIn("ACTION", self.refused("baseline"))

    def test_what_an_action_would_pass_over(self) -> None:
        for words, said in ((["check", LOOP], "PATH"), (["create", LOOP], "PATH"), (["create", "--against", "x"], "--against"),
                            (["create", "--expect", "1"], "--expect"), (["check", "--reason", "x"], "--reason"),
                            (["accept", "--journal"], "--journal"), (["check", "--key", "x"], "--key"),
                            (["sign", "--against", "x"], "--against")):
            with self.subTest(words):
                self.assertRegex(self.refused("baseline", *words, "--root", TREE, "--store", "/nowhere"),
                                 f"{said}: means nothing to 'baseline {words[0]}'")

    def test_a_tree_needs_its_store(self) -> None:
        self.assertIn("--store", self.refused("baseline", "check", "--root", image(self)))

    def test_offered_commands_name_the_store(self) -> None:
        machine = image(self)
        store = machine.folder / "kept.db"
        words = ("baseline", "create", "--root", machine, "--store", store)
        self.assertIn("no baseline; 'kmodsec baseline create --root", self.refused("baseline", "check", *words[2:]))
        kmodsec(*words)
        self.assertIn(f"'kmodsec baseline accept --root {machine} --store {store}'", self.refused(*words))
        offered = kmodsec("audit", "--root", running(self), "--no-pager").out
        self.assertRegex(" ".join(offered.split()), r"kmodsec baseline create --root (\S+) --store \1/var/lib/kmodsec/baseline\.db")

    def test_formats_of_lists_are_for_baselines(self) -> None:
        self.assertIn("not one of text, json", self.refused("list", "--format", "ndjson", "--root", TREE))


if __name__ == "__main__":
    unittest.main()
