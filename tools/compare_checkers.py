#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What other checkers say of the same modprobe.d, beside kmodsec and the kernel: the table of docs/other-checkers.md.

The kernel is really asked, in a virtual machine, and so is Lynis. Of ComplianceAsCode and debian-cis it is their
patterns that are applied, as they stand in their sources.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

TREE = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TREE), str(TREE / "tests/lab")]

from test_doors import CONFIGURATIONS, ETC, LIB, OPTIONS, RUN, step

from lab import apt
from lab.booting import boot

CLOSED, OPEN, SILENT, NO_TEST = "closed", "open", "says nothing", "no test"
LOAD = "/etc/modules-load.d"
TIME_LIMIT = 3600.0

MORE: dict[str, dict[str, str]] = {
    "as CIS writes it": {f"{ETC}/a.conf": "install udf /usr/bin/false\nblacklist udf"},
    "both, with a dash": {f"{ETC}/a.conf": "install usb-storage /bin/false\nblacklist usb-storage"},
    "both, with an underscore": {f"{ETC}/a.conf": "install usb_storage /bin/false\nblacklist usb_storage"},
    "a blank at the end": {f"{ETC}/a.conf": "install udf /bin/false \nblacklist udf"},
    "hidden by /etc": {f"{ETC}/a.conf": "# nothing", f"{LIB}/a.conf": "install udf /bin/false\nblacklist udf"},
    "not named .conf": {f"{ETC}/deny": "install udf /bin/false\nblacklist udf"},
    "in modules-load.d": {f"{LOAD}/deny.conf": "install udf /bin/false\nblacklist udf"},
    "too late": {f"{ETC}/a.conf": "install udf /sbin/modprobe -i udf", f"{ETC}/b.conf": "install udf /bin/false\nblacklist udf"},
    "in /run": {f"{RUN}/a.conf": "install udf /bin/false\nblacklist udf"},
}

CASES = (
    ("nothing", "udf"), ("install false", "udf"), ("install true", "udf"), ("as CIS writes it", "udf"),
    ("blacklist", "udf"), ("blacklist", "usb_storage"), ("both, with a dash", "usb_storage"),
    ("both, with an underscore", "usb_storage"), ("voided by a softdep", "ksmbd"), ("empty softdep first", "ksmbd"),
    ("too late", "udf"), ("hidden by /etc", "udf"), ("not named .conf", "udf"), ("in /run", "udf"),
    ("in modules-load.d", "udf"), ("comments", "udf"), ("comments", "usb_storage"), ("a blank at the end", "udf"),
    ("broken lines", "udf"), ("everything", "udf"), ("alias off", "udf"),
)
"""A configuration, of tests/lab/test_doors.py or of `MORE`, and the module that it is to keep out."""


class Asked(NamedTuple):
    """What the guest says of one case."""

    kernel: str
    kmodsec: str
    lynis: str


def files_of(case: str) -> dict[str, str]:
    return MORE.get(case) or CONFIGURATIONS[case]


def guest_answers() -> dict[tuple[str, str], Asked]:
    _, lynis = apt.unpacked("lynis")
    package = lynis / "usr/share/lynis"
    files = {f"/lab/lynis/{path.relative_to(package)}": path for path in package.rglob("*") if path.is_file()}
    files["/usr/local/bin/ask_lynis.sh"] = TREE / "lab/guest/ask_lynis.sh"
    steps = {f"{case}, {module}": f"rm -f {LOAD}/deny.conf\n" + step(files_of(case), (module,))
             + "\necho ===; ask_lynis.sh" for case, module in CASES}
    guest = boot(steps, **{**OPTIONS, "files": OPTIONS["files"] | files, "timeout": TIME_LIMIT})
    return {(case, module): asked(module, guest[f"{case}, {module}"].output) for case, module in CASES}


def asked(module: str, output: str) -> Asked:
    """insmod does not count: root can, whatever stands in modprobe.d. Nor does the image, which none of the others opens."""
    document, outcomes, lynis = output.split("===\n")
    doors = json.loads(document)["modules"][0]["load_paths"]
    ours = [door["outcome"] == "loads" for door in doors if door["load_path"] not in ("insmod", "initramfs")]
    theirs = [line.endswith(" loaded") for line in outcomes.splitlines() if line.split()[1] != "insmod"]
    return Asked(OPEN if any(theirs) else CLOSED, OPEN if any(ours) else CLOSED, lynis_says(module, lynis))


