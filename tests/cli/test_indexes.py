# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether the indexes of depmod, the real one's, say what the module files say."""

import json
import subprocess

from kmodsec_cli import CliTest, kmodsec
from machine import RELEASE, Machine, image
from test_baseline import LOOP, MODULES, BaselineTest, log_upgrade, loop, put_into_package

INDEXES = ("modules.dep", "modules.dep.bin", "modules.alias", "modules.alias.bin", "modules.softdep")


def depmod(machine: Machine) -> None:
    subprocess.run(["depmod", "-b", machine.folder, RELEASE], check=True, capture_output=True)


def edit(machine: Machine, index: str, was: bytes, now: bytes) -> None:
    path = machine.folder / MODULES.lstrip("/") / index
    content = path.read_bytes()
    assert content.count(was) == 1, (index, was)
    path.write_bytes(content.replace(was, now))


class Explained(BaselineTest):
    def setUp(self) -> None:
        super().setUp()
        self.machine.write(f"{MODULES}/modules.order").write(LOOP, loop(alias="block-major-7-*", softdep="pre: fat"))
        depmod(self.machine)
        put_into_package(self.machine, "6.1.190-1")
        self.create()
        self.machine.write(LOOP, loop(version="2", alias="net-pf-7", softdep="pre: fat post: vfat"))
        log_upgrade(put_into_package(self.machine, "6.1.192-1"), "6.1.190-1", "6.1.192-1")
        depmod(self.machine)

    def concerns(self) -> dict[str, str]:
        changes = self.check()["changed"]
        return {change["path"].removeprefix(f"{MODULES}/"): change["concern"] for change in changes if not change["explanation"]}

    def test_what_depmod_wrote(self) -> None:
        document = self.check()
        self.assertEqual(document["suspicious"], 0, document)
        explanations = {change["path"].removeprefix(f"{MODULES}/"): change["explanation"] for change in document["changed"]}
        self.assertEqual([explanations[name] for name in ("modules.alias", "modules.alias.bin", "modules.softdep")],
                         ["depmod: the modules of this kernel changed, each of them explained;"
                          " it says what their files say"] * 3)

    def test_a_line_that_waited_for_an_upgrade(self) -> None:
        edit(self.machine, "modules.alias", b"alias net-pf-7 loop", b"alias net-pf-7 loop\nalias net-pf-38 vfat")
        self.assertEqual(self.concerns(), {"modules.alias": "modules.alias: alias net-pf-38 → vfat is in no module file"})

    def test_a_line_in_what_modprobe_reads(self) -> None:
        edit(self.machine, "modules.alias.bin", b"loop", b"vfat")
        self.assertEqual(list(self.concerns()), ["modules.alias.bin"])
        edit(self.machine, "modules.dep.bin", b"kernel/loop.ko", b"kernel/evil.ko")
        self.assertEqual(sorted(self.concerns()), ["modules.alias.bin", "modules.dep.bin"])

    def test_a_soft_dependency(self) -> None:
        edit(self.machine, "modules.softdep", b"post: vfat", b"post: evil")
        self.assertIn("softdep loop post: evil is in no module file", self.concerns()["modules.softdep"])

    def test_an_index_that_is_damaged(self) -> None:
        self.machine.write(f"{MODULES}/modules.alias.bin", "no index")
        self.assertIn("is not known", self.concerns()["modules.softdep"])


class Audited(CliTest):
    def setUp(self) -> None:
        self.machine = image(self).write(f"{MODULES}/modules.order").install("vfat", alias="fs-vfat")  # no symbols: no depends=
        depmod(self.machine)

    def result(self) -> dict:
        run = kmodsec("audit", "--all", "--root", self.machine, "--format", "json")
        return next(check for check in json.loads(run.out)["checks"] if check["id"] == "FILE-005")

    def test_what_depmod_wrote(self) -> None:
        self.assertEqual(self.result()["status"], "pass", self.result())

    def test_a_name_that_leads_elsewhere(self) -> None:
        edit(self.machine, "modules.dep.bin", b"kernel/loop.ko", b"kernel/evil.ko")
        result = self.result()
        self.assertEqual((result["status"], {finding["subject"] for finding in result["findings"]}), ("fail", {"loop"}))
