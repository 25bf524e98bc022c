#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What can get into a whole kernel, beside asking modprobe about 200 modules, and an initramfs that is read, beside
unpacking it, in alternation, with a warm cache.

What the image costs is the difference between the same question with and without it: finding it, unpacking it,
and putting up its tree.
"""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from measuring import HEAD, KMODSEC, compare

from lab import cache, debian, kernels, programs
from lab.commands import run

ASKED = 200
ALL_LIMIT, IMAGE_LIMIT = 1.0, 1.15
OPEN_DOORS = (0, 1)
"""An open door is a finding."""

PACKERS = {"gzip": ["gzip", "-6"], "xz": ["xz", "--check=crc32", "-3"], "zstd": ["zstd", "-q", "-9"]}


def all_modules(kernel: kernels.Kernel, folder: Path) -> bool:
    names = sorted(kernel.path_of)
    asked = names[:: len(names) // ASKED][:ASKED]
    (folder / "names").write_text("".join(f"{name}\n" for name in asked))
    other = ["xargs", "-a", str(folder / "names"), "-n", "1", str(programs.find("modprobe")), "-n", "-v",
             "-C", "/dev/null", "-d", str(kernel.tree), "-S", kernel.release]
    result = compare([KMODSEC, "doors", "--open", "--root", str(kernel.tree)], other, accepted=OPEN_DOORS)
    print(result.row(f"`doors --open`, {len(names)} modules", f"modprobe -n -v NAME, {ASKED} times", ALL_LIMIT))
    return result.ratio <= ALL_LIMIT


def image(kernel: kernels.Kernel, packer: str, packed: Path, folder: Path) -> bool:
    """The tree of the kernel, linked, with the image in it; and without."""
    root = folder / packer
    run("cp", "-al", kernel.tree, root)
    run("cp", packed, root / "boot" / f"initrd.img-{kernel.release}")
    question = [KMODSEC, "doors", "udf", "--root"]
    result = compare([*question, str(root)], [packer, "-dc", str(packed)], without=[*question, str(kernel.tree)],
                     accepted=OPEN_DOORS)
    mebibytes = packed.stat().st_size / 2**20
    print(result.row(f"the initramfs by {packer}, {mebibytes:.0f} MiB", f"{packer} -dc", IMAGE_LIMIT))
    return result.ratio <= IMAGE_LIMIT


def write_output(to: Path, *command: str) -> None:
    with to.open("wb") as file:
        subprocess.run(command, stdout=file, check=True)


def images(kernel: kernels.Kernel) -> dict[str, Path]:
    """The one that Debian made, packed by each packer."""
    made = debian.installed(kernel) / "initrd.img"

    def pack(folder: Path) -> None:
        plain = folder / "plain"
        write_output(plain, "gzip", "-dc", str(made))
        for packer, command in PACKERS.items():
            write_output(folder / packer, *command, "-c", str(plain))
        plain.unlink()

    folder = cache.entry(f"bench/{cache.digest(str(made), str(PACKERS))}", pack)
    return {packer: folder / packer for packer in PACKERS}


def main() -> int:
    kernel = kernels.kernel("6.1")
    print(HEAD.format("what"))
    with ExitStack() as stack:
        folder = stack.enter_context(cache.scratch())
        met = [all_modules(kernel, folder)]
        met += [image(kernel, packer, packed, folder) for packer, packed in images(kernel).items()]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
