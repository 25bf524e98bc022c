# SPDX-License-Identifier: GPL-2.0-or-later
"""The journal of a tree is written by whoever made the tree: nothing that it says is done by the host."""

import json
import shutil
import os
import stat
import unittest
from pathlib import Path

from kmodsec_cli import CLEAN, FAILED, CliTest, Run, kmodsec
from machine import RELEASE, running

DENY_FILE = "/etc/modprobe.d/00-kmodsec-deny.conf"
TRANSACTIONS = "/var/lib/kmodsec/transactions"
SOMEBODY = 12345
VERBS = [["apply"], ["deny", "loop"], ["allow", "loop"], ["revert"],
         ["unblock", "loop", "--for", "1h", "--reason", "x"]]


def saved(path: str = DENY_FILE, **changes: object) -> dict:
    entry = {"path": path, "path_hex": path.encode().hex(), "kind": "file", "target_hex": "", "mode": 0o644,
             "uid": 0, "gid": 0, "copy": "0", "made_by_program": False, "result": "absent"}
    return entry | changes


class HostileJournal(CliTest):
    def setUp(self) -> None:
        self.machine = running(self).write("/etc/kmodsec/policy.toml", '[deny]\nmodules = ["loop"]\n')
        self.mark = self.machine.folder.with_suffix(".mark")
        self.addCleanup(lambda: self.mark.unlink(missing_ok=True))

    def begin(self, *paths: dict, **fields: object) -> None:
        journal = {"schema": "kmodsec.transaction/2", "number": 1, "state": "begun", "time": 1, "paths": paths, "actions": []}
        shutil.rmtree(self.inside(f"{TRANSACTIONS}/000001.undone"), ignore_errors=True)
        self.machine.write(f"{TRANSACTIONS}/000001/journal.json", json.dumps(journal | fields))
        self.machine.write(f"{TRANSACTIONS}/000001/0", "from the journal\n")
        for folder in ("", "/kmodsec", "/kmodsec/transactions", "/kmodsec/transactions/000001"):
            self.inside("/var/lib" + folder).chmod(0o755)

    def inside(self, path: str) -> Path:
        return self.machine.folder / path.lstrip("/")

    def apply(self, *words: str) -> Run:
        return kmodsec(*(words or ("apply",)), "--yes", "--root", self.machine)

    def assert_refused(self, *words: str) -> None:
        run = self.apply()
        self.assertEqual(run.code, FAILED, run.out)
        for word in words:
            self.assertIn(word, run.err)
        self.assertFalse(self.mark.exists())

    def own_by_somebody(self) -> None:
        if os.geteuid() != 0:
            self.skipTest("only root gives files away")
        for path in [self.machine.folder, *self.machine.folder.rglob("*")]:
            os.lchown(path, SOMEBODY, SOMEBODY)

    def test_a_command_of_an_older_journal_does_not_run(self) -> None:
        for command, undo in [(["augenrules", "--load"], ["/bin/sh", "-c", f"touch {self.mark}"]),
                              (["/bin/touch", str(self.mark)], []),
                              (["update-initramfs", "-u", "-k", f"x;touch {self.mark}"], []),
                              (["dracut", "--force", "/etc/passwd", RELEASE], [])]:
            self.begin(schema="kmodsec.transaction/1", programs=[{"command": command, "undo": undo}])
            for verb in VERBS:
                for yes in (["--yes"], []):
                    with self.subTest(command=command, verb=verb, yes=yes):
                        run = kmodsec(*verb, *yes, "--root", self.machine)
                        self.assertEqual(run.code, FAILED, run.out)
                        self.assertIn("a program that kmodsec does not run", run.err)
                        self.assertFalse(self.mark.exists())

    def test_what_a_program_is_called_with_is_checked(self) -> None:
        for release in ("../..", "-d", "$(id)", "a b", "", "x\n"):
            action = {"kind": "rebuild-by-dracut", "release": release, "image": "/boot/initrd.img"}
            with self.subTest(release):
                self.begin(actions=[{"do": action, "undo": action}])
                self.assert_refused("not an action of kmodsec")

    def test_programs_of_a_tree_are_left_to_do(self) -> None:
        action = {"kind": "reload-units", "release": "", "image": ""}
        self.begin(saved(), actions=[{"do": action, "undo": action}])
        run = self.apply()
        self.assertEqual(run.code, CLEAN, run.err)
        self.assertIn("left to do on that system: systemctl daemon-reload", run.err)
        self.assertNotIn("run systemctl", run.err)

    def test_an_older_journal_of_our_own_is_undone(self) -> None:
        reload = ["systemctl", "daemon-reload"]
        self.begin(saved(), schema="kmodsec.transaction/1", state="done",
                   programs=[{"command": reload, "undo": reload}])
        run = self.apply("revert")
        self.assertEqual(run.code, CLEAN, run.err)
        self.assertEqual(self.inside(DENY_FILE).read_text(), "from the journal\n")
        self.assertIn("left to do on that system: systemctl daemon-reload", run.err)

    def test_nothing_is_undone_before_the_question(self) -> None:
        self.begin(saved())
        for verb in VERBS:
            with self.subTest(verb):
                run = kmodsec(*verb, "--root", self.machine)
                self.assertEqual(run.code, FAILED, run.out)
                if verb[0] != "allow":
                    self.assertIn(f"put back {DENY_FILE}", run.err)
                self.assertFalse(self.inside(DENY_FILE).exists())

    def test_no_set_id_file_comes_of_it(self) -> None:
        for mode in (0o4755, 0o2755, 0o6777, 0o1777, 0o104755):
            with self.subTest(mode):
                self.begin(saved(mode=mode))
                self.assert_refused(DENY_FILE, "which kmodsec never sets")
                self.assertFalse(self.inside(DENY_FILE).exists())

    def test_no_file_of_others_changes(self) -> None:
        outside = self.machine.folder.with_suffix(".mark")
        for path in ("/etc/passwd", "/usr/bin/su", "/etc/cron.d/x", "/etc/modprobe.d/../passwd", str(outside),
                     f"/..{outside}", "/etc/modprobe.d/00-kmodsec-deny.conf\0x", "/proc/sys/kernel/modprobe"):
            for by_program in (False, True):
                with self.subTest(path, by_program=by_program):
                    self.begin(saved(path, made_by_program=by_program))
                    self.assert_refused("is not a path that kmodsec changes")

    def test_who_may_write_it_is_asked(self) -> None:
        for path in (f"{TRANSACTIONS}/000001/journal.json", f"{TRANSACTIONS}/000001/0", f"{TRANSACTIONS}/000001",
                     TRANSACTIONS, "/var/lib/kmodsec", "/var"):
            with self.subTest(path):
                self.begin(saved())
                before = self.inside(path).stat().st_mode
                self.inside(path).chmod(0o777)
                self.assert_refused("others than root may write")
                self.assertFalse(self.inside(DENY_FILE).exists())
                self.inside(path).chmod(stat.S_IMODE(before))

    def test_everything_gets_the_owner_of_the_tree(self) -> None:
        for uid in (0, 1, SOMEBODY, 2**32 - 2):
            with self.subTest(uid):
                self.begin(saved(uid=uid, gid=uid))
                self.own_by_somebody()
                run = kmodsec("revert", "--yes", "--root", self.machine)
                self.assertEqual(run.code, CLEAN, run.err)
                status = self.inside(DENY_FILE).stat()
                self.assertEqual((status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)), (SOMEBODY, SOMEBODY, 0o644))
                self.assertEqual(self.inside(DENY_FILE).read_text(), "from the journal\n")

    def test_no_owner_is_an_error(self) -> None:
        for ids in ({"uid": 2**32 - 1}, {"gid": 2**32 - 1}, {"uid": -1}, {"uid": 2**32}, {"mode": -1}):
            with self.subTest(ids):
                self.begin(saved(**ids))
                self.assertEqual(self.apply().code, FAILED)
                self.assertFalse(self.inside(DENY_FILE).exists())

    def test_a_copy_of_somebody_else_is_not_handed_out(self) -> None:
        self.begin(saved())
        self.own_by_somebody()
        os.chown(self.inside(f"{TRANSACTIONS}/000001/0"), 0, 0)
        self.assert_refused("belongs to somebody else")
        self.assertFalse(self.inside(DENY_FILE).exists())

    def test_a_copy_that_is_a_link_or_a_pipe(self) -> None:
        copy = self.inside(f"{TRANSACTIONS}/000001/0")
        for make in (lambda: copy.symlink_to("/etc/passwd"), lambda: os.mkfifo(copy), copy.mkdir):
            self.begin(saved())
            copy.unlink()
            make()
            self.assertEqual(self.apply().code, FAILED)
            self.assertFalse(self.inside(DENY_FILE).exists())
            copy.rmdir() if copy.is_dir() and not copy.is_symlink() else copy.unlink()


if __name__ == "__main__":
    unittest.main()
