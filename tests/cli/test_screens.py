# SPDX-License-Identifier: GPL-2.0-or-later
"""What every text answer owes its reader: it fits the terminal, ends no line with blanks, and counts as people do. What is
longer than the terminal goes through a pager, and nothing else does."""

import os
import re
import shutil
import stat
import tempfile
from pathlib import Path

from kmodsec_cli import AT_ONE_TIME, CLEAN, FAILED, FINDINGS, INCOMPLETE, CliTest, Run, kmodsec, kmodsec_on_terminal
from machine import RELEASE, Machine, running
from test_cves import debian, tables

WIDTHS = [60, 80, 100, 200]
LOOKING = [
    ["status"], ["audit"], ["audit", "--verbose"], ["list"], ["list", "--on-disk"], ["show", "loop"], ["show", "vfat", "--signature"],
    ["verify", "--loaded"], ["verify", "--all", "--verbose"], ["verify", "loop"], ["doors", "vfat"], ["doors", "--open"],
    ["doors", "--profile", "cis-level-1"], ["doors", "--alias", "fs-vfat"], ["cves"], ["cves", "--all"], ["cves", "--loaded"],
    ["cves", "vfat"], ["events"], ["plan"], ["profiles"], ["profiles", "cis-level-1"], ["checks"], ["explain", "SIG-001"],
    ["history"], ["load", "loop", "--dry-run"], ["unload", "loop", "--dry-run"], ["deny", "loop", "--dry-run"], ["data", "show"],
    ["learn", "show"],
]
ALONE = {"checks", "explain"}
WITH_TABLES = {"status", "audit", "show", "doors", "cves", "data"}
OF_A_SNAPSHOT = {"status", "audit", "list", "show", "verify", "doors", "cves", "learn"}
POLICY = '[deny]\nmodules = ["vfat"]\nprofiles = ["cis-level-1"]\n'
ESCAPES = re.compile("\x1b\\[[0-9;]*m")
DIFF = re.compile(r"(?:[-+ @]|\S+ to \S+$)")
DESCRIPTION = "It waits for frames, and where none comes it waits again, which is a long sentence for a small module"


def long_machine(test: CliTest) -> Machine:
    """With names and texts that do not fit a line, of which some are hostile."""
    machine = debian(running(test))
    machine.install("a_module_with_quite_a_long_name", license="Dual BSD/GPL", sign=False, description=DESCRIPTION)
    machine.install("loop", license="\x1b[31mGPL löss " + "x" * 70, description=DESCRIPTION)
    machine.load("a_module_with_quite_a_long_name", taint="OE")
    machine.write("/etc/modprobe.d/odd.conf", "install loop /bin/sh -c 'modprobe --ignore-install loop && echo a longer line than most'\n")
    machine.write("/etc/kmodsec/policy.toml", POLICY)
    machine.write("/etc/modules-load.d/a-list-of-modules-with-quite-a-long-name.conf", "loop\n").write("/var/lib/kmodsec/.keep")
    kmodsec("learn", "record", "--root", machine, "--store", machine.folder / "var/lib/kmodsec/usage.db")
    return machine


class Screens(CliTest):
    def setUp(self) -> None:
        self.machine = long_machine(self)
        self.tables = tables(self)
        self.snapshot = self.machine.folder / "snapshot.json"
        kmodsec("snapshot", "--root", self.machine, "--output", self.snapshot)

    def words_of(self, words: list[str]) -> list[list[str]]:
        """A command as it is asked of the tree, and of the snapshot where it can be."""
        verb = words[0]
        data = ["--data", str(self.tables)] if verb in WITH_TABLES else []
        if verb in ALONE:
            return [words]
        asked = [[*words, "--root", str(self.machine), *data]]
        if verb in OF_A_SNAPSHOT:
            asked.append([*words, "--snapshot", str(self.snapshot), *data])
        return asked

    def each(self, width: int) -> list[tuple[list[str], Run]]:
        """80 is a pipe that nobody tells a width of."""
        answers = []
        for words in LOOKING:
            for asked in self.words_of(words):
                run = kmodsec(*asked, COLUMNS="") if width == 80 else kmodsec_on_terminal(*asked, size=(width, 50))
                self.assertIn(run.code, (CLEAN, FINDINGS, INCOMPLETE), f"{asked}: {run.err}")
                answers.append((asked, run))
        return answers

    def test_every_line_fits(self) -> None:
        for width in WIDTHS:
            for asked, run in self.each(width):
                for line in shown_lines(run):
                    with self.subTest(width=width, asked=asked[:3], line=line):
                        self.assertTrue(fits(line, width) or (asked[0] in ("plan", "deny") and DIFF.match(line)))

    def test_no_line_ends_with_blanks(self) -> None:
        for width in (60, 80):
            for asked, run in self.each(width):
                verbatim = asked[0] in ("plan", "deny")
                trailing = [line for line in shown_lines(run) if line != line.rstrip() and not (verbatim and DIFF.match(line))]
                self.assertEqual(trailing, [], asked[:3])

    def test_one_is_no_plural(self) -> None:
        for asked, run in self.each(80):
            self.assertNotRegex(run.out, r"(?<![\d.])1 (?:modules|findings|changes|files|checks|programs|days|paths|references)\b", asked[:3])

    def test_a_command_is_never_broken(self) -> None:
        for asked, run in self.each(60):
            for line in shown_lines(run):
                self.assertNotRegex(line, r"kmodsec(?: (?:deny|explain|cves|doors|revert|audit|unload|baseline))?\Z", asked[:3])

    def test_what_is_said_does_not_depend_on_the_width(self) -> None:
        for words in (["audit"], ["status"], ["explain", "SIG-001"]):
            for asked in self.words_of(words):
                narrow, wide = (kmodsec(*asked, COLUMNS=width, **AT_ONE_TIME).out.split() for width in ("60", "200"))
                self.assertEqual(narrow, wide, words)


