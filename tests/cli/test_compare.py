# SPDX-License-Identifier: GPL-2.0-or-later
"""audit --compare: what is new since an earlier answer, what is known and what is gone."""

import json
from pathlib import Path

from kmodsec_cli import CLEAN, ESCAPE, FAILED, FINDINGS, INCOMPLETE, FolderTest, Run, kmodsec
from machine import Machine, image, running


class Compare(FolderTest):
    def setUp(self) -> None:
        super().setUp()
        self.machine = image(self).packaged().write("/etc/modprobe.d/known.conf", "install known /tmp/known\n")
        self.earlier = self.folder / "earlier.json"

    def audit(self, *words: str | Path, machine: Machine | None = None) -> Run:
        return kmodsec("audit", "--root", machine or self.machine, "--fail-on", "low", *words)

    def keep(self, *words: str, machine: Machine | None = None) -> dict:
        self.audit("--format", "json", "--output", self.earlier, *words, machine=machine)
        return json.loads(self.earlier.read_text())

    def compared(self, *words: str | Path) -> dict:
        return self.document("audit", "--root", self.machine, "--compare", self.earlier, *words)

    @staticmethod
    def findings(document: dict) -> set[tuple[str, str, str]]:
        return {(check["id"], finding["subject"], finding["compared"])
                for check in document["checks"] for finding in check["findings"]}

    def test_nothing_new_is_clean(self) -> None:
        self.assertIsNone(self.keep()["comparison"])
        self.assertEqual(self.audit().code, FINDINGS)
        run = self.audit("--compare", self.earlier)
        self.assertEqual(run.code, CLEAN, run.out)
        self.assertIn("0 new findings", run.out)
        self.assertIn("✗ known: ", run.out)
        self.assertEqual({age for *_, age in self.findings(self.compared())}, {"known"})

    def test_what_is_new_comes_first_and_counts(self) -> None:
        self.keep()
        self.machine.write("/etc/modprobe.d/added.conf", "install added /tmp/added\n")
        run = self.audit("--compare", self.earlier)
        self.assertEqual(run.code, FINDINGS)
        self.assertLess(run.out.index("✗ new: "), run.out.index("✗ known: "))
        document = self.compared()
        self.assertEqual(document["comparison"]["new"], sum(age == "new" for *_, age in self.findings(document)))
        self.assertTrue(any("added" in subject for _, subject, age in self.findings(document) if age == "new"))
        self.assertFalse(any("known" in subject for _, subject, age in self.findings(document) if age == "new"))

    def test_what_is_gone_is_listed(self) -> None:
        self.keep()
        self.machine.without("/etc/modprobe.d/known.conf")
        run = self.audit("--compare", self.earlier)
        self.assertEqual(run.code, CLEAN, run.out)
        self.assertIn("Gone since the earlier answer", run.out)
        self.assertTrue(self.compared()["comparison"]["gone"])

    def test_an_answer_tells_whether_all_modules_were_examined(self) -> None:
        machine = running(self)
        self.assertTrue(self.keep()["all_modules"], "a tree in which no kernel runs")
        self.assertFalse(self.keep(machine=machine)["all_modules"])
        self.assertTrue(self.keep("--all", machine=machine)["all_modules"])

    def test_what_only_a_running_kernel_shows_is_not_gone_in_a_tree(self) -> None:
        machine = running(self).write("/sys/module/module/parameters/sig_enforce", "N\n")
        machine.write("/sys/kernel/security/lockdown", "[none] integrity confidentiality\n")
        earlier = self.keep(machine=machine)
        failed = {check["id"] for check in earlier["checks"] if check["status"] == "fail"}
        now = self.compared()
        needs_kernel = {check["id"] for check in now["checks"] if check["reason"] == "no running kernel belongs to this tree"}
        self.assertTrue(failed & needs_kernel)
        comparison = now["comparison"]
        self.assertFalse({finding["check"] for finding in comparison["gone"]} & needs_kernel)
        self.assertLessEqual(failed & needs_kernel, {finding["check"] for finding in comparison["undecided"]})

    def test_a_known_gap_is_a_gap(self) -> None:
        machine = running(self).without("/proc/sys/kernel/tainted")
        self.keep(machine=machine)
        run = self.audit("--compare", self.earlier, machine=machine)
        self.assertEqual(run.code, INCOMPLETE)
        self.assertIn("? known: /proc/sys/kernel/tainted", run.out)
        machine.without("/dev/kmsg")
        self.assertIn("? new: /dev/kmsg", self.audit("--compare", self.earlier, machine=machine).out)

    def test_its_own_answer_is_the_next_to_compare_with(self) -> None:
        self.keep()
        self.machine.write("/etc/modprobe.d/added.conf", "install added /tmp/added\n")
        self.assertEqual(self.audit("--compare", self.earlier, "--format", "json", "--output", self.earlier).code, FINDINGS)
        self.assertEqual(self.audit("--compare", self.earlier).code, CLEAN)

    def test_a_waiver_that_is_over_makes_a_finding_new(self) -> None:
        waiver = '[[waiver]]\ncheck = "CONF-009"\nreason = "x"\nowner = "y"\nuntil = {}\n'
        self.machine.write("/etc/kmodsec/policy.toml", waiver.format("2099-01-01"))
        self.keep()
        self.machine.write("/etc/kmodsec/policy.toml", waiver.format("2020-01-01"))
        self.assertIn(("CONF-009", "new"), {(check, age) for check, _, age in self.findings(self.compared())})

    def test_each_line_says_it(self) -> None:
        self.keep()
        self.machine.without("/etc/modprobe.d/known.conf").write("/etc/modprobe.d/added.conf", "install added /tmp/added\n")
        lines = [json.loads(line) for line in self.audit("--compare", self.earlier, "--format", "ndjson").out.splitlines()]
        for line in lines:
            self.assert_valid("audit-line", line)
        self.assertLessEqual({"new", "known", "gone"}, {line.get("compared") for line in lines})
        comparison = self.compared()["comparison"]
        self.assertEqual(lines[0]["comparison"], {key: comparison[key] for key in ("host", "time", "other_host")})

    def test_lines_tell_of_another_host(self) -> None:
        self.machine.write("/etc/machine-id", "0" * 31 + "1\n")
        self.keep()
        self.machine.write("/etc/machine-id", "0" * 31 + "2\n")
        head = json.loads(self.audit("--compare", self.earlier, "--format", "ndjson").out.splitlines()[0])
        self.assertIs(head["comparison"]["other_host"], True)
        alone = json.loads(self.audit("--format", "ndjson").out.splitlines()[0])
        self.assertIsNone(alone["comparison"])
        self.assert_valid("audit-line", alone)

    def test_what_is_no_answer_is_refused(self) -> None:
        for text in ("", "no JSON", "[]", '{"schema": "kmodsec.list/1"}', "[" * 100_000,
                     '{"schema": "kmodsec.audit/1", "checks": [{"id": "SIG-002", "findings": [{}]}], "unseen": []}'):
            self.earlier.write_text(text)
            run = self.audit("--compare", self.earlier)
            self.assertEqual((run.code, run.out), (FAILED, ""), text[:40])
            self.assertIn(str(self.earlier), run.err)
        self.assertEqual(self.audit("--compare", self.folder / "missing.json").code, FAILED)

    def test_a_hostile_answer_moves_no_cursor(self) -> None:
        document = self.keep()
        document["host"]["name"] = document["time"] = "\x1b[2J"
        document["checks"][0]["findings"] = [{"subject": "\x1b[2J", "message": "\x9b\n", "evidence": []}]
        self.earlier.write_text(json.dumps(document))
        self.assertNotIn(ESCAPE, self.audit("--compare", self.earlier, "--color", "never").out)

    def test_it_counts_for_the_budget(self) -> None:
        self.keep()
        run = self.audit("--compare", self.earlier, "--limit", "bytes=10")
        self.assertEqual((run.code, run.out), (FAILED, ""))
