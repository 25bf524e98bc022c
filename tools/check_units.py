#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Has systemd read the units of packaging/systemd/ as it would on a host that has the package. Prints what it finds."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

UNITS = Path(__file__).resolve().parents[1] / "packaging/systemd"
# What such a host has, and this one may lack: systemd asks for the program of each unit.
PROGRAMS = ("/usr/bin/kmodsec", "/usr/bin/curl")
# No settings of a unit may be less strict than that: systemd's own measure, 0 to 10.
MOST_EXPOSED = {"kmodsec-data.service": 2.0, "kmodsec-data-fetch.service": 2.0}


def copied(folder: Path) -> list[Path]:
    """The units, with a program that exists in the place of those that they start."""
    units = []
    for unit in sorted(UNITS.iterdir()):
        text = unit.read_text()
        for program in PROGRAMS:
            text = text.replace(program, "/bin/true")
        copy = folder / unit.name
        copy.write_text(text)
        units.append(copy)
    return units


def verify(units: list[Path]) -> str:
    ran = subprocess.run(["systemd-analyze", "--man=no", "verify", *units], capture_output=True, text=True, check=False)
    ours = [line for line in ran.stderr.splitlines() if "kmodsec" in line]
    return "\n".join(ours) or ("systemd-analyze verify failed" if ran.returncode else "")


def exposure(unit: Path) -> float:
    ran = subprocess.run(["systemd-analyze", "security", "--offline=yes", "--no-pager", unit], capture_output=True, text=True, check=False)
    words = ran.stdout.rsplit("exposure level for", 1)[-1].split()
    return float(words[1])


def main() -> int:
    if shutil.which("systemd-analyze") is None:
        print("systemd-analyze is not here: the units were not examined", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory(prefix="kmodsec-units-") as folder:
        units = copied(Path(folder))
        flaws = verify(units)
        for unit in units:
            most = MOST_EXPOSED.get(unit.name)
            if most is not None and exposure(unit) > most:
                flaws += f"\n{unit.name}: its exposure is {exposure(unit)}, above {most}"
    print(flaws.strip())
    return int(bool(flaws))


if __name__ == "__main__":
    sys.exit(main())