def shown_lines(run: Run) -> list[str]:
    return ESCAPES.sub("", run.out).splitlines()


def fits(line: str, width: int) -> bool:
    """Or is too long for one word of it, which begins near the left, or for a command."""
    if len(line) <= width or "kmodsec " in line:
        return True
    *before, last = line.rsplit(" ", 1)
    return len(before[0] if before else "") <= 24 and len(last) > width - 24


class Summaries(CliTest):
    def test_verify_tells_counts_first_and_only_what_is_not_in_order(self) -> None:
        machine = running(self).install("bare", sign=False)
        short = kmodsec("verify", "--all", "--root", machine).out.splitlines()
        self.assertEqual(short[0], "4 modules: 3 valid, 1 unsigned")
        self.assertFalse(any("loop.ko" in line for line in short))
        self.assertTrue(any("3 modules in order: --verbose" in line for line in short))
        self.assertIn("loop.ko", kmodsec("verify", "--all", "--verbose", "--root", machine).out)

    def test_open_doors_are_counted_first(self) -> None:
        lines = kmodsec("doors", "--open", "--root", running(self)).out.splitlines()
        counted = [line.split(maxsplit=1) for line in lines[1:lines.index("")]]
        counts = {what: int(count) for count, what in counted if count.isdigit()}
        self.assertTrue(counts)
        for what, count in counts.items():
            self.assertTrue(any(line.startswith(f"{what} ({count} module") for line in lines), what)

    def test_what_is_said_of_many_modules_is_said_once(self) -> None:
        machine = debian(running(self))
        names = [f"m{number}" for number in range(40)]
        rows = "".join(f"2024-{2000 + number}\t{name}\t\t0>6.1.150\n" for number, name in enumerate(names))
        dep = next((machine.folder / "lib/modules").glob("*/modules.dep"))
        dep.write_text(dep.read_text() + "".join(f"kernel/{name}.ko:\n" for name in names))
        said = kmodsec("cves", "--all", "--root", machine, "--data", tables(self, rows)).out
        self.assertEqual(said.count("update the kernel to 6.1.150 or later"), 1, said)
        for name in names:
            self.assertIn(f"\n{name} ", said)

    def test_show_begins_with_what_decides(self) -> None:
        machine = running(self)
        labels = [line.split(":")[0] for line in kmodsec("show", "loop", "--root", machine).out.splitlines()[1:]]
        self.assertEqual(labels[:3], ["filename", "package", "used by"])
        self.assertLess(labels.index("load paths"), labels.index("sig_status"))
        self.assertLess(labels.index("sig_status"), labels.index("license"))
        self.assertNotIn("sig_key", labels)
        self.assertIn("sig_key", kmodsec("show", "loop", "--signature", "--root", machine).out)


class Tokens(CliTest):
    def test_what_is_copied_is_whole(self) -> None:
        machine = running(self)
        keys = [key["id"] for key in self.document("verify", "--all", "--root", machine)["keys"]]
        self.assertTrue(keys)
        for width in (60, 80):
            shown = kmodsec("verify", "--all", "--root", machine, COLUMNS=str(width)).out
            for token in [*keys, f"/boot/vmlinuz-{RELEASE}"]:
                self.assertIn(token, shown)

    def test_the_line_that_decides_is_found_by_its_path(self) -> None:
        path = "/etc/modprobe.d/a-file-with-quite-a-long-name-of-its-own.conf"
        machine = running(self).write(path, "install vfat /bin/false\n")
        self.assertIn(f"{path}:1", kmodsec("doors", "vfat", "--root", machine, COLUMNS="80").out)


