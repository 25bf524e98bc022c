# SPDX-License-Identifier: GPL-2.0-or-later
"""What is made to exhaust its reader: the rest becomes a gap, and whatever is asked comes to an end."""

import lzma
import unittest

from kmodsec_cli import CLEAN, FINDINGS, INCOMPLETE, CliTest, Run, kmodsec
from machine import RELEASE, Machine, running
from packing import archive

MODULES = f"/lib/modules/{RELEASE}"
SECONDS = 60
VERBS = [
    ["audit"], ["list"], ["list", "--on-disk"], ["verify", "--all"], ["doors", "--open"], ["doors", "m1"], ["cves", "--all"],
    ["snapshot"], ["baseline", "check"], ["plan"],
]


def indexes(machine: Machine, names: list[str]) -> Machine:
    machine.write(f"{MODULES}/modules.dep", "".join(f"kernel/{name}.ko:\n" for name in names))
    machine.write(f"{MODULES}/modules.alias", "".join(f"alias fs-{name} {name}\n" for name in names))
    machine.write(f"{MODULES}/modules.softdep")
    return machine.write(f"{MODULES}/modules.builtin")


class Limits(CliTest):
    def setUp(self) -> None:
        self.machine = indexes(running(self), [f"m{i}" for i in range(100)])

    def test_nothing_is_clean_behind_a_limit(self) -> None:
        for verb in VERBS:
            for limit in ("entries=5", "bytes=20"):
                with self.subTest(verb, limit=limit):
                    run = kmodsec(*verb, "--root", self.machine, "--limit", limit)
                    self.assertNotEqual(run.code, CLEAN, run.out)
                    self.assertGreater(run.code, 0, "died of a signal")
                    if run.code == INCOMPLETE:
                        self.assertIn("--limit", run.err + run.out)

    def test_a_gap_tells_the_limit_and_the_option(self) -> None:
        run = kmodsec("doors", "--open", "--root", self.machine, "--limit", "entries=5")
        self.assertEqual(run.code, INCOMPLETE)
        self.assertIn("this run may look at 5 entries (--limit entries=N)", run.err)

    def test_without_limits_all_is_seen(self) -> None:
        for limit in ("none", "entries=1M", "bytes=1G", "seconds=1K"):
            with self.subTest(limit):
                run = kmodsec("doors", "m1", "--root", self.machine, "--limit", limit)
                self.assertNotIn("--limit", run.err)

    def test_words_that_are_no_limit(self) -> None:
        for limit in ("", "5", "bytes", "bytes=", "bytes=x", "bytes=-1", "bytes=1Q", "files=1", "bytes=99999999999999999999"):
            with self.subTest(limit):
                self.assertIn("--limit", self.refused("audit", "--limit", limit))


class Exhaustion(CliTest):
    """Each of these took from half a minute to forever. The seconds are of processor time, and no measure: only work that
    grows with the square of the input comes near them."""

    def setUp(self) -> None:
        self.machine = indexes(running(self), [f"m{i}" for i in range(4000)])

    def asked(self, *verb: str) -> Run:
        run = kmodsec(*verb, "--root", self.machine, "--limit", f"seconds={SECONDS}")
        self.assertIn(run.code, (CLEAN, FINDINGS, INCOMPLETE), run.err)
        self.assertNotIn("this run may work for", run.err)
        return run

    def configure(self, lines: str) -> None:
        self.machine.write("/etc/modprobe.d/a.conf", lines)

    def test_lines_for_all_modules(self) -> None:
        for line in ("install m* /bin/false\n", "softdep m* pre: m1 post: m2\n", "alias m* m7\n", "options m1 a=1\n"):
            self.configure(line * 20000)
            for verb in (["audit"], ["doors", "--open"]):
                with self.subTest(line, verb=verb):
                    self.asked(*verb)

    def test_patterns_that_are_too_many_are_a_gap(self) -> None:
        self.configure("".join(f"install *x{i}y /bin/false\n" for i in range(20000)))
        for verb in (["audit"], ["doors", "--open"]):
            with self.subTest(verb):
                run = self.asked(*verb)
                self.assertIn("more patterns or dependencies than can be followed", run.err + run.out)

    def test_aliases_that_fit_everything(self) -> None:
        self.machine.write(f"{MODULES}/modules.alias", "".join(f"alias *{i} m1\n" for i in range(300_000)))
        self.asked("audit")
        self.asked("doors", "--open")

    def test_one_long_line(self) -> None:
        self.machine.write(f"{MODULES}/modules.dep", f"kernel/m1.ko:{'b' * 60_000_000}\n")
        self.asked("audit")

    def test_dependencies_of_each_on_each(self) -> None:
        modules = range(1000)
        self.machine.write(f"{MODULES}/modules.dep", "".join(
            f"m{i}.ko: {' '.join(f'm{j}.ko' for j in range(i))}\n" for i in modules))
        self.asked("doors", "--open")


class Bombs(CliTest):
    def test_many_in_one_small_image(self) -> None:
        machine = running(self)
        inner = Machine(self).folder
        bomb = lzma.compress(bytes(400 * 1024 * 1024), check=lzma.CHECK_CRC32, preset=0)
        folder = inner / f"lib/modules/{RELEASE}"
        folder.mkdir(parents=True)
        for number in range(20):
            (folder / f"m{number}.ko.xz").write_bytes(bomb)
        machine.write(f"/boot/initrd.img-{RELEASE}", lzma.compress(archive(inner), check=lzma.CHECK_CRC32))
        run = kmodsec("baseline", "create", "--root", machine, "--store", machine.folder / "store", "--yes",
                      "--limit", f"seconds={SECONDS}")
        self.assertNotEqual(run.code, CLEAN, run.out)
        self.assertNotIn("this run may work for", run.err)


if __name__ == "__main__":
    unittest.main()
