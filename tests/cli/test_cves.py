# SPDX-License-Identifier: GPL-2.0-or-later
"""`kmodsec cves` as a user runs it: open vulnerabilities, advice, exit codes and tables of one's own."""

import json
import os
import tempfile
import unittest
from pathlib import Path

from kmodsec_cli import CLEAN, FAILED, FINDINGS, INCOMPLETE, CliTest, kmodsec
from machine import RELEASE, Machine, image, running
from module_file import module_file

ROWS = "2024-1000\tvfat\t\t0>6.1.150,6.8\twild\tuserns\n2024-2000\tloop\t\t0>6.1.150\n"
DEBIAN = "#1 SMP PREEMPT_DYNAMIC Debian 6.1.100-1 (2024-07-21)\n"


def tables(test: unittest.TestCase, rows: str = ROWS, date: str = "2099-01-01") -> str:
    folder = tempfile.TemporaryDirectory(prefix="kmodsec-cli-")
    test.addCleanup(folder.cleanup)
    text = f"kmodsec known cves 1\ndate\t{date}\nbranch\t6.1\t183\n{rows}"
    Path(folder.name, "cves.tsv").write_text(text)
    return folder.name


def debian(machine: Machine) -> Machine:
    return machine.write("/proc/sys/kernel/version", DEBIAN).write("/etc/os-release", "ID=debian\n")


