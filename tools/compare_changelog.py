#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The version rule of `kmodsec cves` against the changelogs of Debian's kernels: the table of docs/known-cves.md.

The program is asked about a tree without the changelog, so that the version alone decides; what the changelog says
is read here once more, in another way than the program reads it.
"""

import gzip
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

TREE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TREE))

from lab import apt
from lab.commands import run

KERNELS = ("linux-image-6.1.0-47-amd64", "linux-image-6.1.0-50-amd64", "linux-image-6.12.100+deb12-amd64")
ENTRY = re.compile(r"^\S.*?\(([^)]+)\)", re.MULTILINE)
ITEM = re.compile(r"^\s+[*-] (.*(?:\n(?!\s+[*-] )\s+\S.*)*)", re.MULTILINE)


def named_as_fixed(changelog: str) -> set[str]:
    """Ids of items whose change was not taken back later."""
    reverted: set[str] = set()
    fixed: set[str] = set()
    seen: set[str] = set()
    for item in ITEM.finditer(changelog):
        text = re.sub(r"^(\[[^]]*\] )*", "", " ".join(item[1].split()))
        if text.startswith('Revert "'):
            reverted.add(text.removeprefix('Revert "').rpartition('"')[0])
            continue
        title, ids = re.sub(r" ?\(CVE[^)]*\)$", "", text), set(re.findall(r"CVE-(\d{4}-\d{4,})", text)) - seen
        seen |= ids
        if title not in reverted:
            fixed |= ids
    return fixed


def verdicts(program: str, package_tree: Path, release: str) -> dict[str, dict]:
    """Hole to the worst answer of any module."""
    rank = ["affected", "under_investigation", "fixed", "not_affected"]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "root")
        run("cp", "-al", package_tree, root)
        run("rm", "-rf", root / "usr/share/doc")
        (root / "etc").mkdir(exist_ok=True)
        (root / "etc/os-release").write_text("ID=debian\n")
        run("depmod", "-b", root, release)
        index = (root / "lib/modules" / release / "modules.dep").read_text() + (root / "lib/modules" / release / "modules.builtin").read_text()
        names = sorted({re.sub(r"\.ko.*", "", Path(line.split(":")[0]).name) for line in index.split("\n") if line})
        told = subprocess.run([program, "cves", *names, "--root", str(root), "--format", "json"], stdout=subprocess.PIPE, text=True, check=False)
    holes: dict[str, dict] = {}
    for module in json.loads(told.stdout)["modules"]:
        for hole in module["cves"]:
            before = holes.get(hole["id"][4:])
            if before is None or rank.index(hole["status"]) < rank.index(before["status"]):
                holes[hole["id"][4:]] = hole
    return holes


def main(program: str) -> None:
    print("| kernel | version | named as fixed, in a module | fixed | not affected | affected | cannot tell |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    contradictions: list[str] = []
    for name in KERNELS:
        package, tree = apt.unpacked(name)
        release = next((tree / "lib/modules").iterdir()).name
        changelog = gzip.decompress((tree / f"usr/share/doc/linux-image-{release}/changelog.gz").read_bytes()).decode(errors="replace")
        holes = verdicts(program, tree, release)
        named = {hole: holes[hole] for hole in named_as_fixed(changelog) if hole in holes}
        count = Counter(hole["status"] for hole in named.values())
        print(f"| {release} | {package.version} | {len(named)} | " + " | ".join(
            str(count[status]) for status in ("fixed", "not_affected", "affected", "under_investigation")) + " |")
        contradictions += [f"{release}: CVE-{hole}: {answer['decided_by']['text']}" for hole, answer in sorted(named.items())
                           if answer["status"] == "affected"]
    print("", *contradictions, sep="\n")


if __name__ == "__main__":
    main(sys.argv[1])
