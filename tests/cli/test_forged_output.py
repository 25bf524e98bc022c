# SPDX-License-Identifier: GPL-2.0-or-later
"""Names that would deceive whoever reads an answer: a terminal, the next line of a list, a parser."""

import json
import subprocess
import unittest

from kmodsec_cli import CLEAN, CliTest, kmodsec
from machine import RELEASE, Machine, image, running
from module_file import module_file

DECEIVING = "a\x7fb\x85c\x9bd\u202ee\u200bf\U000e0041g"
LINE_BREAKS = {"newline": "a\nb", "carriage return": "a\rb", "backslash": "a\\nb"}


class Json(CliTest):
    def test_what_deceives_a_terminal_is_escaped_and_stays_the_same(self) -> None:
        machine = image(self).write(f"/etc/modprobe.d/{DECEIVING}.conf", "blacklist vfat\n")
        machine.install("odd", description=DECEIVING)
        for verb in (["audit"], ["show", "odd"], ["list", "--on-disk"], ["doors", "vfat"], ["snapshot"]):
            with self.subTest(verb):
                run = kmodsec(*verb, "--root", machine, *([] if verb == ["snapshot"] else ["--format", "json"]))
                self.assertEqual([c for c in run.out if c in DECEIVING and not c.isalpha()], [])
                json.loads(run.out)
        self.assertIn(DECEIVING, json.dumps(json.loads(kmodsec("snapshot", "--root", machine).out), ensure_ascii=False))

    def test_lines_of_json(self) -> None:
        machine = running(self).write(f"/etc/modprobe.d/{DECEIVING}.conf", "blacklist vfat\n")
        store = machine.folder / "store"
        made = kmodsec("baseline", "create", "--root", machine, "--store", store, "--yes")
        self.assertTrue(store.exists(), made.err)
        run = kmodsec("baseline", "show", "--root", machine, "--store", store, "--format", "ndjson")
        self.assertEqual([c for c in run.out if c in DECEIVING and not c.isalpha()], [])
        paths = [json.loads(line).get("path") for line in run.out.splitlines()]
        self.assertIn(f"/etc/modprobe.d/{DECEIVING}.conf", paths)


class ListOfDigests(CliTest):
    def exported(self, machine: Machine) -> str:
        store = machine.folder / "store"
        kmodsec("baseline", "create", "--root", machine, "--store", store, "--yes")
        run = kmodsec("baseline", "show", "--root", machine, "--store", store, "--format", "sha256sum")
        self.assertEqual(run.code, CLEAN, run.err)
        return run.out

    def test_a_name_cannot_be_another_line(self) -> None:
        for what, name in LINE_BREAKS.items():
            with self.subTest(what):
                forged = f"x\n{'0' * 64}  /etc/passwd" if what == "newline" else name
                machine = image(self).write(f"/lib/modules/{RELEASE}/kernel/{forged}/odd.ko", module_file(name="odd"))
                self.assertNotIn("0" * 64 + "  /etc/passwd\n", self.exported(machine))

    def test_sha256sum_checks_it(self) -> None:
        for what, name in LINE_BREAKS.items():
            with self.subTest(what):
                machine = image(self).write(f"/lib/modules/{RELEASE}/kernel/{name}/odd.ko", module_file(name="odd"))
                listed = self.exported(machine).replace("  /", f"  {machine}/")
                check = subprocess.run(["sha256sum", "--check", "--strict"], input=listed, capture_output=True, text=True,
                                       check=False)
                self.assertEqual(check.returncode, 0, check.stdout + check.stderr)

    def test_it_is_read_back(self) -> None:
        machine = image(self)
        for name in LINE_BREAKS.values():
            machine.write(f"/lib/modules/{RELEASE}/kernel/{name}/odd.ko", module_file(name="odd"))
        kept = machine.folder / "sums"
        kept.write_text(self.exported(machine), newline="")
        run = kmodsec("baseline", "check", "--root", machine, "--against", kept, "--format", "json")
        document = json.loads(run.out)
        self.assertEqual((document["added"], document["removed"], document["changed"]), ([], [], []), run.err)


if __name__ == "__main__":
    unittest.main()
