#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What it costs a boot to deny everything else: two disks of one Debian in a virtual machine, one with the lines for all
that it does not load, in its modprobe.d and in its initramfs. They boot in turn. And what the lines add to the initramfs.
"""

import logging
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from lean import FORMS

from lab import boot, cache, kernels

RUNS = 7
LIMIT = 0.02
FORM = "`install` and `blacklist`, softdeps emptied"
DENY_FILE = "/etc/modprobe.d/00-kmodsec-deny.conf"
SPENT = re.compile(r"([0-9.]+)(min|s|ms)")
SECONDS = {"min": 60.0, "s": 1.0, "ms": 0.001}
STEPS = {"time": "systemd-analyze time | head -1", "loaded": "cut -d' ' -f1 /proc/modules"}
REBUILD = {"rebuild": "update-initramfs -u", "image": "cat /boot/initrd.img-$(uname -r)", "sync": "sync"}


@dataclass
class Host:
    """A disk, what it starts from, and how long each of its boots took."""

    folder: Path
    seconds: list[float] = field(default_factory=list)

    def prepare(self, files: dict[str, str]) -> None:
        guest = boot(REBUILD, system="debian", disk=self.folder / "disk", files=files)
        self.image.write_bytes(guest["image"].stdout)

    @property
    def image(self) -> Path:
        return self.folder / "initrd.img"

    def start(self) -> list[str]:
        """Boots once. Returns what is loaded then."""
        guest = boot(STEPS, system="debian", disk=self.folder / "disk", initramfs=self.image)
        self.seconds.append(startup_seconds(guest["time"].output))
        return guest["loaded"].lines


def startup_seconds(line: str) -> float:
    """Of "Startup finished in 3.1s (kernel) + 1min 2.5s (userspace) = 1min 5.6s": the total."""
    return sum(float(number) * SECONDS[unit] for number, unit in SPENT.findall(line.rpartition("=")[2]))


def lines_for(closed: list[str], kernel: kernels.Kernel) -> str:
    form, for_softdep = FORMS[FORM]
    return "".join((for_softdep if name in kernel.soft_dependencies else "").format(name) + form.format(name) for name in closed)


def host_at(folder: Path, files: dict[str, str]) -> Host:
    folder.mkdir()
    host = Host(folder)
    host.prepare(files)
    return host


def main() -> int:
    logging.getLogger("lab").setLevel(logging.WARNING)
    kernel = kernels.kernel("6.1")
    with cache.scratch() as folder:
        without = host_at(folder / "without", {})
        used = set(without.start())
        text = lines_for(sorted(set(kernel.path_of) - used), kernel)
        denying = host_at(folder / "denying", {DENY_FILE: text})
        if used - set(denying.start()):
            raise SystemExit("the lines deny what this host loads")
        without.seconds.clear(), denying.seconds.clear()
        for _ in range(RUNS):
            without.start(), denying.start()
        more = median(denying.seconds) / median(without.seconds) - 1
        grown = denying.image.stat().st_size - without.image.stat().st_size
    print(f"| a boot of Debian, median of {RUNS} | s |\n| --- | ---: |\n| without a line | {median(without.seconds):.2f} |\n"
          f"| with {text.count(chr(10))} lines | {median(denying.seconds):.2f} |\n\nmore: {more:.1%}, limit {LIMIT:.0%}; "
          f"the initramfs: {grown / 1024:.0f} KiB more")
    return 0 if more <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
