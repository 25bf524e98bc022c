#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""machine_seeds.py KMODSEC: writes the seeds of fuzz/verbs_fuzz.cpp: the machines of the golden trees, some with a
store and a snapshot of their own beside them, and the hostile machine of tests/cli. The form is told in
fuzz/verbs_fuzz/planted_machine.hpp."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

FUZZ = Path(__file__).resolve().parent
sys.path[:0] = [str(FUZZ.parent / "tests"), str(FUZZ.parent / "tests/cli")]

import hostile_root
import machine as machines
import trees

CORPUS = FUZZ / "corpus/verbs_fuzz"
SEPARATOR = b"\xf5\xf6\xf7\xf8"
MODES = [0o644, 0o755, 0o600, 0o666, 0o777, 0o4755, 0o2644, 0]
LONGEST = 60_000
"""Bytes of one file: of a longer one, a log, the beginning stands for it."""

ACCESS_LIST = "system.posix_acl_access"

WITH_STORE = {"backdoored_host", "fedora_image", "policy_on_ubuntu"}
"""Each store is 20 KiB."""

TWINS = {"audit_log", "cves_debian_two_years_old", "cves_newer_than_tables", "cves_red_hat_shaped"}
"""Trees that lead to no other code than one of the others."""

HOLES = trees.TREES / "cves.tsv"


def packed(scratch: Path) -> bytes:
    """All of a folder in the form of the fuzz target. A path with the end of a line in it has no form."""
    entries = []
    for folder, folders, names in os.walk(scratch):
        folders.sort()
        places = [Path(folder, name) for name in sorted(folders + names)]
        entries += [entry for place in places if "\n" not in str(place) for entry in entries_of(scratch, place)]
    return SEPARATOR.join(entries)


def entries_of(scratch: Path, path: Path) -> list[bytes]:
    inside, status = os.fsencode(path.relative_to(scratch)) + b"\n", path.lstat()
    mode = letter(stat.S_IMODE(status.st_mode))
    if path.is_symlink():
        return [b"la" + inside + os.fsencode(path.readlink())]
    if path.is_fifo():
        return [b"p" + mode + inside]
    if path.is_dir():
        is_plain = mode == b"b" and any(path.iterdir())
        return [] if is_plain else [b"d" + mode + inside]
    content = b"f" + mode + inside + path.read_bytes()[:LONGEST]
    if ACCESS_LIST not in os.listxattr(path):
        return [content]
    return [content, b"aa" + inside + os.getxattr(path, ACCESS_LIST)]


def letter(mode: int) -> bytes:
    return bytes([ord("a") + MODES.index(mode if mode in MODES else 0o777)])


def add_what_was_handed_in(program: str, scratch: Path) -> None:
    root, store = scratch / "root", scratch / "store"
    store.mkdir(mode=0o755)
    subprocess.run([program, "baseline", "create", "--root", root, "--store", store / "baseline.db"],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    subprocess.run([program, "snapshot", "--root", root, "--output", scratch / "snapshot.json"],
                   stderr=subprocess.DEVNULL, check=False)
    (scratch / "snapshot.json").chmod(0o600)


def seed(program: str, tree: Path) -> bytes:
    with tempfile.TemporaryDirectory(prefix="kmodsec-seed-") as folder:
        scratch = Path(folder)
        machine = trees.Machine(scratch / "root")
        machine.dir("")
        machine.build(tree)
        if tree.name in WITH_STORE:
            add_what_was_handed_in(program, scratch)
        return packed_with_tables(scratch)


def hostile_seed(program: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="kmodsec-seed-") as folder:
        scratch = Path(folder)
        machine = machines.running(hostile_root.Kept())
        machine.folder = machine.folder.rename(scratch / "root")
        add_what_was_handed_in(program, scratch)
        shutil.copyfile(scratch / "store/baseline.db", scratch / "store.db")
        for plant in hostile_root.PLANTS:
            if not plant.is_large:
                plant.put(hostile_root.Hostile(machine, "/etc"))
        (scratch / "store.db").unlink()
        return packed_with_tables(scratch)


def packed_with_tables(scratch: Path) -> bytes:
    shutil.copyfile(HOLES, scratch / "cves.tsv")
    (scratch / "cves.tsv").chmod(0o644)
    return packed(scratch)


def main(program: str) -> None:
    os.umask(0o022)
    CORPUS.mkdir(parents=True, exist_ok=True)
    for tree in sorted(command.parent for command in trees.TREES.glob("*/command")):
        if tree.name not in TWINS:
            (CORPUS / tree.name).write_bytes(seed(program, tree))
    (CORPUS / "hostile_root").write_bytes(hostile_seed(program))


if __name__ == "__main__":
    main(*sys.argv[1:])
