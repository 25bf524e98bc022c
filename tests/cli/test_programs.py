# SPDX-License-Identifier: GPL-2.0-or-later
"""The programs that every load passes through, and those that install lines end in: whoever has them has the kernel."""

import hashlib

from kmodsec_cli import CliTest, kmodsec
from machine import Machine, image

KMOD, FALSE = "/usr/bin/kmod", "/usr/bin/false"
SCRIPT = '#!/bin/sh\nexec /usr/bin/kmod "$@"\n'


def package(machine: Machine, name: str, files: tuple[str, ...], links: tuple[str, ...] = ()) -> None:
    """dpkg's record of the files as they are now; of links it has the names alone."""
    sums = {path: hashlib.md5((machine.folder / path.lstrip("/")).read_bytes(), usedforsecurity=False).hexdigest() for path in files}
    machine.write(f"/var/lib/dpkg/info/{name}.list", "".join(f"{path}\n" for path in (*files, *links)))
    machine.write(f"/var/lib/dpkg/info/{name}.md5sums", "".join(f"{digest}  {path[1:]}\n" for path, digest in sums.items()))
    status = machine.folder / "var/lib/dpkg/status"
    known = status.read_text() if status.exists() else ""
    machine.write("/var/lib/dpkg/status", f"{known}Package: {name}\nStatus: install ok installed\nVersion: 1\n\n")