def lynis_says(module: str, lines: str) -> str:
    """FILE-6430 (Disable mounting of some filesystems) and USB-1000 (Check if USB storage is disabled)."""
    if not all(f"Performing test ID {test} " in lines for test in ("FILE-6430", "USB-1000")):
        raise SystemExit(f"Lynis did not run its tests:\n{lines}")
    if module == "udf":
        return CLOSED if f"module {module} is blacklisted" in lines else SILENT
    if module == "usb_storage":
        return CLOSED if "driver is disabled" in lines else OPEN
    return NO_TEST


def text_of(files: dict[str, str], folders: tuple[str, ...]) -> str:
    """Of the files named .conf there."""
    return "".join(f"{text}\n" for path, text in files.items() if path.startswith(folders) and path.endswith(".conf"))


CONTENT_FOLDERS = tuple(f"{top}/{name}.d/" for top in ("/etc", "/run", "/usr/lib") for name in ("modprobe", "modules-load"))


def content_says(files: dict[str, str], module: str, also_blacklist: bool) -> str:
    """ComplianceAsCode, shared/templates/kernel_module_disabled/oval.template."""
    name = {"usb_storage": "usb-storage"}.get(module, module)
    patterns = [rf"^\s*install\s+{name}\s+(/bin/false|/bin/true)$"] + [rf"^blacklist\s+{name}$"] * also_blacklist
    text = text_of(files, CONTENT_FOLDERS)
    return CLOSED if all(re.search(pattern, text, re.MULTILINE) for pattern in patterns) else OPEN


def debian_cis_says(files: dict[str, str], module: str) -> str:
    """ovh/debian-cis, lib/utils.sh, is_kernel_module_disabled. When that fails it looks for the module's name among the
    options of the kernel's configuration, where no module's name stands, and passes too."""
    patterns = (rf"\s?+[^#]?blacklist\s+{module}\s?$", rf"\s?+[^#]?install\s+{module}\s+/bin/(true|false)\s?$")
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
        file.write(text_of(files, (f"{ETC}/",)))
        file.flush()
        found = [subprocess.run(["grep", "-qE", pattern, file.name], check=False).returncode == 0 for pattern in patterns]
    return CLOSED if any(found) else f"{CLOSED}: not available"


CHECKERS: dict[str, Callable[[dict[str, str], str, Asked], str]] = {
    "Lynis": lambda files, module, asked: asked.lynis,
    "CaC, Debian": lambda files, module, asked: content_says(files, module, also_blacklist=False),
    "CaC, Ubuntu and RHEL": lambda files, module, asked: content_says(files, module, also_blacklist=True),
    "debian-cis": lambda files, module, asked: debian_cis_says(files, module),
    "kmodsec": lambda files, module, asked: asked.kmodsec,
}


def written(files: dict[str, str], module: str) -> str:
    """The lines about a module; the file too when it is not the usual one."""
    words = module.replace("_", "[-_]")
    lines = [f"`{line.strip()}`" + ("" if path == f"{ETC}/a.conf" else f" in {path}")
             for path, text in files.items() for line in text.replace("\\\n", " ").splitlines()
             if re.search(rf"{words}|\*", line)]
    return ", ".join(lines) or "nothing"


def cell(says: str, kernel: str) -> str:
    is_wrong = says.split(":")[0] in (CLOSED, OPEN) and says.split(":")[0] != kernel
    return f"**{says}**" if is_wrong else says


def rows(answers: dict[tuple[str, str], Asked]) -> Iterator[str]:
    yield "| case | what stands there | module | the kernel | " + " | ".join(CHECKERS) + " |"
    yield "| --- " * (4 + len(CHECKERS)) + "|"
    for (case, module), asked in answers.items():
        files = files_of(case)
        cells = [cell(says(files, module, asked), asked.kernel) for says in CHECKERS.values()]
        yield f"| {case} | {written(files, module)} | {module} | {asked.kernel} | " + " | ".join(cells) + " |"


def main() -> None:
    print(*rows(guest_answers()), sep="\n")


if __name__ == "__main__":
    main()