class Pager(CliTest):
    """A pager of our own says that it was there."""

    def setUp(self) -> None:
        self.machine = running(self)
        self.folder = Path(tempfile.mkdtemp(prefix="kmodsec-pager-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.pager = self.script("pager", 'echo "PAGER $*"; cat; env | grep -e "^LESS" >"$0.environment"; true')

    def script(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    def shown(self, *words: str, rows: int = 5, **environment: str) -> Run:
        environment = {"KMODSEC_PAGER": f"{self.pager} -x 'a b'", **AT_ONE_TIME, **environment}
        return kmodsec_on_terminal(*words, "--root", self.machine, size=(80, rows), asks=True, **environment)

    def test_what_is_longer_than_the_terminal(self) -> None:
        run = self.shown("audit")
        self.assertTrue(run.out.startswith("PAGER -x 'a b'\n"), run.out[:200])
        without = self.shown("audit", "--no-pager")
        self.assertEqual(run.out.split("\n", 1)[1], without.out)
        self.assertEqual(run.code, without.code)

    def test_nothing_else(self) -> None:
        self.assertNotIn("PAGER", self.shown("audit", rows=500).out)
        self.assertNotIn("PAGER", self.shown("audit", "--no-pager").out)
        self.assertNotIn("PAGER", self.shown("audit", "--format", "json").out)
        self.assertNotIn("PAGER", self.shown("deny", "loop", "--dry-run").out)
        self.assertNotIn("PAGER", self.shown("audit", TERM="dumb").out)
        self.assertNotIn("PAGER", kmodsec("audit", "--root", self.machine, KMODSEC_PAGER=str(self.pager)).out)
        piped_in = kmodsec_on_terminal("audit", "--root", self.machine, size=(80, 5), KMODSEC_PAGER=str(self.pager))
        self.assertNotIn("PAGER", piped_in.out)

    def test_none_is_wanted(self) -> None:
        for pager in ("", " ", "cat"):
            self.assertNotIn("PAGER", self.shown("audit", KMODSEC_PAGER=pager, PAGER=str(self.pager)).out)

    def test_the_own_variable_comes_first(self) -> None:
        other = self.script("other", "echo OTHER; cat")
        self.assertIn("PAGER", self.shown("audit", PAGER=str(other)).out)
        run = kmodsec_on_terminal("audit", "--root", self.machine, size=(80, 5), asks=True, PAGER=str(other))
        self.assertIn("OTHER", run.out)

    def test_a_pager_that_is_not_there(self) -> None:
        run = self.shown("audit", KMODSEC_PAGER="/no/such/pager")
        self.assertEqual((run.code, run.out), (self.shown("audit", "--no-pager").code, self.shown("audit", "--no-pager").out))

    def test_who_leaves_early_makes_no_error(self) -> None:
        leaver = self.script("leaver", "exit 1")
        run = kmodsec_on_terminal("checks", size=(80, 5), asks=True, KMODSEC_PAGER=str(leaver))
        self.assertEqual((run.code, run.err), (CLEAN, ""))

    def test_less_is_told_how(self) -> None:
        self.shown("audit")
        self.assertIn("LESS=FRX", (self.folder / "pager.environment").read_text())
        self.shown("audit", LESS="S")
        self.assertNotIn("FRX", (self.folder / "pager.environment").read_text())

    def test_no_shell_reads_its_words(self) -> None:
        mark = self.folder / "mark"
        self.shown("audit", KMODSEC_PAGER=f"{self.pager} ;touch {mark} $(touch {mark})")
        self.assertFalse(mark.exists())

    def test_lent_rights_of_root_run_no_program_of_the_borrower(self) -> None:
        if os.geteuid() != 0:
            self.skipTest("only root has rights to lend")
        for name in ("SUDO_UID", "DOAS_USER", "PKEXEC_UID"):
            self.assertNotIn("PAGER", self.shown("audit", LESS="FX", **{name: "1000"}).out)
            self.assertFalse((self.folder / "pager.environment").exists())

    def test_an_error_is_not_paged(self) -> None:
        run = self.shown("show", "no_such_module", rows=1)
        self.assertEqual((run.code, run.out), (FAILED, ""))
