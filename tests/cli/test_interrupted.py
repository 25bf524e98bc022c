# SPDX-License-Identifier: GPL-2.0-or-later
"""`apply` ended or failed at any of its steps: the host is what it was, or what it should be."""

import errno
import os
import random
import signal
import subprocess
import time
import unittest
from pathlib import Path

from interrupting import KILL, interruption
from kmodsec_cli import PROGRAM, kmodsec
from machine import Machine, running

POLICY = """\
[deny]
modules = ["loop"]
[load]
modules = ["vfat"]
[options]
loop = "max_loop=8"
[freeze]
level = "all"
[audit_rules]
enabled = true
[[exception]]
module = "fat"
until = 2096-01-01T00:00:00Z
reason = "a test"
"""


def host(test: unittest.TestCase) -> Machine:
    """With files of an older policy to rewrite and to remove, and with folders to make."""
    machine = running(test).install("loop", parmtype="max_loop:int").write("/etc/kmodsec/policy.toml", POLICY)
    machine.write("/usr/lib/systemd/systemd").write("/usr/sbin/augenrules").write("/usr/sbin/dracut")
    machine.write("/etc/modprobe.d/00-kmodsec-deny.conf", "# of another time\ninstall vfat /bin/false\n")
    machine.write("/etc/initramfs-tools/hooks/kmodsec", "#!/bin/sh\n")
    (machine.folder / "etc/modprobe.d/00-kmodsec-deny.conf").chmod(0o600)
    return machine


def tree_of(machine: Machine) -> dict[str, tuple]:
    """Every path with its mode and what it holds, but for kmodsec's own notes."""
    tree = {}
    for path in sorted(machine.folder.rglob("*")):
        inside = str(path.relative_to(machine.folder))
        if inside.split("/")[0] == "var":
            continue
        held = os.readlink(path) if path.is_symlink() else path.read_bytes() if path.is_file() else None
        tree[inside] = (path.lstat().st_mode, held)
    return tree


def interrupted(machine: Machine, verb: str, at: int, with_: str, count: Path | None = None) -> int:
    done = subprocess.run(
        [PROGRAM, verb, "--yes", "--quiet", "--root", str(machine)],
        env={**os.environ, **interruption(at, with_, count)}, stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )
    return done.returncode


class Interrupted(unittest.TestCase):
    def setUp(self) -> None:
        self.machine = host(self)
        self.old = tree_of(self.machine)
        self.run_whole("apply")
        self.new = tree_of(self.machine)
        self.assertNotEqual(self.old, self.new)
        self.back_to_the_old()

    def run_whole(self, verb: str) -> None:
        run = kmodsec(verb, "--yes", "--root", self.machine)
        self.assertEqual(run.code, 0, run.err)

    def back_to_the_old(self) -> None:
        self.run_whole("revert")
        self.assert_is(self.old)

    def assert_is(self, wanted: dict[str, tuple]) -> None:
        now = tree_of(self.machine)
        differing = {path for path in now.keys() | wanted.keys() if now.get(path) != wanted.get(path)}
        self.assertEqual(differing, set())

    def steps_of(self, verb: str) -> int:
        count = self.machine.folder.with_suffix(".count")
        self.addCleanup(count.unlink)
        self.assertEqual(interrupted(self.machine, verb, 0, "0", count), 0)
        return int(count.read_text())

    def test_killed_at_each_step_and_undone(self) -> None:
        steps = self.steps_of("apply")
        self.back_to_the_old()
        self.assertGreater(steps, 50)
        for step in range(1, steps + 1):
            with self.subTest(step):
                self.assertEqual(interrupted(self.machine, "apply", step, KILL), -signal.SIGKILL)
                self.back_to_the_old()

    def test_killed_at_each_step_and_done_again(self) -> None:
        steps = self.steps_of("apply")
        self.back_to_the_old()
        for step in range(1, steps + 1):
            with self.subTest(step):
                interrupted(self.machine, "apply", step, KILL)
                self.run_whole("apply")
                self.assert_is(self.new)
                self.back_to_the_old()

    def test_killed_at_each_step_of_revert(self) -> None:
        self.run_whole("apply")
        steps = self.steps_of("revert")
        for step in range(1, steps + 1):
            with self.subTest(step):
                self.run_whole("apply")
                interrupted(self.machine, "revert", step, KILL)
                self.back_to_the_old()

    def test_killed_at_two_hundred_moments(self) -> None:
        for moment in range(200):
            with subprocess.Popen(
                [PROGRAM, "apply", "--yes", "--quiet", "--root", str(self.machine)], stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            ) as program:
                time.sleep(random.uniform(0, 0.05))
                program.kill()
            with self.subTest(moment):
                self.back_to_the_old()

    def test_a_failing_disk_changes_nothing(self) -> None:
        steps = self.steps_of("apply")
        self.back_to_the_old()
        for number in (errno.ENOSPC, errno.EROFS, errno.EACCES):
            for step in range(1, steps + 1):
                with self.subTest(error=errno.errorcode[number], step=step):
                    code = interrupted(self.machine, "apply", step, str(number))
                    self.assertIn(tree_of(self.machine), [self.old, self.new])
                    if code == 0:
                        self.assert_is(self.new)
                    self.back_to_the_old()


if __name__ == "__main__":
    unittest.main()
