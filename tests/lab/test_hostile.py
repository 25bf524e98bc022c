# SPDX-License-Identifier: GPL-2.0-or-later
"""A disk whose root is the attacker's, examined by root from outside: the table of tests/cli/hostile_root.py.

The examining host is watched twice: strace tells what each verb and its children asked the kernel for, and a list of
all files with their digests, from before and after, tells what anybody has changed."""

import gzip
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import ClassVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))

from hostile_root import CHANGES, LOOKS, VERBS, Hostile, Kept, Plant, plant_all
from lab import programs
from lab.testing import GuestTest
from machine import running

ROOT, AIM, STORE = "/mnt", "/aim", "/lab/store.db"
FINDINGS, FAILED, INCOMPLETE = 1, 2, 3

STARTS = "execve,execveat,fork,vfork,clone,clone3"
WRITES = ("open,openat,openat2,creat,unlink,unlinkat,rename,renameat,renameat2,rmdir,mkdir,mkdirat,symlink,symlinkat,"
          "link,linkat,mknod,mknodat,chmod,fchmod,fchmodat,chown,fchown,fchownat,lchown,truncate,ftruncate,setxattr,"
          "fsetxattr,init_module,finit_module,delete_module,mount")
READ_ONLY = re.compile(r"\b(?:open|openat|openat2)\((?!.*\b(?:O_WRONLY|O_RDWR|O_CREAT|O_TRUNC)\b)")
FILES = ("find {0} -xdev -type f -exec sha256sum {{}} + | sort; find {0} -xdev ! -path '/proc*' -exec stat -c '%n %f %u %g' {{}} + | sort")


def disk_of_the_attacker(folder: Path) -> tuple[bytes, bytes, list[Plant]]:
    """An image of ext4, packed; the store that the owner made before; what was planted."""
    machine = running(Kept())
    machine.folder = machine.folder.rename(folder / "root")
    store = folder / "store.db"
    subprocess.run([programs.product(), "baseline", "create", "--root", machine.folder, "--store", store, "--quiet"],
                   stdout=subprocess.DEVNULL, check=False)
    planted = plant_all(Hostile(machine, AIM))
    image = folder / "image"
    subprocess.run(["mke2fs", "-q", "-t", "ext4", "-d", machine.folder, image, "48M"], check=True, capture_output=True)
    return gzip.compress(image.read_bytes()), store.read_bytes(), planted


def watched(verb: str, words: str) -> str:
    filled = words.format(root=ROOT, store=STORE)
    root = "" if "baseline show" in words else f"--root {ROOT}"
    trace = f"/trace/{verb.replace(' ', '-')}"
    return f"strace -f -y -qq -s 400 -o {trace} -e trace={STARTS},{WRITES} kmodsec {filled} {root} </dev/null"


def steps() -> dict[str, str]:
    looks = {name: watched(name, words) for name, words in LOOKS.items()}
    changes = {name: watched(name, words) for name, words in CHANGES.items()}
    traces = {f"trace of {name}": f"cat /trace/{name.replace(' ', '-')}" for name in VERBS}
    return {
        "mount": f"mkdir -p /trace {AIM}; echo victim >{AIM}/victim; modprobe -a loop ext4 && "
                 f"gunzip -c /lab/disk.gz >/run/disk && mount -t ext4 -o loop /run/disk {ROOT}",
        "host before": FILES.format("/"), "tree before": FILES.format(ROOT),
        **looks,
        "tree after": FILES.format(ROOT),
        **changes,
        "host after": FILES.format("/"), "tree changed": FILES.format(ROOT),
        **traces,
        "bound": "mkdir -p /bound/etc /bound/proc /bound/sys && mount --bind /proc /bound/proc && "
                 "mount --bind /sys /bound/sys && kmodsec audit --root /bound --format json",
    }


def without_our_own(listing: str) -> list[str]:
    """The traces are ours, and so are the folders that the steps' results stand in."""
    own = re.compile(r"\s?/(?:trace|lab|run|tmp|dev|proc|sys)\b")
    return [line for line in listing.splitlines() if not own.search(line)]