class Cves(CliTest):
    def test_a_loaded_module_with_an_exploited_hole(self) -> None:
        machine = debian(running(self))
        said = kmodsec("cves", "--root", machine, "--data", tables(self))
        self.assertEqual(said.code, FINDINGS)
        self.assertIn("vfat  open, loaded now; whoever plugs in a device", said.out)
        self.assertIn("exploited in the wild", said.out)
        self.assertIn("update the kernel to 6.1.150 or later", said.out)
        self.assertNotIn("CVE-2024-2000", said.out)

    def test_the_document(self) -> None:
        document = self.document("cves", "--all", "--root", debian(running(self)), "--data", tables(self))
        self.assertEqual([module["name"] for module in document["modules"]], ["vfat", "loop"])
        hole = document["modules"][0]["cves"][0]
        self.assertEqual((hole["id"], hole["status"], hole["exploited"], hole["fixed_in"], hole["attacker_position"]),
                         ("CVE-2024-1000", "affected", "wild", "6.1.150", "local_userns"))
        self.assertEqual(document["counts"], {"modules": 2, "affected": 2, "under_investigation": 0, "notable": 1})

    def test_nothing_open_is_clean(self) -> None:
        machine = debian(running(self)).write("/proc/sys/kernel/version", DEBIAN.replace("6.1.100", "6.1.160"))
        self.assertEqual(kmodsec("cves", "--root", machine, "--data", tables(self)).code, CLEAN)

    def test_what_nobody_can_tell_is_counted_and_found(self) -> None:
        machine = debian(running(self)).write("/proc/sys/kernel/version", DEBIAN.replace("6.1.100", "6.1.192"))
        data = tables(self, "2024-3000\tloop\t\t0>6.12\n")
        few = kmodsec("cves", "--root", machine, "--data", data)
        self.assertEqual(few.code, CLEAN, few.out)
        self.assertIn("Not listed here, as nobody can tell: 1. 'kmodsec cves --all --root", few.out)
        whole = kmodsec("cves", "--all", "--root", machine, "--data", data)
        self.assertEqual(whole.code, INCOMPLETE, whole.out)
        self.assertIn("CVE-2024-3000", whole.out)
        self.assertNotIn("Not listed here", whole.out)
        self.assertIn("1 of which nobody can tell: '", kmodsec("status", "--root", machine, "--data", data).out)

    def test_old_tables_are_told(self) -> None:
        said = kmodsec("cves", "--root", debian(running(self)), "--data", tables(self, date="2020-01-01"))
        self.assertIn("vulnerabilities published since are not known to this answer", said.out)

    def test_a_module_by_name_with_all_verdicts(self) -> None:
        said = kmodsec("cves", "loop", "--root", debian(running(self)), "--data", tables(self))
        self.assertIn("CVE-2024-2000", said.out)
        self.assertEqual(said.code, CLEAN)

    def test_a_misspelt_module_is_an_error_with_the_nearest_name(self) -> None:
        said = kmodsec("cves", "vfet", "--root", debian(running(self)), "--data", tables(self))
        self.assertEqual((said.code, said.out), (FAILED, ""))
        self.assertIn("did you mean vfat?", said.err)

    def tracker(self, **releases: object) -> str:
        folder = tempfile.TemporaryDirectory(prefix="kmodsec-cli-")
        self.addCleanup(folder.cleanup)
        text = json.dumps({"linux": {"CVE-2024-1000": {"releases": releases}}, "bash": {}})
        Path(folder.name, "tracker.json").write_text(text)
        return folder.name

    def verdict(self, *words: object) -> tuple[str, str]:
        machine = debian(running(self)).write("/proc/sys/kernel/version", DEBIAN.replace("6.1.100-1", "6.1.190-1"))
        rows = tables(self, "2024-1000\tvfat\t\t0>6.8\twild\tuserns\n")
        hole = self.document("cves", "vfat", "--root", machine, "--data", rows, *words)["modules"][0]["cves"][0]
        return hole["status"], hole["decided_by"]["source"]

    def test_the_tracker_decides_where_the_tables_end(self) -> None:
        seen = {"bookworm": "6.1.176-1", "bookworm-security": "6.1.192-3"}
        self.assertEqual(self.verdict(), ("under_investigation", "newer_than_data"))
        for expected, bookworm in (
            ("fixed", {"status": "resolved", "fixed_version": "6.1.187-1", "repositories": seen}),
            ("affected", {"status": "resolved", "fixed_version": "6.1.192-1", "repositories": seen}),
            ("not_affected", {"status": "resolved", "fixed_version": "0", "repositories": seen}),
            ("affected", {"status": "open", "repositories": seen}),
        ):
            for path in (self.tracker(bookworm=bookworm), self.tracker(bookworm=bookworm) + "/tracker.json"):
                self.assertEqual(self.verdict("--tracker", path), (expected, "tracker"))
        other = self.tracker(trixie={"status": "resolved", "fixed_version": "6.12.1-1", "repositories": {"trixie": "6.12.90-1"}})
        self.assertEqual(self.verdict("--tracker", other), ("under_investigation", "newer_than_data"))

    def test_a_file_that_is_no_tracker_is_an_error(self) -> None:
        folder = self.tracker()
        for text in ("", "[", "{}", "[" * 100_000):
            Path(folder, "tracker.json").write_text(text)
            said = kmodsec("cves", "--root", image(self), "--tracker", folder)
            self.assertEqual((said.code, said.out), (FAILED, ""))
            self.assertIn("tracker.json", said.err)
        self.assertEqual(kmodsec("cves", "--root", image(self), "--tracker", folder + "/no-such").code, FAILED)

    def test_choices_exclude_each_other(self) -> None:
        self.assertEqual(kmodsec("cves", "loop", "--all", "--root", image(self)).code, FAILED)

    def test_damaged_tables_are_an_error(self) -> None:
        for rows in ("2024-1\t\x01\n", "x\ty\n", "2024-2000\tb\n2024-1000\ta\n"):
            said = kmodsec("cves", "--root", image(self), "--data", tables(self, rows))
            self.assertEqual((said.code, said.out), (FAILED, ""), rows)
            self.assertIn("cves.tsv", said.err)

    def test_an_image_is_judged_by_the_banner_of_its_kernel(self) -> None:
        document = self.document("cves", "--root", image(self).write("/etc/os-release", "ID=debian\n"), "--data", tables(self))
        self.assertEqual(document["kernels"][0]["release"], RELEASE)

    def test_show_names_the_holes_of_its_module(self) -> None:
        machine, data = debian(running(self)), tables(self)
        said = kmodsec("show", "vfat", "--root", machine, "--data", data)
        self.assertIn("CVE-2024-1000 affected, exploited in the wild: fixed in 6.1.150", said.out)
        self.assertIn("1 affected, of 1 known; with an exploit: 1: kmodsec cves vfat", said.out)
        shown = self.document("show", "vfat", "--root", machine, "--data", data)
        self.assertEqual(shown["modules"][0]["cves"][0]["id"], "CVE-2024-1000")
        self.assertIsNone(self.document("show", "vfat", "--no-verify", "--root", machine)["modules"][0]["cves"])

    def test_what_is_proposed_is_denied(self) -> None:
        machine, data = image(self), tables(self)
        document = self.document("cves", "--root", machine, "--data", data)
        self.assertEqual(document["deniable"], ["vfat"])
        denied = kmodsec("deny", "--notable", "--yes", "--root", machine, "--data", data)
        self.assertEqual(denied.code, CLEAN, denied.err)
        self.assertTrue(self.document("doors", "vfat", "--root", machine, "--data", data)["modules"][0]["denied"])
        self.assertFalse(self.document("doors", "loop", "--root", machine, "--data", data)["modules"][0]["denied"])
        self.assertEqual(self.document("cves", "--root", machine, "--data", data)["modules"], [])
        self.assertIn("nothing changes", kmodsec("deny", "--notable", "--yes", "--root", machine, "--data", data).out)

    def test_what_is_denied_may_not_be_all(self) -> None:
        """What tells which of them are fixed could not be read."""
        machine, data = image(self).write("/etc/os-release", "ID=debian\n"), tables(self)
        changelog = f"/usr/share/doc/linux-image-{RELEASE}/changelog.Debian.gz"
        (machine.folder / changelog[1:]).parent.mkdir(parents=True)
        os.mkfifo(machine.folder / changelog[1:])
        for how in ("--dry-run", "--yes"):
            denied = kmodsec("deny", "--notable", how, "--root", machine, "--data", data)
            self.assertEqual(denied.code, INCOMPLETE, denied.err)
            self.assertIn(f"{changelog}: not a regular file", " ".join(denied.out.split()))
        self.assertIn("install vfat /bin/false", (machine.folder / "etc/modprobe.d/00-kmodsec-deny.conf").read_text())

    def test_a_module_that_is_in_no_index_is_known_by_its_file(self) -> None:
        machine = debian(running(self)).write(f"/lib/modules/{RELEASE}/updates/evil.ko", module_file(license="GPL", name="evil"))
        run = kmodsec("cves", "evil", "--root", machine, "--data", tables(self))
        self.assertEqual(run.code, CLEAN, run.err)
        self.assertIn("evil  absent", run.out)
        self.assertIn("no module of that name", self.refused("cves", "evi", "--root", machine, "--data", tables(self)))

    def test_doors_name_exploited_modules(self) -> None:
        machine, data = debian(running(self)), tables(self)
        self.assertIn("With a vulnerability that has an exploit and is not known to be fixed", kmodsec("doors", "--open", "--root", machine, "--data", data).out)
        module = self.document("doors", "vfat", "--root", machine, "--data", data)["modules"][0]
        self.assertEqual(module["exploited"], ["CVE-2024-1000"])


if __name__ == "__main__":
    unittest.main()
