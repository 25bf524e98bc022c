# SPDX-License-Identifier: GPL-2.0-or-later
"""The completion of bash offers what the program has."""

import subprocess
import unittest
from pathlib import Path

from kmodsec_cli import PROGRAM, TREE

SCRIPT = """
PATH={folder}:$PATH
source {tree}/packaging/completions/kmodsec.bash
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_kmodsec
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


class Bash(unittest.TestCase):
    def offered(self, *words: str) -> list[str]:
        script = SCRIPT.format(folder=Path(PROGRAM).parent, tree=TREE)
        done = subprocess.run(["bash", "-c", script, "bash", *words], capture_output=True, check=True)
        return done.stdout.decode().split()

    def test_verbs(self) -> None:
        self.assertEqual(self.offered("kmodsec", "un"), ["unload", "unblock"])
        self.assertIn("audit", self.offered("kmodsec", ""))

    def test_options_are_those_of_the_verb(self) -> None:
        self.assertEqual(self.offered("kmodsec", "baseline", "--ag"), ["--against"])
        self.assertEqual(self.offered("kmodsec", "list", "--ag"), [])

    def test_actions_and_checks(self) -> None:
        self.assertEqual(self.offered("kmodsec", "baseline", "c"), ["create", "check"])
        self.assertIn("SIG-001", self.offered("kmodsec", "explain", "SIG"))


if __name__ == "__main__":
    unittest.main()
