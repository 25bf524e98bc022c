# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether the indexes of depmod, the real one's, say what the module files say."""

import json
import subprocess

from kmodsec_cli import CLEAN, FINDINGS, INCOMPLETE, CliTest, Run, kmodsec
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
                          " it agrees with their files"] * 3)

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


class UsedByModprobe(CliTest):
    """modprobe reads the binary indexes: what they say decides, whatever the text beside them says."""

    def setUp(self) -> None:
        self.machine = image(self)
        self.machine.write(f"{MODULES}/modules.order").write(f"{MODULES}/modules.builtin").write(LOOP, loop(alias="net-pf-44"))
        other = image(self)
        other.write(f"{MODULES}/modules.order").write(f"{MODULES}/modules.builtin").write(LOOP, loop())
        depmod(self.machine)
        depmod(other)
        for index in INDEXES + ("modules.builtin.bin",):
            if not index.endswith(".bin"):
                self.machine.write(f"{MODULES}/{index}", (other.folder / MODULES.lstrip("/") / index).read_bytes())

    def modprobe(self, request: str) -> str:
        command = ["modprobe", "-n", "-v", "-d", self.machine.folder, "-S", RELEASE, request]
        return subprocess.run(command, check=False, capture_output=True, text=True).stdout

    def doors(self, *words: str) -> Run:
        return kmodsec("doors", *words, "--root", self.machine)

    def test_an_alias_of_the_binary_index_alone(self) -> None:
        self.assertIn("loop.ko", self.modprobe("net-pf-44"))
        run = self.doors("--alias", "net-pf-44")
        self.assertNotIn("no module answers", run.out)
        self.assertIn("socket(2)", self.doors("loop").out)

    def test_a_module_that_only_the_text_calls_built_in(self) -> None:
        self.machine.write(f"{MODULES}/modules.builtin", "kernel/loop.ko\n")
        self.assertIn("loop.ko", self.modprobe("loop"))
        self.assertIn("net-pf-44", self.doors("loop").out.replace("_", "-"))

    def test_a_module_that_the_text_does_not_have(self) -> None:
        self.machine.write(f"{MODULES}/modules.dep", "")
        self.assertIn("loop.ko", self.modprobe("loop"))
        self.assertIn("net-pf-44", self.doors("loop").out.replace("_", "-"))
        self.assertEqual(kmodsec("show", "loop", "--root", self.machine).code, CLEAN)

    def test_a_damaged_binary_index_is_a_gap(self) -> None:
        for index in ("modules.dep.bin", "modules.alias.bin", "modules.builtin.bin"):
            with self.subTest(index):
                path = self.machine.folder / MODULES.lstrip("/") / index
                content = path.read_bytes()
                path.write_bytes(content[:11])
                run = self.doors("--alias", "fs-vfat")
                self.assertIn(index, run.out + run.err)
                self.assertIn(run.code, (FINDINGS, INCOMPLETE), run)
                path.write_bytes(content)