class HostileDisk(GuestTest):
    planted: ClassVar[list[Plant]]

    @classmethod
    def setUpClass(cls) -> None:
        with tempfile.TemporaryDirectory(prefix="kmodsec-lab-") as folder:
            disk, store, cls.planted = disk_of_the_attacker(Path(folder))
        cls.steps = steps()
        cls.options = {"modules": ["loop", "ext4"], "files": {"/lab/disk.gz": disk, STORE: store},
                       "programs": {"/usr/bin/strace": programs.find("strace")}}
        super().setUpClass()

    def trace(self, verb: str) -> list[str]:
        return self.guest[f"trace of {verb}"].lines

    def all_of(self, verb: str) -> str:
        return self.guest[verb].output + self.guest[verb].stderr

    def test_the_stage_is_set(self) -> None:
        self.succeeded("mount", "tree before")

    def test_nothing_is_started(self) -> None:
        for verb in VERBS:
            with self.subTest(verb):
                self.assertTrue(self.trace(verb), self.guest[verb])
                started = [line for line in self.trace(verb)[1:] if re.search(r"\bexecve", line)]
                children = [line for line in self.trace(verb) if re.search(r"\b(?:v?fork|clone3?)\(", line) and "CLONE_THREAD" not in line]
                self.assertEqual(started + children, [])

    def test_nothing_is_written_by_who_looks(self) -> None:
        for verb in LOOKS:
            with self.subTest(verb):
                self.assertEqual(self.writes(verb), [])

    def test_nothing_is_written_outside(self) -> None:
        for verb in CHANGES:
            with self.subTest(verb):
                outside = [line for line in self.writes(verb) if f"<{ROOT}/" not in line and f"<{ROOT}>" not in line]
                self.assertEqual(outside, [])

    def writes(self, verb: str) -> list[str]:
        calls = [line for line in self.trace(verb) if re.search(rf"\b(?:{WRITES.replace(',', '|')})\(", line)]
        return [line for line in calls if not READ_ONLY.search(line) and '"/dev/null"' not in line]

    def test_the_host_is_what_it_was(self) -> None:
        before, after = (without_our_own(self.guest[f"host {when}"].output) for when in ("before", "after"))
        self.assertEqual(sorted(set(before) ^ set(after)), [])

    def test_the_evidence_is_what_it_was(self) -> None:
        self.assertEqual(self.guest["tree before"].lines, self.guest["tree after"].lines)

    def test_nothing_gets_rights_that_it_had_not(self) -> None:
        modes = [line.rsplit(" ", 3) for line in self.guest["tree changed"].lines if re.search(r" [0-9a-f]{4} \d+ \d+$", line)]
        self.assertTrue(modes)
        self.assertEqual([words for words in modes if int(words[1], 16) & 0o6000], [])
        self.assertEqual([words for words in modes if int(words[2]) not in (0, os.geteuid())], [])

    def test_every_verb_ends(self) -> None:
        for verb in VERBS:
            with self.subTest(verb):
                self.assertLessEqual(self.guest[verb].exit_code, INCOMPLETE, self.guest[verb])

    def test_no_verb_calls_it_clean(self) -> None:
        self.assertEqual(self.guest["plan"].exit_code, FAILED, self.guest["plan"])
        for verb in ("audit", "audit all", "verify", "doors", "check"):
            with self.subTest(verb):
                self.assertIn(self.guest[verb].exit_code, (FINDINGS, INCOMPLETE), self.guest[verb])

    def test_what_is_planted_is_told(self) -> None:
        for plant in self.planted:
            for verb, pattern in plant.told.items():
                with self.subTest(f"{plant.name}: {verb}"):
                    self.assertRegex(self.all_of(verb), pattern)

    def test_what_must_not_be_said(self) -> None:
        for plant in self.planted:
            for verb, pattern in plant.never.items():
                with self.subTest(f"{plant.name}: {verb}"):
                    self.assertNotRegex(self.all_of(verb), pattern)

    def test_kernel_files_of_the_host_are_no_facts_of_a_tree(self) -> None:
        audit = self.guest["bound"].json
        self.assertIn("/proc", " ".join(gap["what"] for gap in audit["unseen"]))
        self.assertIsNone(audit["posture"]["loaded_count"])


if __name__ == "__main__":
    unittest.main()