class Programs(CliTest):
    def setUp(self) -> None:
        self.machine = image(self).without("/usr/sbin/modprobe")
        self.machine.write(KMOD).write(FALSE, "the code of false")
        self.machine.write("/etc/modprobe.d/deny.conf", "install vfat /usr/bin/false\nblacklist vfat\n")
        for name in ("modprobe", "insmod", "depmod"):
            self.link(f"/usr/sbin/{name}", "../bin/kmod")
        package(self.machine, "kmod", (KMOD,), ("/usr/sbin/modprobe", "/usr/sbin/insmod", "/usr/sbin/depmod"))
        package(self.machine, "coreutils", (FALSE,))

    def link(self, path: str, target: str) -> None:
        (self.machine.folder / path.lstrip("/")).symlink_to(target)

    def mode(self, path: str, mode: int) -> None:
        (self.machine.folder / path.lstrip("/")).chmod(mode)

    def checks(self) -> dict[str, dict]:
        return {check["id"]: check for check in self.document("audit", "--root", self.machine)["checks"]}

    def subjects(self, check: str) -> list[str]:
        return [finding["subject"] for finding in self.checks()[check]["findings"]]

    def test_a_healthy_host(self) -> None:
        checks = self.checks()
        self.assertEqual([checks[name]["status"] for name in ("PERM-004", "FILE-012", "CONF-009")], ["pass"] * 3)

    def test_a_program_that_everybody_may_write(self) -> None:
        self.mode(KMOD, 0o777)
        self.assertEqual(self.subjects("PERM-004"), [KMOD])
        self.assertEqual(self.subjects("PERM-001"), [])

    def test_a_folder_on_the_way_that_everybody_may_write(self) -> None:
        self.mode("/usr/sbin", 0o777)
        self.assertEqual(self.subjects("PERM-004"), ["/usr/sbin"])

    def test_a_script_in_the_place_of_a_link(self) -> None:
        for name in ("modprobe", "insmod", "depmod"):
            with self.subTest(name):
                self.setUp()
                self.machine.without(f"/usr/sbin/{name}").write(f"/usr/sbin/{name}", SCRIPT)
                self.mode(f"/usr/sbin/{name}", 0o755)
                self.assertEqual(self.subjects("FILE-012"), [f"/usr/sbin/{name}"])

    def test_a_link_that_leads_elsewhere(self) -> None:
        self.machine.without("/usr/sbin/insmod").write("/opt/insmod", SCRIPT)
        self.link("/usr/sbin/insmod", "/opt/insmod")
        self.assertEqual(self.subjects("FILE-012"), ["/opt/insmod"])

    def test_without_a_database_of_packages_nothing_is_known(self) -> None:
        self.machine.without("/var/lib/dpkg/status")
        self.assertEqual(self.checks()["FILE-012"]["status"], "unknown")

    def doors_of_vfat(self) -> dict[str, str]:
        [module] = self.document("doors", "vfat", "--root", self.machine)["modules"]
        return {path["load_path"]: path["outcome"] for path in module["load_paths"]}

    def test_a_deny_by_a_program_that_is_itself(self) -> None:
        self.assertEqual(self.doors_of_vfat()["name"], "denied")

    def test_a_deny_by_a_program_that_everybody_may_write(self) -> None:
        self.mode(FALSE, 0o777)
        self.assertEqual((self.subjects("PERM-004"), self.subjects("CONF-009")), ([FALSE], []))
        self.assertEqual(self.doors_of_vfat()["name"], "runs")
        said = " ".join(kmodsec("doors", "vfat", "--root", self.machine).out.split())
        self.assertIn(f"others than root may write {FALSE}", said)

    def test_a_deny_by_a_program_that_was_replaced(self) -> None:
        self.machine.write(FALSE, SCRIPT)
        [finding] = self.checks()["FILE-012"]["findings"]
        self.assertEqual(finding["subject"], FALSE)
        self.assertIn("is not what the package coreutils installed", finding["message"])
        self.assertEqual([place["source"] for place in finding["evidence"]], [FALSE, "/etc/modprobe.d/deny.conf"])
        self.assertEqual(self.subjects("CONF-009"), [])
        self.assertEqual(self.doors_of_vfat()["name"], "runs")

    def test_another_program_behind_a_deny_is_critical(self) -> None:
        for check, spoil in (("PERM-004", lambda: self.mode(FALSE, 0o777)), ("FILE-012", lambda: self.machine.write(FALSE, SCRIPT))):
            with self.subTest(check):
                self.setUp()
                spoil()
                found = self.checks()[check]
                self.assertEqual((found["status"], found["severity"]), ("fail", "critical"))
                self.assertEqual(kmodsec("audit", "--fail-on", "critical", "--root", self.machine).code, 1)

    def test_the_policy_does_not_call_it_closed(self) -> None:
        self.machine.write("/etc/kmodsec/policy.toml", '[deny]\nmodules = ["vfat"]\n')
        self.mode(FALSE, 0o777)
        policy = self.checks()["POLICY-003"]
        self.assertNotEqual(policy["status"], "pass")
        self.assertIn("vfat", str(policy))

    def test_a_program_that_others_may_create(self) -> None:
        self.machine.write("/etc/modprobe.d/deny.conf", "install vfat /srv/x/y/deny\n")
        (self.machine.folder / "srv").mkdir()
        for mode, outcome, subjects in ((0o777, "runs", ["/srv"]), (0o755, "runs", [])):
            self.mode("/srv", mode)
            self.assertEqual((self.doors_of_vfat()["name"], self.subjects("PERM-004")), (outcome, subjects))
        (self.machine.folder / "srv/x/y").mkdir(parents=True)
        for mode, outcome, subjects in ((0o777, "runs", ["/srv/x/y"]), (0o755, "denied", [])):
            self.mode("/srv/x", 0o755)
            self.mode("/srv/x/y", mode)
            self.assertEqual((self.doors_of_vfat()["name"], self.subjects("PERM-004")), (outcome, subjects))

    def test_a_plan_does_not_call_it_closed(self) -> None:
        self.machine.write("/etc/kmodsec/policy.toml", '[deny]\nmodules = ["vfat"]\n').write("/bin/false", "the code of false")
        package(self.machine, "coreutils", (FALSE, "/bin/false"))
        for mode, still_open in ((0o755, []), (0o777, ["vfat"])):
            self.mode("/bin/false", mode)
            plan = self.document("plan", "--root", self.machine)
            self.assertEqual([deny["module"] for deny in plan["open"]], still_open)

    def test_a_modprobe_that_others_may_create(self) -> None:
        self.machine.write("/etc/sysctl.d/90-x.conf", "kernel.modprobe = /srv/mp\n").write("/etc/modprobe.d/deny.conf")
        (self.machine.folder / "srv").mkdir()
        for mode, outcome in ((0o1777, "runs"), (0o755, "denied")):
            self.mode("/srv", mode)
            self.assertEqual(self.doors_of_vfat()["alias"], outcome)
            [finding] = self.checks()["CONF-024"]["findings"]
            self.assertEqual("others than root may write /srv" in finding["message"], outcome == "runs")
            self.assertEqual(self.checks()["CONF-024"]["severity"], "high")
