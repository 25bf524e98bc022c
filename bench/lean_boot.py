#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What it costs a boot to deny everything else: a whole Debian in a virtual machine, with and without the lines for all
that it does not load, in alternation; and what these lines add to its initramfs."""

import logging
import re
import subprocess
import sys
from statistics import median

from lean import FORMS
from measuring import TREE

from lab import boot, kernels

RUNS = 5
LIMIT = 0.02
FORM = "`install` and `blacklist`, softdeps emptied"
DENY_FILE = "/etc/modprobe.d/00-kmodsec-deny.conf"
SPENT = re.compile(r"([0-9.]+)(min|s|ms)")
SECONDS = {"min": 60.0, "s": 1.0, "ms": 0.001}
STEPS = {"time": "systemd-analyze time | head -1", "loaded": "cut -d' ' -f1 /proc/modules"}


def seconds(line: str) -> float:
    """Of "Startup finished in 3.1s (kernel) + 1min 2.5s (userspace) = 1min 5.6s": the total."""
    return sum(float(number) * SECONDS[unit] for number, unit in SPENT.findall(line.rpartition("=")[2]))


def lines_for(closed: list[str], kernel: kernels.Kernel) -> str:
    form, for_softdep = FORMS[FORM]
    return "".join((for_softdep if name in kernel.soft_dependencies else "").format(name) + form.format(name) for name in closed)


def main() -> int:
    logging.getLogger("lab").setLevel(logging.WARNING)
    kernel = kernels.kernel("6.1")
    loaded = set(boot(STEPS, system="debian")["loaded"].lines)
    text = lines_for(sorted(set(kernel.path_of) - loaded), kernel)
    times: dict[str, list[float]] = {"without": [], "with": []}
    for _ in range(RUNS):
        for which, files in (("without", {}), ("with", {DENY_FILE: text})):
            times[which].append(seconds(boot(STEPS, system="debian", files=files)["time"].output))
    without, denied = median(times["without"]), median(times["with"])
    packed = len(subprocess.run(["zstd", "-q", "-c"], input=text.encode(), stdout=subprocess.PIPE, check=True, cwd=TREE).stdout)
    print(f"| a boot of Debian, {RUNS} of each | s |\n| --- | ---: |\n| without a line | {without:.2f} |\n"
          f"| with {text.count(chr(10))} lines | {denied:.2f} |\n\nmore: {denied / without - 1:.1%}, limit {LIMIT:.0%}; "
          f"the initramfs: {packed / 1024:.0f} KiB more")
    return 0 if denied / without - 1 <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
