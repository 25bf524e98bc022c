# SPDX-License-Identifier: GPL-2.0-or-later
"""A kernel that was built without loadable modules: each verb says so in the same words, and nothing of what such a kernel
cannot have is missing."""

import shutil

from kmodsec_cli import CLEAN, FINDINGS, INCOMPLETE, CliTest, kmodsec
from machine import RELEASE, Machine, running
from test_cves import debian, tables

FACT = "this kernel was built without loadable modules"


def without_modules(test: CliTest) -> Machine:
    """It has neither the list of modules nor the settings, but the folder that they would be in."""
    machine = running(test)
    for name in ("modules", "sys/kernel/modprobe", "sys/kernel/modules_disabled"):
        machine.without(f"/proc/{name}")
    shutil.rmtree(machine.folder / "lib/modules")
    shutil.rmtree(machine.folder / "sys/module/module")
    for name in ("loop", "fat", "vfat"):
        shutil.rmtree(machine.folder / "sys/module" / name)
    return machine.write(f"/boot/config-{RELEASE}", "# CONFIG_MODULES is not set\n# end of Kernel hacking\n")


class KernelWithoutModules(CliTest):
    def setUp(self) -> None:
        self.machine = without_modules(self)

    def test_each_verb_says_it_in_the_same_words(self) -> None:
        for words, code in (
            (["status"], None), (["audit"], None), (["list"], CLEAN), (["list", "--on-disk"], CLEAN),
            (["show", "loop"], INCOMPLETE), (["verify", "loop"], INCOMPLETE), (["verify", "--loaded"], CLEAN), (["verify", "--all"], CLEAN),
            (["doors", "--open"], CLEAN), (["doors", "--alias", "fs-vfat"], CLEAN), (["doors", "loop"], INCOMPLETE),
            (["cves"], INCOMPLETE), (["cves", "loop"], INCOMPLETE), (["cves", "--loaded"], CLEAN), (["events"], None), (["deny", "loop", "--dry-run"], CLEAN), (["load", "loop", "--dry-run"], FINDINGS),
            (["unload", "loop", "--dry-run"], FINDINGS),
        ):
            with self.subTest(words=words):
                run = kmodsec(*words, "--root", self.machine)
                self.assertIn(FACT, run.out + run.err)
                if code is not None:
                    self.assertEqual(run.code, code, run.out + run.err)

    def test_only_what_is_built_in_is_left_to_ask(self) -> None:
        document = self.document("doors", "loop", "--root", self.machine)
        self.assertEqual(document["without_modules"], [RELEASE])
        self.assertEqual([gap["what"] for gap in document["unseen"]], [f"/lib/modules/{RELEASE}/modules.builtin"])
        self.assertEqual(self.document("doors", "--open", "--root", self.machine)["unseen"], [])

    def test_a_name_is_said_to_be_out_of_reach(self) -> None:
        for verb in ("doors", "show", "verify"):
            with self.subTest(verb=verb):
                run = kmodsec(verb, "loop", "--root", self.machine)
                self.assertIn("modules.builtin", run.err)
                self.assertEqual(self.document(verb, "loop", "--root", self.machine)["unseen"][0]["what"],
                                 f"/lib/modules/{RELEASE}/modules.builtin")
        text = kmodsec("doors", "loop", "--root", self.machine).out
        self.assertIn(f"loop in {RELEASE}: cannot be loaded; whether it is built in is not known", text)
        self.assertNotIn("once in", text)

    def with_builtin(self, name: str) -> Machine:
        return self.machine.write(f"/lib/modules/{RELEASE}/modules.builtin", f"kernel/{name}.ko\n")

    def test_what_is_built_in_is_answered_where_it_was_seen(self) -> None:
        machine = self.with_builtin("loop")
        self.assertEqual(kmodsec("doors", "loop", "--root", machine).code, FINDINGS)
        self.assertEqual(kmodsec("show", "loop", "--root", machine).code, CLEAN)
        run = kmodsec("doors", "cramfs", "--root", machine)
        self.assertEqual(run.code, CLEAN, run.out)
        self.assertIn(f"cramfs in {RELEASE}: cannot be loaded, not built in", run.out)
        self.assertEqual(self.document("doors", "cramfs", "--root", machine)["modules"][0]["load_state"], "absent")

    def test_vulnerabilities_of_what_is_built_in_count(self) -> None:
        data = tables(self, "2024-1000\tloop\t\t0>6.1.150\twild\tuserns\n")
        machine = debian(self.with_builtin("loop"))
        for words in (["cves"], ["cves", "--all"], ["cves", "loop"]):
            with self.subTest(words=words):
                run = kmodsec(*words, "--root", machine, "--data", data)
                self.assertIn(FACT, run.out)
                self.assertIn("loop  built in", run.out)
        self.assertEqual(run.code, FINDINGS, run.out)
        self.assertEqual(kmodsec("cves", "--all", "--root", debian(self.with_builtin("fat")), "--data", data).out.count("loop"), 0)

    def test_what_is_built_in_is_not_known(self) -> None:
        module = self.document("doors", "loop", "--root", self.machine)["modules"][0]
        self.assertEqual((module["presence"], module["load_state"]), ("unknown", "unknown"))

    def test_another_kernel_has_modules(self) -> None:
        self.assertEqual(self.document("doors", "loop", "--root", running(self))["without_modules"], [])
