#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What it costs to deny everything else: one modprobe with the lines for 3,900 modules in modprobe.d beside one without
any, in the forms that such lines can have; what modprobe makes of them; and the time of `learn propose` and of `plan`.
On this machine, in alternation, with a warm cache.
"""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from measuring import KMODSEC

from lab import cache, kernels, programs

RUNS = 101
MODPROBE_LIMIT, PLAN_LIMIT = 3.0, 5000.0
"""Milliseconds: more than without any line, and in all."""
ANSWERED = {0, 3}
"""3: not all that it needs was seen."""
ASKED_FOR = "loop"
KEPT = 93
"""As many as a server has, with what it could plug in."""
WITH_SOFTDEP = "softdep {0} pre:\n"

FORMS = {
    "`install` alone": ("install {0} /bin/false\n", ""),
    "`install` and `blacklist`, softdeps emptied": ("install {0} /bin/false\nblacklist {0}\n", WITH_SOFTDEP),
    "the same with a comment for each": ("# {0}: only root\ninstall {0} /bin/false\nblacklist {0}\n", WITH_SOFTDEP),
    "the same with a blank line, too": ("\n# {0}: only root\ninstall {0} /bin/false\nblacklist {0}\n", WITH_SOFTDEP),
    "a program that writes to the log": ("install {0} /bin/sh -c '/usr/bin/logger -t blocked \"{0}\" 2>/dev/null; exit 0'\n", ""),
}


def write(folder: Path, form: tuple[str, str], kernel: kernels.Kernel, closed: list[str]) -> int:
    folder.mkdir()
    lines, for_softdep = form
    text = "".join((for_softdep if name in kernel.soft_dependencies else "").format(name) + lines.format(name) for name in closed)
    (folder / "00.conf").write_text(text)
    return text.count("\n")


def modprobe(kernel: kernels.Kernel, conf: Path, name: str) -> list[str]:
    return [str(programs.find("modprobe")), "-n", "-v", "-C", str(conf), "-d", str(kernel.tree), "-S", kernel.release, name]


def milliseconds(command: list[str]) -> float:
    start = time.perf_counter()
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    took = (time.perf_counter() - start) * 1000
    if done.returncode not in ANSWERED:
        raise subprocess.CalledProcessError(done.returncode, command)
    return took


def still_open(kernel: kernels.Kernel, conf: Path, names: list[str]) -> list[str]:
    """Those that modprobe would insert, of the names that it is asked for."""
    found = []
    for name in names:
        asked = subprocess.run(modprobe(kernel, conf, name), capture_output=True, text=True, check=False)
        path = kernel.path_of[name]
        found += [name] if any(line.startswith("insmod ") and path in line for line in asked.stdout.splitlines()) else []
    return found


def cost_of_forms(kernel: kernels.Kernel, folder: Path) -> bool:
    closed = sorted(set(kernel.path_of) - {ASKED_FOR})[KEPT:]
    none = folder / "none"
    none.mkdir()
    lines = {form: write(folder / str(number), text, kernel, closed) for number, (form, text) in enumerate(FORMS.items())}
    commands = {"": modprobe(kernel, none, ASKED_FOR),
                **{form: modprobe(kernel, folder / str(number), ASKED_FOR) for number, form in enumerate(FORMS)}}
    times: dict[str, list[float]] = {form: [] for form in commands}
    for _ in range(RUNS):
        for form, command in commands.items():
            times[form].append(milliseconds(command))
    print(f"| the lines of {len(closed)} modules | lines | open in spite of it | one modprobe, ms | more than without, ms |\n"
          "| --- | ---: | ---: | ---: | ---: |")
    print(f"| none | 0 | | {median(times['']):.2f} | |")
    more = {}
    with_softdep = [name for name in kernel.soft_dependencies if name in closed]
    for number, form in enumerate(FORMS):
        more[form] = median(one - without for one, without in zip(times[form], times[""], strict=True))
        opened = len(still_open(kernel, folder / str(number), with_softdep))
        print(f"| {form} | {lines[form]} | {opened} of {len(with_softdep)} with a softdep | {median(times[form]):.2f} | {more[form]:.2f} |")
    return more["`install` and `blacklist`, softdeps emptied"] <= MODPROBE_LIMIT


def cost_of_verbs(kernel: kernels.Kernel, folder: Path) -> bool:
    """Of a tree that has the kernel, and nothing that was recorded."""
    root = folder / "root"
    subprocess.run(["cp", "-al", str(kernel.tree), str(root)], check=True)
    (root / "etc/kmodsec").mkdir(parents=True)
    (root / "etc/kmodsec/policy.toml").write_text("[deny]\neverything_else = true\n")
    print("\n| verb | takes, ms |\n| --- | ---: |")
    slowest = 0.0
    for words in (["learn", "propose"], ["learn", "propose", "--format", "modprobe.d"], ["plan"]):
        command = [KMODSEC, *words, "--root", str(root), "--quiet"]
        took = median(milliseconds(command) for _ in range(7))
        slowest = max(slowest, took)
        print(f"| `{' '.join(words)}` | {took:.0f} |")
    return slowest <= PLAN_LIMIT


def main() -> int:
    kernel = kernels.kernel("6.1")
    with cache.scratch() as folder:
        met = [cost_of_forms(kernel, folder), cost_of_verbs(kernel, folder)]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
