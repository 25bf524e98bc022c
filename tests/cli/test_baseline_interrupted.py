# SPDX-License-Identifier: GPL-2.0-or-later
"""A baseline whose writer is killed, or whose disk is full: the old one holds, or the new one is there as a whole."""

import errno
import os
import resource
import signal
import subprocess
import unittest
from pathlib import Path

from interrupting import KILL, interruption
from kmodsec_cli import CLEAN, FAILED, FINDINGS, PROGRAM, TREE
from test_baseline import LOOP, MODULES, BaselineTest, log_upgrade, loop, put_into_package

POSTINST = TREE / "packaging/debian/postinst"
OWN_STORE = "/var/lib/kmodsec/baseline.db"
LARGER_THAN_A_STORE = 1 << 20
PAGE = 4096


def run(*words: str | Path, limit: int | None = None, **added: str) -> subprocess.CompletedProcess[str]:
    """`limit`: how large a file may become, in bytes."""
    def restrict() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run([*map(str, words)], env={**os.environ, **added}, stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, check=False, restore_signals=False, preexec_fn=restrict)


class Upgraded(BaselineTest):
    """A host with a baseline, and an upgrade since: what is explained is loop, what is not is a module of nobody."""

    def setUp(self) -> None:
        super().setUp()
        self.count = self.machine.folder.with_suffix(".count")
        self.addCleanup(self.count.unlink, missing_ok=True)
        self.create()
        self.old = self.store.read_bytes()
        self.machine.write(LOOP, loop(version="2"))
        log_upgrade(put_into_package(self.machine, "6.1.192-1"), "6.1.190-1", "6.1.192-1")
        self.machine.install("rootkit", sign=False)

    def action(self, name: str) -> list[str]:
        return [PROGRAM, "baseline", name, "--root", str(self.machine), "--store", str(self.store)]

    def back_to_the_old(self) -> None:
        self.store.write_bytes(self.old)

    def generation(self) -> int:
        """By `show` and by `check`, which have to agree on it, and on what is changed since."""
        document = self.check()
        generation = document["baseline"]["generation"]
        shown = self.run_action("show")
        self.assertEqual(shown.code, CLEAN, shown.err)
        self.assertIn(f"generation {generation}", shown.out.lower())
        changed = [change["path"] for change in document["changed"]]
        self.assertEqual(changed, [LOOP] if generation == 1 else [])
        self.assertEqual(document["suspicious"], 1)
        return generation

    def steps(self, words: list[str], expected: int) -> range:
        done = run(*words, **interruption(0, "0", self.count))
        self.assertEqual(done.returncode, expected, done.stderr)
        return range(1, int(self.count.read_text()) + 1)


