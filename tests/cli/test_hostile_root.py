# SPDX-License-Identifier: GPL-2.0-or-later
"""Every verb on a tree whose root is the attacker's: nothing is done for him, and what he planted is reported."""

import os
import re
import shutil
import tempfile
import time
import unittest
from pathlib import Path
from typing import ClassVar

from hostile_root import CHANGES, LOOKS, VERBS, Hostile, Kept, Plant, plant_all
from kmodsec_cli import FAILED, FINDINGS, INCOMPLETE, Run, kmodsec
from machine import running

LONGEST = 1200.0
"""Seconds: many times what a verb takes under sanitizers on a busy host. Those that hang take hours."""


def state_of(folder: Path) -> dict[str, tuple]:
    """Every file with what a write to it would change."""
    found = {}
    for top, folders, names in os.walk(folder):
        for name in folders + names:
            status = os.lstat(Path(top, name))
            found[os.path.join(top, name)] = (status.st_mode, status.st_uid, status.st_size, status.st_mtime_ns)
    return found


class HostileRoot(unittest.TestCase):
    """One tree for all tests: they look at what the verbs have said and left behind."""

    said: ClassVar[dict[str, Run]]
    planted: ClassVar[list[Plant]]
    aim: ClassVar[Path]
    seconds: ClassVar[dict[str, float]]

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = Path(tempfile.mkdtemp(prefix="kmodsec-hostile-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.aim = cls.folder / "aim"
        cls.aim.mkdir()
        (cls.aim / "victim").write_text("of this host\n")
        machine = running(Kept())
        cls.root = cls.folder / "root"
        shutil.move(machine.folder, cls.root)
        machine.folder = cls.root
        cls.store = cls.folder / "store.db"
        made = kmodsec("baseline", "create", "--root", cls.root, "--store", cls.store)
        assert cls.store.exists(), made
        cls.planted = plant_all(Hostile(machine, str(cls.aim)))
        before = state_of(cls.folder)
        cls.said, cls.seconds = {}, {}
        for name, words in LOOKS.items():
            cls.ask(name, words)
        cls.changed_by_looking = {path for path, state in state_of(cls.folder).items() if before.get(path) != state}
        cls.gone_by_looking = before.keys() - state_of(cls.folder).keys()
        for name, words in CHANGES.items():
            cls.ask(name, words)

    @classmethod
    def ask(cls, name: str, words: str) -> None:
        filled = [word.format(root=cls.root, store=cls.store) for word in words.split()]
        root = [] if "show" in filled and "baseline" in filled else ["--root", cls.root]
        start = time.monotonic()
        cls.said[name] = kmodsec(*filled, *root)
        cls.seconds[name] = time.monotonic() - start

    def all_of(self, verb: str) -> str:
        return self.said[verb].out + self.said[verb].err

    def test_no_program_of_the_tree_runs(self) -> None:
        self.assertFalse((self.aim / "owned").exists())

    def test_no_file_of_the_host_goes_away(self) -> None:
        self.assertTrue((self.aim / "victim").exists())
        self.assertFalse((self.folder / "outside").exists())

    def test_verbs_that_look_write_nothing(self) -> None:
        self.assertEqual((sorted(self.changed_by_looking), sorted(self.gone_by_looking)), ([], []))

    def test_nothing_gets_rights_that_it_had_not(self) -> None:
        set_id = [path for path, state in state_of(self.root).items() if state[0] & 0o6000]
        strangers = [path for path, state in state_of(self.root).items() if state[1] not in (0, os.geteuid())]
        self.assertEqual((set_id, strangers), ([], []))

    def test_every_verb_ends(self) -> None:
        for name in VERBS:
            with self.subTest(name):
                self.assertGreaterEqual(self.said[name].code, 0, self.said[name].err[-500:])
                self.assertLessEqual(self.said[name].code, INCOMPLETE)
                self.assertLess(self.seconds[name], LONGEST)

    def test_no_verb_calls_it_clean(self) -> None:
        self.assertEqual(self.said["plan"].code, FAILED, self.said["plan"])
        for name in ("audit", "audit all", "verify", "doors", "check"):
            with self.subTest(name):
                self.assertIn(self.said[name].code, (FINDINGS, INCOMPLETE), self.all_of(name)[-500:])

    def test_what_is_planted_is_told(self) -> None:
        for plant in self.planted:
            for verb, pattern in plant.told.items():
                with self.subTest(f"{plant.name}: {verb}"):
                    self.assertTrue(re.search(pattern, self.all_of(verb)), f"{pattern} is not in:\n{self.all_of(verb)[-1500:]}")

    def test_what_must_not_be_said(self) -> None:
        for plant in self.planted:
            for verb, pattern in plant.never.items():
                with self.subTest(f"{plant.name}: {verb}"):
                    found = re.search(pattern, self.all_of(verb))
                    self.assertIsNone(found, found and found[0][:200])

