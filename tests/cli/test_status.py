# SPDX-License-Identifier: GPL-2.0-or-later
"""The first screen: short, narrow, and of one mind with the verbs that it sums up."""

import json
import re

from kmodsec_cli import AT_ONE_TIME, CliTest, errors_on_terminal, kmodsec
from machine import image, running


class Status(CliTest):
    def test_it_is_what_no_verb_does(self) -> None:
        machine = running(self)
        named, bare = kmodsec("status", "--root", machine), kmodsec("--root", machine)
        self.assertEqual((named.code, named.out), (bare.code, bare.out))

    def test_it_fits_a_screen(self) -> None:
        for machine in (running(self), image(self)):
            lines = kmodsec("status", "--root", machine, COLUMNS="80").out.splitlines()
            self.assertLessEqual(len(lines), 15)
            commands = [line for line in lines if "  kmodsec " in line]  # Never broken.
            self.assertLessEqual(max(len(line) for line in lines if line not in commands), 80)

    def test_it_agrees_with_the_audit(self) -> None:
        machine = running(self)
        status = json.loads(kmodsec("status", "--root", machine, "--format", "json").out)
        audit = kmodsec("audit", "--root", machine, "--format", "json")
        checks = json.loads(audit.out)["checks"]
        for severity, count in status["failed"].items():
            failed = [one for one in checks if one["status"] == "fail" and one["severity"] == severity]
            self.assertEqual(count, len(failed), severity)
        self.assertEqual(status["unknown"], sum(one["status"] == "unknown" for one in checks))
        self.assertEqual(kmodsec("status", "--root", machine).code, audit.code)

    def test_it_agrees_with_the_load_paths(self) -> None:
        machine = running(self)
        status = json.loads(kmodsec("status", "--root", machine, "--format", "json").out)
        opened = json.loads(kmodsec("doors", "--open", "--root", machine, "--format", "json").out)["modules"]
        for reach in status["reach"]:
            others = [one for one in opened if not one["loaded"] and one["attacker_position"] == reach["attacker_position"]]
            self.assertEqual(reach["modules"], len(others), reach)

    def test_its_commands_are_commands(self) -> None:
        status = json.loads(kmodsec("status", "--root", running(self), "--format", "json").out)
        self.assertTrue(1 <= len(status["next"]) <= 3, status["next"])
        for step in status["next"]:
            self.assertRegex(step["command"], r"\Akmodsec [a-z]+( [A-Za-z0-9_-]+)*\Z")


class GapsOnStderr(CliTest):
    def test_they_fit_the_terminal(self) -> None:
        shown = errors_on_terminal("status", "--root", running(self), columns=40)
        self.assertEqual(shown, "kmodsec: could not be seen:\n  /usr/sbin/modprobe,\n  /var/lib/dpkg/status\n")

    def test_where_there_is_no_terminal_they_are_a_line(self) -> None:
        run = kmodsec("status", "--root", running(self), COLUMNS="40")
        self.assertEqual(run.err, "kmodsec: could not be seen: /usr/sbin/modprobe, /var/lib/dpkg/status\n")


class AuditAsText(CliTest):
    def test_its_first_line_names_the_host_the_time_and_the_version(self) -> None:
        machine = running(self).write("/proc/sys/kernel/hostname", "web-1\n")
        version = kmodsec("--version").out.split()[1]
        first = kmodsec("audit", "--root", machine, **AT_ONE_TIME).out.splitlines()[0]
        self.assertEqual(first, f"web-1, audited on 2026-11-29 00:00:00 UTC by kmodsec {version}")

    def test_verbose_names_every_check_once(self) -> None:
        machine = running(self)
        shown = kmodsec("audit", "--verbose", "--root", machine).out
        audit = json.loads(kmodsec("audit", "--root", machine, "--format", "json").out)
        headings = {"pass": "Checks that passed", "unknown": "Checks that could not judge", "not_applicable": "Checks that do not apply"}
        for status, heading in headings.items():
            checks = [one for one in audit["checks"] if one["status"] == status]
            with self.subTest(status=status):
                self.assertEqual(f"{heading} ({len(checks)})" in shown, bool(checks))
                for one in checks:
                    self.assertRegex(shown, rf"(?m)^  {one['id']}  +{re.escape(one['title'])}$")
                    self.assertTrue(one["reason"] in shown)
                    self.assertTrue(all(f"{gap['what']}: {gap['why']}" in shown for gap in one["unseen"][:5]))