class Killed(Upgraded):
    def test_at_each_step_of_create(self) -> None:
        self.store.unlink()
        steps = self.steps(self.action("create"), CLEAN)
        self.assertGreater(len(steps), 10)
        for step in steps:
            with self.subTest(step):
                self.store.unlink(missing_ok=True)
                self.assertEqual(run(*self.action("create"), **interruption(step, KILL)).returncode, -signal.SIGKILL)
                checked = self.run_action("check")
                if checked.code == FAILED:
                    self.assertIn("'kmodsec baseline create", checked.err)
                    self.create()
                self.assertEqual(self.check()["suspicious"], 0)

    def test_at_each_step_of_accept(self) -> None:
        steps = self.steps(self.action("accept"), CLEAN)
        self.assertGreater(len(steps), 5)
        ends = set()
        for step in steps:
            with self.subTest(step):
                self.back_to_the_old()
                self.assertEqual(run(*self.action("accept"), **interruption(step, KILL)).returncode, -signal.SIGKILL)
                end = self.generation()
                ends.add(end)
                self.assertEqual(self.run_action("accept").code, FINDINGS if end == 2 else CLEAN)
                self.assertEqual(self.generation(), 2)
        self.assertIn(1, ends)

    def test_at_each_step_of_the_trigger(self) -> None:
        """dpkg goes on, and the answer says so; the next run takes what this one did not."""
        for step in self.steps(self.action("accept"), CLEAN):
            with self.subTest(step):
                self.back_to_the_old()
                done = self.trigger(interruption(step, KILL))
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn("tells what was not accepted", done.stderr)
                self.generation()
                self.assertEqual(self.trigger({}).returncode, 0)
                self.assertEqual(self.generation(), 2)

    def trigger(self, added: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """What dpkg runs, with the machine's folders for those of the host."""
        script = self.machine.folder.with_suffix(".postinst")
        self.addCleanup(script.unlink, missing_ok=True)
        script.write_text(POSTINST.read_text().replace(OWN_STORE, str(self.store)))
        program = self.machine.folder / "programs/kmodsec"
        settings = " ".join(f"{name}={value}" for name, value in added.items())
        words = " ".join(["env", settings, PROGRAM, '"$@"', "--root", str(self.machine), "--store", str(self.store)])
        self.machine.write("/programs/kmodsec", f"#!/bin/sh\n{words}\n")
        program.chmod(0o755)
        return run("sh", script, "triggered", "/lib/modules", PATH=f"{program.parent}:{os.environ['PATH']}")


class FullDisk(Upgraded):
    def assert_old_or_new(self, done: subprocess.CompletedProcess[str]) -> None:
        self.assertIn(done.returncode, (CLEAN, FAILED), done.stderr)
        if done.returncode == FAILED:
            self.assertRegex(done.stderr, r"\Akmodsec: [^\n]+\n\Z")
        is_there = done.returncode == CLEAN or "it is in place" in done.stderr
        self.assertEqual(self.generation(), 2 if is_there else 1)

    def test_at_each_step_of_accept(self) -> None:
        steps = self.steps(self.action("accept"), CLEAN)
        refused = 0
        for number in (errno.ENOSPC, errno.EIO):
            for step in steps:
                with self.subTest(error=errno.errorcode[number], step=step):
                    self.back_to_the_old()
                    done = run(*self.action("accept"), **interruption(step, str(number)))
                    self.assert_old_or_new(done)
                    refused += done.returncode == FAILED
        self.assertGreater(refused, len(steps))

    def test_a_check_of_a_named_store_has_nothing_to_write(self) -> None:
        self.assertEqual(len(self.steps(self.action("check"), FINDINGS)), 0)

    def test_a_store_that_may_not_grow(self) -> None:
        codes = []
        for number in range(100):
            self.machine.install(f"module_{number}")
        put_into_package(self.machine, "6.1.192-1")
        for limit in range(PAGE, LARGER_THAN_A_STORE, 4 * PAGE):
            with self.subTest(limit):
                self.back_to_the_old()
                done = run(*self.action("accept"), limit=limit)
                self.assertIn(done.returncode, (CLEAN, FAILED), done.stderr)
                codes.append(done.returncode)
                self.assertEqual(self.check()["baseline"]["generation"], 2 if done.returncode == CLEAN else 1)
            if codes[-1] == CLEAN:
                break
        self.assertEqual((codes[0], codes[-1]), (FAILED, CLEAN))

    def test_of_a_host_without_a_baseline(self) -> None:
        for limit in range(0, LARGER_THAN_A_STORE, PAGE):
            self.store.unlink(missing_ok=True)
            done = run(*self.action("create"), limit=limit)
            if done.returncode == CLEAN:
                break
            with self.subTest(limit):
                self.assertEqual(done.returncode, FAILED, done.stderr)
                self.assertIn("'kmodsec baseline create", self.refused_action("check"))
                self.create()
        self.assertGreater(limit, 0)


class TwoAtOnce(Upgraded):
    def both(self, first: list[str], second: list[str]) -> list[tuple[int, str]]:
        running = [subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
                   for words in (first, second)]
        said = [program.communicate()[1] for program in running]
        return [(program.returncode, text) for program, text in zip(running, said, strict=True)]

    def test_one_is_told_of_the_other(self) -> None:
        for attempt in range(8):
            with self.subTest(attempt):
                self.back_to_the_old()
                ends = self.both(self.action("accept"), self.action("accept"))
                self.assertIn(CLEAN, [code for code, _ in ends])
                for code, said in ends:
                    self.assertIn(code, (CLEAN, FINDINGS, FAILED))
                    if code == FAILED:
                        self.assertIn("another run", said)
                self.assertEqual(self.generation(), 2)

    def test_two_that_create(self) -> None:
        for attempt in range(8):
            with self.subTest(attempt):
                self.store.unlink()
                ends = sorted(self.both(self.action("create"), self.action("create")))
                self.assertEqual([code for code, _ in ends], [CLEAN, FAILED])
                self.assertRegex(ends[1][1], "another run|there is a baseline")
                self.assertEqual(self.check()["baseline"]["generation"], 1)


if __name__ == "__main__":
    unittest.main()
