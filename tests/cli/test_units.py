# SPDX-License-Identifier: GPL-2.0-or-later
"""The units of the package: with what their commands end, and what systemd makes of that."""

import json
import re
import unittest
from pathlib import Path

from kmodsec_cli import CLEAN, FINDINGS, TREE, CliTest, Run, kmodsec
from machine import running
from test_baseline import put_into_package

UNITS = TREE / "packaging/systemd"
OF_KMODSEC = re.compile(r"^ExecStart=/usr/bin/kmodsec (?P<words>.*)$", re.MULTILINE)
GRAVE = ("high", "critical")
WITH_OTHER_ANSWERS = {"kmodsec-learn-ready.service", "kmodsec-learn-boot.service"}


def words_of(unit: Path) -> list[str]:
    (line,) = OF_KMODSEC.finditer(unit.read_text())
    return line["words"].split()


class Units(unittest.TestCase):
    def test_a_finding_and_a_gap_are_no_success(self) -> None:
        for unit in UNITS.glob("*.service"):
            with self.subTest(unit.name):
                if unit.name not in WITH_OTHER_ANSWERS:
                    self.assertNotIn("SuccessExitStatus", unit.read_text())
                self.assertNotRegex(unit.read_text(), r"(?m)^ExecStart=[-:+!@]")


class Audit(CliTest):
    """kmodsec-audit.service on a host with an unsigned module."""

    def setUp(self) -> None:
        self.machine = running(self).install("ours", sign=False).load("ours", taint="OE")
        put_into_package(self.machine, "6.1.190-1")

    def run_unit(self) -> Run:
        return kmodsec(*words_of(UNITS / "kmodsec-audit.service"), "--root", self.machine)

    def grave(self) -> list[str]:
        run = kmodsec("audit", "--format", "json", "--root", self.machine)
        return [check["id"] for check in json.loads(run.out)["checks"] if check["status"] == "fail" and check["severity"] in GRAVE]

    def waive(self, checks: list[str], until: str) -> None:
        self.machine.write("/etc/kmodsec/policy.toml", "".join(
            f'[[waiver]]\ncheck = "{check}"\nreason = "a test"\nowner = "kernel team"\nuntil = {until}\n' for check in checks))

    def test_fails_on_a_grave_finding(self) -> None:
        self.assertEqual(self.run_unit().code, FINDINGS)

    def test_succeeds_where_somebody_answers_for_all_of_them(self) -> None:
        checks = self.grave()
        self.assertNotEqual(checks, [])
        self.waive(checks, "2096-01-01T00:00:00Z")
        run = self.run_unit()
        self.assertEqual(run.code, CLEAN, run.err)

    def test_fails_again_when_a_waiver_is_over(self) -> None:
        self.waive(self.grave(), "2020-01-01T00:00:00Z")
        self.assertEqual(self.run_unit().code, FINDINGS)


class Learn(CliTest):
    """kmodsec-learn.service, and its neighbour that records at the start and the end of a host."""

    def test_records(self) -> None:
        machine = running(self)
        store = machine.folder.with_suffix(".usage.db")
        self.addCleanup(store.unlink, missing_ok=True)
        for unit in ("kmodsec-learn.service", "kmodsec-learn-boot.service"):
            with self.subTest(unit):
                run = kmodsec(*words_of(UNITS / unit), "--root", machine, "--store", store)
                self.assertEqual((run.code, run.err), (CLEAN, ""))
        document = json.loads(kmodsec("learn", "show", "--root", machine, "--store", store, "--format", "json").out)
        self.assertEqual([module["name"] for module in document["record"]["modules"]], ["fat", "loop", "vfat"])

    def test_the_end_of_a_host_is_recorded_as_its_start_is(self) -> None:
        text = (UNITS / "kmodsec-learn-boot.service").read_text()
        started, stopped = (re.search(rf"^{word}=(.*)$", text, re.MULTILINE) for word in ("ExecStart", "ExecStop"))
        assert started and stopped
        self.assertEqual(started[1], stopped[1])


if __name__ == "__main__":
    unittest.main()
