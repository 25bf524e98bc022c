# SPDX-License-Identifier: GPL-2.0-or-later
"""audit --format ndjson: a document in each line says what the one document says."""

import json

from kmodsec_cli import AT_ONE_TIME, CLEAN, ESCAPE, FINDINGS, INCOMPLETE, CliTest, kmodsec
from machine import Machine, running

VERDICTS = {CLEAN: "clean", FINDINGS: "findings", INCOMPLETE: "incomplete"}


class AuditLines(CliTest):
    def lines(self, machine: Machine, *words: str) -> list[dict]:
        run = kmodsec("audit", "--root", machine, "--format", "ndjson", *words, **AT_ONE_TIME)
        lines = [json.loads(line) for line in run.out.splitlines()]
        for line in lines:
            self.assert_valid("audit-line", line)
        self.assertEqual(lines[-1]["verdict"], VERDICTS[run.code])
        return lines

    def test_the_head_is_that_of_the_document(self) -> None:
        machine = running(self)
        head = self.lines(machine)[0]
        document = self.document("audit", "--root", machine, **AT_ONE_TIME)
        self.assertEqual(head.pop("schema"), "kmodsec.audit-head/1")
        self.assertEqual(head, {name: document[name] for name in head})

    def test_each_finding_has_a_line(self) -> None:
        machine = running(self).load("evil", taint="OE")
        document = self.document("audit", "--root", machine)
        expected = [(check["id"], check["severity"], check["fault"], check["command"], finding["subject"], finding["evidence"])
                    for check in document["checks"] for finding in check["findings"]]
        found = [(line["check"], line["severity"], line["fault"], line["command"], line["subject"], line["evidence"])
                 for line in self.lines(machine) if line["schema"] == "kmodsec.audit-finding/1"]
        self.assertIn("evil", [subject for *_, subject, _ in found])
        self.assertEqual(found, expected)

    def test_each_gap_has_a_line_with_the_checks_that_it_stops(self) -> None:
        machine = running(self).without("/proc/sys/kernel/tainted")
        document = self.document("audit", "--root", machine)
        gaps = [line for line in self.lines(machine) if line["schema"] == "kmodsec.audit-gap/1"]
        self.assertEqual([{"what": gap["what"], "why": gap["why"]} for gap in gaps], document["unseen"])
        stopped = next(gap["checks"] for gap in gaps if gap["what"] == "/proc/sys/kernel/tainted")
        self.assertTrue(stopped)
        unknown = {check["id"] for check in document["checks"] if check["unseen"]}
        self.assertLessEqual(set(stopped), unknown)

    def test_the_end_counts(self) -> None:
        lines = self.lines(running(self).load("evil", taint="OE"))
        kinds = [line["schema"] for line in lines]
        self.assertEqual(lines[-1]["findings"], kinds.count("kmodsec.audit-finding/1"))
        self.assertEqual(lines[-1]["gaps"], kinds.count("kmodsec.audit-gap/1"))
        self.assertEqual(kinds.index("kmodsec.audit-verdict/1"), len(kinds) - 1)

    def test_fail_on_decides_the_verdict(self) -> None:
        machine = running(self).load("evil", taint="OE")
        for least in ("low", "critical"):
            self.lines(machine, "--fail-on", least)

    def test_no_name_begins_a_line_or_moves_a_cursor(self) -> None:
        machine = running(self).load("e\x1b[2Jvil", taint="OE")
        machine.write("/etc/modprobe.d/odd.conf", "install x\u2028y /tmp/\x9b\n")
        text = kmodsec("audit", "--root", machine, "--format", "ndjson").out
        self.assertNotIn(ESCAPE, text)
        self.assertNotIn("\u2028", text)
        self.assertNotIn("\x9b", text)
        self.lines(machine)
