#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""packaging/dependencies.tsv is what ./run and its helpers understand."""

import csv
import re
import subprocess
import unittest
from pathlib import Path

TREE = Path(__file__).resolve().parent.parent
COLUMNS = ["sets", "why", "probe", "debian", "fedora", "opensuse", "arch"]
SETS = {"build", "test", "lab", "bench", "tidy", "fuzz", "package"}


def in_shell(command: str) -> subprocess.CompletedProcess[str]:
    sourced = "; ".join(f". tools/{name}.sh" for name in ("common", "probe", "packages"))
    script = f"set -euo pipefail; tree=$PWD; {sourced}; {command}"
    return subprocess.run(["bash", "-c", script], cwd=TREE, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


class Table(unittest.TestCase):
    def setUp(self) -> None:
        lines = (TREE / "packaging/dependencies.tsv").read_text().splitlines()
        self.header, *self.rows = csv.reader([line for line in lines if not line.startswith("#")], delimiter="\t")

    def test_header(self) -> None:
        self.assertEqual(self.header, COLUMNS)

    def test_rows(self) -> None:
        kinds = set(re.findall(r"^    ([\w-]+)\) ", (TREE / "tools/probe.sh").read_text(), re.MULTILINE))
        for row in self.rows:
            with self.subTest(row):
                self.assertEqual(len(row), len(COLUMNS))
                self.assertTrue(all(row))
                self.assertLessEqual(set(row[0].split(",")), SETS)
                self.assertIn(row[2].split(":")[0], kinds)


class Helpers(unittest.TestCase):
    def test_what_is_there_is_present(self) -> None:
        for probe in ("program:bash", "program:bash:4.0", "header:expected", "file:/etc", "system-python:unittest", "cmake:fmt"):
            with self.subTest(probe):
                self.assertEqual(in_shell(f"is_present {probe}").returncode, 0)

    def test_what_is_not_there_is_not(self) -> None:
        for probe in (
            "program:no-such-program", "program:bash:999", "header:no/such.h", "file:/no-such-file",
            "system-python:no_such_module", "cmake:NoSuchPackage", "pkg:no-such-library", "no-such-kind:x",
        ):
            with self.subTest(probe):
                self.assertNotEqual(in_shell(f"is_present {probe}").returncode, 0)

    def test_this_machine_has_what_the_build_needs(self) -> None:
        self.assertEqual(in_shell("missing build").stdout, "")

    def test_refusal_names_packages_for_every_family(self) -> None:
        refusal = in_shell("own_family() { echo fedora; }; refuse \"$(grep '^build' packaging/dependencies.tsv)\"")
        self.assertEqual((refusal.returncode, refusal.stdout), (2, ""))
        families = re.findall(r"^  (\w+): ", refusal.stderr, re.MULTILINE)
        self.assertEqual(families, ["Fedora", "Debian", "openSUSE", "Arch"])
        for name in ("gcc-c++", "g++", "libopenssl-3-devel", "nlohmann-json"):
            self.assertIn(f" {name}", refusal.stderr)


if __name__ == "__main__":
    unittest.main()
