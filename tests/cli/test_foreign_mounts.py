# SPDX-License-Identifier: GPL-2.0-or-later
"""File systems of this host's kernel, mounted in a tree: what they say is nothing about the tree."""

import json
import os
import shutil
import subprocess
import unittest

from kmodsec_cli import FINDINGS, INCOMPLETE, PROGRAM, CliTest, Run, kmodsec
from machine import Machine, running

WHY = "of this host is mounted there"
MOUNT = 'mount --bind "$1" "$2" && shift 2 && exec "$@"'


class ForeignMounts(CliTest):
    def setUp(self) -> None:
        self.machine = running(self)
        if os.geteuid() != 0 or self.run_with("/proc", "true").code != 0:
            self.skipTest("nothing may be mounted here")

    def run_with(self, folder: str, *words: str) -> Run:
        """The words, where a folder of this host is mounted in the tree as well."""
        place = self.machine.folder / folder.lstrip("/")
        shutil.rmtree(place)
        place.mkdir()
        done = subprocess.run(["unshare", "-m", "sh", "-c", MOUNT, "sh", folder, str(place), *words],
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)
        return Run(done.returncode, done.stdout.decode(), done.stderr.decode())

    def kmodsec_with(self, folder: str, *words: str) -> Run:
        return self.run_with(folder, PROGRAM, *words, "--root", str(self.machine))

    def test_proc_is_a_gap_of_every_verb(self) -> None:
        for words in (["audit"], ["list"], ["show", "loop"], ["verify", "--all"], ["verify", "--loaded"], ["cves"],
                      ["doors", "loop"], ["events"], ["snapshot"], ["load", "--dry-run", "loop"],
                      ["unload", "--dry-run", "loop"]):
            with self.subTest(words):
                run = self.kmodsec_with("/proc", *words)
                self.assertIn(run.code, (INCOMPLETE, FINDINGS), run.err)
                self.assertIn("could not be seen", run.err)
                self.assertRegex(run.err, "/proc/|audit trail")

    def test_no_word_of_it_is_told(self) -> None:
        for folder in ("/proc", "/sys"):
            facts = json.loads(self.kmodsec_with(folder, "snapshot").out)["facts"]
            for name, fact in facts["kernel"].items():
                unseen = fact.get("unseen") if isinstance(fact, dict) else None
                if unseen and unseen["subject"].startswith(folder + "/"):
                    self.assertIn(WHY, unseen["reason"], name)
            if folder == "/proc":
                self.assertIn(WHY, facts["kernel"]["release"]["unseen"]["reason"])
                self.assertNotIn(os.uname().release, json.dumps(facts["kernel"]))

    def test_nothing_is_written_there(self) -> None:
        self.machine.write("/etc/kmodsec/policy.toml", '[deny]\nmodules = ["loop"]\n')
        shutil.rmtree(self.machine.folder / "etc/modprobe.d")
        (self.machine.folder / "etc/modprobe.d").symlink_to("/proc/sys/kernel")
        run = self.kmodsec_with("/proc", "apply", "--yes")
        self.assertEqual(run.code, 2)
        self.assertIn(WHY, run.err)

    def test_the_same_files_captured_are_the_trees(self) -> None:
        self.assertNotIn(WHY, kmodsec("snapshot", "--root", running(self)).out)
        self.assertIsInstance(self.machine, Machine)


if __name__ == "__main__":
    unittest.main()
