# SPDX-License-Identifier: GPL-2.0-or-later
"""Who loaded what: which events are shown, by time, module and result, and what is said where there is no trail."""

import gzip
import json
import os
import tempfile
import time
from pathlib import Path

from kmodsec_cli import CLEAN, FAILED, INCOMPLETE, CliTest, kmodsec

CALL = ("type=SYSCALL msg=audit({time}.000:{serial}): arch=c000003e syscall=313 success={success} exit={exit} a0=3 a1=0 a2=0 items=0 "
        'ppid=1 pid=9 auid=4294967295 uid=0 ses=4294967295 comm="x" exe="/x" key="k"\n'
        'type=KERN_MODULE msg=audit({time}.000:{serial}): name="{module}"\n')
BOOTED = 1700000000


def event(serial: int, at: int, module: str, error: int = 0) -> str:
    return CALL.format(serial=serial, time=at, module=module, success="no" if error else "yes", exit=-error)


class Trail(CliTest):
    def setUp(self) -> None:
        self.root = Path(self.enterContext(tempfile.TemporaryDirectory()))
        (self.root / "etc").mkdir()
        (self.root / "dev").mkdir()
        (self.root / "proc").mkdir()
        (self.root / "dev/kmsg").write_text("")
        (self.root / "etc/hostname").write_text("web-1\n")
        (self.root / "proc/stat").write_text(f"cpu 0\nbtime {BOOTED}\n")
        self.log = self.root / "var/log/audit/audit.log"
        self.log.parent.mkdir(parents=True)

    def events(self, *words: str, code: int = CLEAN) -> list[str]:
        run = kmodsec("events", "--root", self.root, "--format", "ndjson", *words)
        self.assertEqual(run.code, code, run)
        head, *events = map(json.loads, run.out.splitlines())
        self.assert_valid("head", head)
        self.assertEqual((head["schema"], head["host"]["name"]), ("kmodsec.events-head/1", "web-1"))
        return [event["module"] for event in events]


class Choice(Trail):
    def setUp(self) -> None:
        super().setUp()
        self.log.write_text(event(1, BOOTED + 10, "early") + event(2, BOOTED + 86400, "next_day") + event(3, BOOTED + 90000, "refused", 129))

    def test_all(self) -> None:
        self.assertEqual(self.events(), ["early", "next_day", "refused"])

    def test_by_time(self) -> None:
        self.assertEqual(self.events("--since", "2023-11-15"), ["next_day", "refused"])
        self.assertEqual(self.events("--until", "2023-11-15 00:00"), ["early"])
        self.assertEqual(self.events("--since", "2023-11-15T22:13:20"), ["next_day", "refused"])
        self.assertEqual(self.events("--since", "boot"), ["early", "next_day", "refused"])
        self.assertEqual(self.events("--since", "today", code=INCOMPLETE), [])

    def test_by_duration(self) -> None:
        self.log.write_text(event(1, int(time.time()) - 7200, "before") + event(2, int(time.time()) - 60, "lately"))
        self.assertEqual(self.events("--since", "1h"), ["lately"])

    def test_by_module_in_any_spelling(self) -> None:
        self.assertEqual(self.events("--module", "next-day", "--module", "early"), ["early", "next_day"])

    def test_by_result(self) -> None:
        self.assertEqual(self.events("--failed"), ["refused"])

    def test_no_time(self) -> None:
        for word in ("tomorrow", "2023-13-45", "", "-1h"):
            with self.subTest(word):
                self.refused("events", "--root", self.root, f"--since={word}")

    def test_the_document(self) -> None:
        document = self.document("events", "--root", self.root)
        self.assertEqual(document["audit_log"]["first"], BOOTED + 10)
        self.assertEqual([row["module"] for row in document["modules"]], ["early", "next_day", "refused"])
        self.assertEqual(document["users"], [{"user": "daemon", "loads": 2, "unloads": 0, "failed": 1}])


class Files(Trail):
    def test_rotated_and_compressed_ones_in_their_order(self) -> None:
        self.log.write_text(event(30, BOOTED + 30, "newest"))
        self.log.with_name("audit.log.1").write_text(event(20, BOOTED + 20, "middle"))
        self.log.with_name("audit.log.2.gz").write_bytes(gzip.compress(event(10, BOOTED + 10, "oldest").encode()))
        self.log.with_name("audit.log.old").write_text(event(5, BOOTED, "other"))
        self.assertEqual(self.events(), ["oldest", "middle", "newest"])

    def test_where_auditd_writes_it(self) -> None:
        (self.root / "etc/audit").mkdir()
        (self.root / "etc/audit/auditd.conf").write_text("log_file = /srv/a.log\n")
        (self.root / "srv").mkdir()
        (self.root / "srv/a.log").write_text(event(1, BOOTED, "there"))
        self.assertEqual(self.events(), ["there"])

    def test_a_damaged_one_is_told(self) -> None:
        self.log.write_text(event(30, BOOTED + 30, "newest"))
        self.log.with_name("audit.log.1.gz").write_bytes(gzip.compress(event(10, BOOTED + 10, "oldest").encode())[:-9])
        self.assertIn("newest", self.events(code=INCOMPLETE))

    def test_a_time_that_no_calendar_has_is_of_no_record(self) -> None:
        self.log.write_text(event(1, 9 * 10**18, "never") + event(2, BOOTED, "once"))
        self.assertEqual([row["module"] for row in self.document("events", "--root", self.root)["events"]], ["once"])
        self.assertNotIn("never", kmodsec("events", "--root", self.root).out)

    def test_one_that_leads_out_of_the_tree_is_not_followed(self) -> None:
        outside = Path(self.enterContext(tempfile.TemporaryDirectory())) / "log"
        outside.write_text(event(1, BOOTED, "outside"))
        self.log.symlink_to(outside)
        self.assertEqual(self.events(code=INCOMPLETE), [])

    def test_what_was_rotated_away_is_a_gap(self) -> None:
        self.log.write_text(event(30, BOOTED + 3000, "newest"))
        gaps = self.document("events", "--root", self.root, "--since", "boot")["audit_log"]["gaps"]
        self.assertEqual([(gap["from"], gap["until"]) for gap in gaps], [(BOOTED, BOOTED + 3000)])


class NoTrail(Trail):
    def test_it_is_not_an_empty_one(self) -> None:
        missing = kmodsec("events", "--root", self.root)
        self.assertEqual(missing.code, INCOMPLETE)
        self.assertIn("No audit trail", missing.out)
        self.log.write_text("")
        empty = kmodsec("events", "--root", self.root)
        self.assertEqual(empty.code, INCOMPLETE, "no rule records loads: that none are there says nothing")
        self.assertIn("has no records", empty.out)
        rules = self.root / "etc/audit/rules.d"
        rules.mkdir(parents=True)
        calls = "-S init_module -S finit_module -S delete_module -k modules"
        (rules / "a.rules").write_text(f"-a always,exit -F arch=b64 {calls}\n-a always,exit -F arch=b32 {calls}\n")
        self.assertEqual(kmodsec("events", "--root", self.root).code, CLEAN)

    def test_the_kernels_log_tells_what_it_can(self) -> None:
        (self.root / "dev/kmsg").write_text("4,1,5000000,-;stranger: loading out-of-tree module taints kernel.\n")
        self.assertEqual(self.events(code=INCOMPLETE), ["stranger"])

    def test_what_cannot_be_followed(self) -> None:
        self.assertEqual(kmodsec("events", "--root", self.root, "--follow").code, FAILED)
        self.assertEqual(kmodsec("events", "--snapshot", os.devnull).code, FAILED)
