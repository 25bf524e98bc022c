# SPDX-License-Identifier: GPL-2.0-or-later
"""The line for cron in docs/integrity.md, run as cron runs it: by sh, in an environment with next to nothing in it."""

import json
import re
import subprocess
import unittest

from kmodsec_cli import CLEAN, PROGRAM, TREE
from machine import RELEASE
from test_baseline import BaselineTest

DOCUMENT = TREE / "docs/integrity.md"
LINE = re.compile(r"^(?P<when>[\d*/,-]+(?: [\d*/,-]+){4}) (?P<user>\S+) (?P<command>/usr/bin/kmodsec .*)$", re.MULTILINE)
ENVIRONMENT = {"SHELL": "/bin/sh", "PATH": "/usr/bin:/bin", "HOME": "/root", "LOGNAME": "root"}
ENDS_A_COMMAND_OF_CRON = "%"


def documented() -> re.Match[str]:
    (line,) = LINE.finditer(DOCUMENT.read_text())
    return line


class Cron(BaselineTest):
    def setUp(self) -> None:
        super().setUp()
        self.log = self.machine.folder / "var/log/kmodsec-baseline.ndjson"
        self.machine.write("/var/log/.keep")

    def run_line(self) -> subprocess.CompletedProcess[str]:
        """On the machine instead of this host."""
        program = self.machine.folder / "kmodsec"
        program.write_text(f'#!/bin/sh\nexec {PROGRAM} "$@" --root {self.machine} --store {self.store}\n')
        program.chmod(0o755)
        command = documented()["command"].replace("/usr/bin/kmodsec", str(program)).replace("/var/log", str(self.log.parent))
        return subprocess.run(["/bin/sh", "-c", command], env=ENVIRONMENT, cwd="/", stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, check=False)

    def test_the_line_is_one_of_a_system_crontab(self) -> None:
        line = documented()
        self.assertEqual(line["user"], "root")
        self.assertRegex(line["when"], r"\A[0-5]?\d (?:[01]?\d|2[0-3]) \* \* \*\Z")
        self.assertNotIn(ENDS_A_COMMAND_OF_CRON, line["command"])

    def test_no_mail_where_nothing_has_changed(self) -> None:
        self.create()
        done = self.run_line()
        self.assertEqual((done.returncode, done.stdout, done.stderr), (CLEAN, "", ""))
        self.assertEqual(self.log.read_text(), "")

    def test_a_mail_and_a_line_for_each_suspicious_change(self) -> None:
        self.create()
        self.machine.install("rootkit", sign=False)
        self.assertIn("does not hold", self.run_line().stdout)
        _, line = self.log.read_text().splitlines()
        self.assertEqual(json.loads(line)["path"], f"/lib/modules/{RELEASE}/kernel/rootkit.ko")

    def test_a_mail_where_there_is_no_baseline(self) -> None:
        done = self.run_line()
        self.assertIn("could not be checked", done.stdout)
        self.assertIn("baseline create", done.stderr)


if __name__ == "__main__":
    unittest.main()
