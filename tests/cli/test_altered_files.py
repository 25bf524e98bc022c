# SPDX-License-Identifier: GPL-2.0-or-later
"""Module files that were altered, cut short, replaced or planted: what every verb makes of them, of a tree and of its
snapshots, with no module loaded."""

import tempfile
import unittest
from pathlib import Path

from kmodsec_cli import FINDINGS, CliTest, kmodsec
from machine import RELEASE, Machine, image, running
from module_file import module_file
from signing import signed

KERNEL = f"lib/modules/{RELEASE}/kernel"
OTHERS = ("cut", "bare", "planted")
"""Beside fat, which was altered, vfat, which needs it, and loop, which has the bytes of another module."""

STATES = {"fat": "closed", "vfat": "closed", "cut": "closed", "bare": "open", "planted": "open", "loop": "open"}
SIGNATURES = {"fat": "invalid", "vfat": "valid", "cut": "malformed", "bare": "unsigned", "planted": "valid", "loop": "valid"}
FOUND = {"FILE-002": {"planted"}, "FILE-003": {"cut", "fat", "loop"}, "FILE-004": {"cut"}, "SIG-009": {"bare", "cut", "fat"}}


def with_altered_files(machine: Machine) -> Machine:
    index = machine.folder / f"lib/modules/{RELEASE}/modules.dep"
    index.write_text(index.read_text() + "".join(f"kernel/{name}.ko:\n" for name in OTHERS))
    machine.install("cut").install("bare", sign=False)
    machine.packaged()
    fat = (machine.folder / f"{KERNEL}/fat.ko").read_bytes()
    cut = (machine.folder / f"{KERNEL}/cut.ko").read_bytes()
    machine.write(f"{KERNEL}/fat.ko", fat.replace(b"license=GPL", b"license=GPX"))
    machine.write(f"{KERNEL}/cut.ko", cut[: len(cut) // 4])
    machine.write(f"{KERNEL}/loop.ko", signed(module_file(license="GPL", name="other")))
    return machine.install("planted")


class OfATree(CliTest):
    def setUp(self) -> None:
        folder = Path(self.enterContext(tempfile.TemporaryDirectory(prefix="kmodsec-cli-")))
        machine = with_altered_files(image(self))
        self.places: list[tuple[str, object]] = [("--root", machine)]
        for name, words in {"whole": [], "compact": ["--compact"]}.items():
            kmodsec("snapshot", *words, "--root", machine, "--output", folder / name)
            self.places.append(("--snapshot", folder / name))

    def module(self, verb: str, name: str, place: tuple[str, object]) -> dict:
        modules = self.document(verb, name, *place)["modules"]
        return next(module for module in modules if module["name"] == name)

    def findings(self, *words: object) -> dict[str, set[str]]:
        checks = self.document("audit", *words)["checks"]
        return {check["id"]: {finding["subject"] for finding in check["findings"]} for check in checks if check["id"] in FOUND}

    def test_an_audit_examines_every_file_without_being_asked(self) -> None:
        for place in self.places:
            with self.subTest(place=place):
                self.assertEqual(self.findings(*place), FOUND)
                self.assertEqual(self.findings("--all", *place), FOUND)
                self.assertEqual(kmodsec("audit", *place).code, FINDINGS)

    def test_every_verb_says_the_same_of_whether_it_can_be_loaded(self) -> None:
        for place in self.places:
            listed = {module["name"] for module in self.document("doors", "--open", *place)["modules"]}
            for name, state in STATES.items():
                with self.subTest(name, place=place):
                    self.assertEqual(self.module("show", name, place)["load_paths"]["load_state"], state)
                    self.assertEqual(self.module("doors", name, place)["load_state"], state)
                    self.assertEqual(self.module("cves", name, place)["load_state"], state)
                    self.assertEqual(name in listed, state == "open")

    def test_a_tree_and_its_snapshots_give_one_exit_code(self) -> None:
        whole = self.places[:2]  # What "show" says of a file that its package vouches for, a compact one does not have.
        for name in STATES:
            for verb, places in {"doors": self.places, "verify": self.places, "cves": self.places, "show": whole}.items():
                codes = {kmodsec(verb, name, *place).code for place in places}
                self.assertEqual(len(codes), 1, (verb, name, codes))

    def test_a_damaged_file_is_told_as_damaged(self) -> None:
        for place in self.places:
            for name, status in SIGNATURES.items():
                with self.subTest(name, place=place):
                    self.assertEqual(self.module("verify", name, place)["status"], status)
                    self.assertEqual(self.module("show", name, place)["signature"]["status"], status)
            self.assertIn("the file is damaged", kmodsec("verify", "cut", *place).out)
            self.assertIn("its file is damaged", kmodsec("doors", "cut", *place).out)

    def test_the_reach_is_counted_alike(self) -> None:
        reach = [self.document("status", *place)["reach"] for place in self.places]
        self.assertEqual(reach[1:], reach[:1] * 2)
        opened = [module["attacker_position"] for module in self.document("doors", "--open", *self.places[0])["modules"]]
        self.assertEqual({one["attacker_position"]: one["modules"] for one in reach[0]},
                         {position: opened.count(position) for position in opened if position != "root"})


class OfAHostThatRuns(CliTest):
    def test_what_is_not_loaded_is_examined_where_all_are_asked_for(self) -> None:
        machine = with_altered_files(running(self))

        def unowned(*words: str) -> list[str]:
            checks = self.document("audit", *words, "--root", machine)["checks"]
            return [finding["subject"] for check in checks if check["id"] == "FILE-002" for finding in check["findings"]]

        self.assertEqual(unowned(), [])
        self.assertEqual(unowned("--all"), ["planted"])


if __name__ == "__main__":
    unittest.main()
