# SPDX-License-Identifier: GPL-2.0-or-later
"""A snapshot, whole or compact, packed or not, is judged as the machine that it was taken of."""

import gzip
import json
import sys
import unittest
from pathlib import Path

from kmodsec_cli import AT_ONE_TIME, CLEAN, FINDINGS, INCOMPLETE, TREE, FolderTest, kmodsec
from machine import RELEASE, Machine, running

sys.path.insert(0, str(TREE / "tests"))

import trees  # noqa: E402

JUDGED = (["audit"], ["audit", "--all"], ["status"], ["list"], ["list", "--on-disk"], ["verify", "--loaded"], ["doors", "--open"], ["cves"])
TABLES = {"audit", "status", "doors", "cves"}


def with_tables(words: list[str]) -> list[str]:
    return [*words, "--data", str(trees.TREES)] if words[0] in TABLES else words


class SnapshotTest(FolderTest):
    def take(self, machine: Path, name: str, *words: str) -> Path:
        place = self.folder / name
        run = kmodsec("snapshot", "--root", machine, "--output", place, *words, **AT_ONE_TIME)
        self.assertIn(run.code, (CLEAN, INCOMPLETE), run.err)
        return place

    def answer(self, words: list[str], *place: str | Path) -> tuple[int, dict]:
        run = kmodsec(*with_tables(words), "--format", "json", *place, **AT_ONE_TIME)
        self.assertIn(run.code, (CLEAN, FINDINGS, INCOMPLETE), run.err)
        return run.code, json.loads(run.out)


class GoldenTrees(SnapshotTest):
    def machines(self) -> list[tuple[str, Path]]:
        machines = []
        for tree in sorted(place.parent for place in trees.TREES.glob("*/command")):
            machine = trees.Machine(self.folder / tree.name)
            machine.dir("")
            machine.build(tree)
            machines.append((tree.name, machine.folder))
        return machines

    def test_a_machine_is_audited_as_its_snapshot(self) -> None:
        for name, machine in self.machines():
            taken = self.take(machine, f"{name}.json")
            for words in (["audit"], ["audit", "--all"]):
                with self.subTest(tree=name, words=words):
                    self.assertEqual(self.answer(words, "--snapshot", taken), self.answer(words, "--root", machine))

    def test_a_compact_snapshot_is_judged_as_a_whole_one(self) -> None:
        for name, machine in self.machines():
            whole, compact = self.take(machine, f"{name}.json"), self.take(machine, f"{name}.compact.json", "--compact")
            for words in JUDGED:
                with self.subTest(tree=name, words=words):
                    self.assertEqual(self.answer(words, "--snapshot", compact), self.answer(words, "--snapshot", whole))


class ThisHost(SnapshotTest):
    def test_it_is_audited_as_its_snapshot(self) -> None:
        taken = self.folder / "here.json"
        self.assertIn(kmodsec("snapshot", "--output", taken).code, (CLEAN, INCOMPLETE))
        for words in (["audit"], ["audit", "--all"]):
            live, snapshot = ({check["id"]: check["status"] for check in self.answer(words, *place)[1]["checks"]}
                              for place in ((), ("--snapshot", taken)))
            self.assertEqual(snapshot, live)


def installed_by_package(machine: Machine, names: list[str]) -> None:
    """Modules of a package, each with an alias, as depmod writes them down."""
    folder = f"lib/modules/{RELEASE}"
    vouching = trees.Machine(machine.folder)
    machine.write("/var/lib/dpkg/status", "Package: linux-image\nStatus: install ok installed\nVersion: 6.1.1-1\n\n")
    lines = {"modules.dep": "", "modules.alias": ""}
    for name in names:
        machine.install(name, description=f"the driver {name}", alias=f"fs-{name}")
        vouching.owned("linux-image", f"{folder}/kernel/{name}.ko")
        lines["modules.dep"] += f"kernel/{name}.ko:\n"
        lines["modules.alias"] += f"alias fs-{name} {name}\n"
    for index, text in lines.items():
        place = machine.folder / folder / index
        machine.write(f"/{folder}/{index}", (place.read_text() if place.exists() else "") + text)


class Compact(SnapshotTest):
    def setUp(self) -> None:
        super().setUp()
        self.machine = running(self)
        installed_by_package(self.machine, ["spare"])

    def test_what_is_left_out_is_a_gap(self) -> None:
        compact = self.take(self.machine.folder, "compact.json", "--compact")
        run = kmodsec("show", "spare", "--snapshot", compact, "--format", "json")
        document = json.loads(run.out)
        self.assertEqual(run.code, INCOMPLETE)
        self.assert_valid("show", document)
        (module,) = document["modules"]
        self.assertEqual((module["signature"]["status"], module["file"]["size"], module["file"]["sha256"]), ("valid", None, None))
        self.assertNotIn("description", module["info"])
        self.assertEqual(module["info"]["alias"], ["fs-spare"])
        self.assertIn(module["path"], [gap["what"] for gap in document["unseen"]])

    def test_the_bytes_of_a_signature_are_a_gap_where_they_are_asked_for(self) -> None:
        compact = self.take(self.machine.folder, "compact.json", "--compact")
        file = f"/lib/modules/{RELEASE}/kernel/loop.ko"
        self.assertNotIn(file, kmodsec("show", "loop", "--snapshot", compact).err)
        asked = kmodsec("show", "loop", "--signature", "--snapshot", compact)
        self.assertEqual(asked.code, INCOMPLETE)
        self.assertIn(file, asked.err)

    def test_its_schema(self) -> None:
        document = json.loads(self.take(self.machine.folder, "compact.json", "--compact").read_text())
        self.assert_valid("snapshot-compact", document)
        self.assertIn("files", document["facts"]["trees"][0]["packed"])

    def test_parameters_that_were_left_out_are_not_known(self) -> None:
        compact = self.take(self.machine.folder, "compact.json", "--compact")
        run = kmodsec("load", "spare", "odd=1", "--dry-run", "--snapshot", compact)
        self.assertEqual(run.code, INCOMPLETE, run)

    def test_a_compressed_one_is_read(self) -> None:
        for words in ((), ("--compact",)):
            plain = self.take(self.machine.folder, "plain.json", *words)
            packed = self.folder / "packed"
            packed.write_bytes(gzip.compress(plain.read_bytes()))
            self.assertEqual(self.answer(["audit"], "--snapshot", packed), self.answer(["audit"], "--snapshot", plain))

    def test_one_that_was_cut_is_refused(self) -> None:
        plain = self.take(self.machine.folder, "plain.json")
        packed = self.folder / "packed"
        packed.write_bytes(gzip.compress(plain.read_bytes())[:-100])
        self.assertIn(str(packed), self.refused("audit", "--snapshot", packed))


class ManyModules(SnapshotTest):
    def setUp(self) -> None:
        super().setUp()
        self.machine = running(self)
        installed_by_package(self.machine, [f"driver_{number}" for number in range(400)])

    def test_it_is_a_small_part_and_judged_the_same(self) -> None:
        whole, compact = (self.take(self.machine.folder, name, *words) for name, words in (("whole", ()), ("compact", ("--compact",))))
        sizes = [len(gzip.compress(place.read_bytes())) for place in (whole, compact)]
        self.assertLess(sizes[1] * 10, sizes[0])
        for words in JUDGED:
            self.assertEqual(self.answer(words, "--snapshot", compact), self.answer(words, "--snapshot", whole))


if __name__ == "__main__":
    unittest.main()
