# SPDX-License-Identifier: GPL-2.0-or-later
"""A first hour with kmodsec in a whole Debian, as docs/first-hour.md tells it, held against its transcript.

`ACCEPT=1` writes the transcript anew; read it as somebody who never saw the program before it is committed.
"""

import os
import re
import unittest
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from lab.testing import GuestTest
from lab.waiting import AUDITD_HAS_WRITTEN

TRANSCRIPT = Path(__file__).with_name("first_hour.txt")
PAGE = Path(__file__).resolve().parents[2] / "docs/first-hour.md"

SMALL_IMAGE = {
    "/etc/initramfs-tools/modules": "virtio_pci\nvirtio_blk\next4\n",
    "/etc/initramfs-tools/conf.d/small": "MODULES=list\n",
}

AUDIT_RULES = "printf '[audit_rules]\\nenabled = true\\n' >/etc/kmodsec/policy.d/audit.toml"

HOUR: dict[str, tuple[str, ...]] = {
    "What is loaded right now": (
        "kmodsec",
        "kmodsec list --unused",
        "kmodsec show nf_tables",
    ),
    "Signed modules and Secure Boot": (
        "kmodsec verify --loaded",
        "kmodsec verify dummy",
    ),
    "Loading and unloading safely": (
        "kmodsec load dummy --dry-run",
        "kmodsec load dummy --yes",
        "kmodsec unload dummy --yes",
    ),
    "Persisting load and parameters": (
        "kmodsec load dummy numdumies=4 --persist --yes",
        "kmodsec load dummy numdummies=4 --persist --yes",
    ),
    "Hard deny": (
        "kmodsec profiles seed-cis",
        "kmodsec deny --profile seed-cis --dry-run",
        "kmodsec deny --profile seed-cis --yes --quiet",
        "kmodsec doors --profile seed-cis",
        "kmodsec deny --autoload-by-users --dry-run",
    ),
    "Auditing module load events": (
        f"mkdir -p /etc/kmodsec/policy.d && {AUDIT_RULES}",
        "kmodsec apply --yes --quiet",
        "modprobe nlmon",
        "kmodsec events --since boot --module nlmon",
    ),
    "Module integrity baseline": (
        "kmodsec baseline create",
        "kmodsec baseline check",
    ),
    "The audit": (
        "kmodsec audit",
    ),
    "An emergency, and the way back": (
        "kmodsec unblock usb-storage --for 2h --reason 'emergency backup' --yes --quiet",
        "kmodsec history",
        "kmodsec revert --yes --quiet",
    ),
    "Post-boot lockdown": (
        "kmodsec freeze --check",
    ),
}
"""The chapters of the guide that the program comes from, in its order but for two: what undoes and what ends come last."""

BEFORE = {
    "kmodsec events --since boot --module nlmon": AUDITD_HAS_WRITTEN,
}
"""What a step waits for, and nobody has to type."""

MASKS = (
    (r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?Z?", "DATE TIME"),
    (r"\d{4}-\d\d-\d\d", "DATE"),
    (r"\b\d\d:\d\d:\d\d\b", "TIME"),
    (r"6\.1\.0-\d+", "6.1.0-NN"),
    (r"6\.1\.\d+-\d+", "6.1.NNN-N"),
    (r"\[ *\d+\.\d{6}\]", "[SECONDS]"),
    (r"(audited on DATE TIME UTC by kmodsec) \S+", r"\1 VERSION"),
    (r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "BOOT-ID"),
    (r"\b(?:[0-9A-Fa-f]{2}:){7,}[0-9A-Fa-f]{2}\b", "KEY"),
    (r"\b(?=[a-f]*\d)[0-9a-f]{7,}\b", "HEX"),
    (r"\b(pid|ppid) \d+", r"\1 N"),
    (r"\[\d+\]", "[PID]"),
    (r"\b0x[0-9a-f]+\b", "ADDRESS"),
    (r"\b\d+ min after", "N min after"),
    (r"\b\d+ days? (?:old|ago)\b", "N days old"),
    (r"(?<![-\w])\d{3,}\b", "NNN"),
)
"""What differs from one run to the next: times, identities, and what the kernel's package changes: its version, how many."""


LINE_OF_A_FILE = ("+", "-")
"""In a diff."""


def commands() -> Iterator[str]:
    for chapter in HOUR.values():
        yield from chapter


def masked(text: str) -> str:
    for pattern, word in MASKS:
        text = re.sub(pattern, word, text)
    return text


class FirstHour(GuestTest):
    steps: ClassVar = {
        "small image": "update-initramfs -u",
        **{command: f"{BEFORE.get(command, '')} export COLUMNS=80; {{ {command}; }} 2>&1" for command in commands()},
    }
    options: ClassVar = {"system": "debian", "kernel": "6.1", "files": SMALL_IMAGE}

    def transcript(self) -> str:
        lines = []
        for title, chapter in HOUR.items():
            lines += [title, "=" * len(title), ""]
            for command in chapter:
                step = self.guest[command]
                code = f"(exit code {step.exit_code})\n" if step.exit_code else ""
                lines.append(f"# {command}\n{masked(step.output)}{code}")
        return "\n".join(lines)

    def test_reads_as_it_did(self) -> None:
        self.succeeded("small image")
        now = self.transcript()
        if os.environ.get("ACCEPT"):
            TRANSCRIPT.write_text(now)
            self.skipTest(f"Accepted, not tested. Read the difference: git diff {TRANSCRIPT}")
        self.maxDiff = None
        self.assertEqual(now, TRANSCRIPT.read_text() if TRANSCRIPT.exists() else "", "If that is right: ACCEPT=1 ctest -R lab.first_hour")

    def test_nothing_is_wider_than_the_paper(self) -> None:
        lines = [line for command in commands() for line in self.guest[command].lines]
        wide = [line for line in lines if len(line) > 80 and not line.startswith(LINE_OF_A_FILE)]
        self.assertEqual(wide, [])

    def test_nothing_fails_but_what_is_meant_to(self) -> None:
        failed = [command for command in commands() if self.guest[command].exit_code == 2]
        self.assertEqual(failed, ["kmodsec load dummy numdumies=4 --persist --yes"])


class Page(unittest.TestCase):
    def test_has_every_command_of_the_hour(self) -> None:
        page = " ".join(PAGE.read_text().split())
        self.assertEqual([command for command in commands() if command.startswith("kmodsec") and f"`{command}`" not in page], [])

    def test_counts_them(self) -> None:
        page = PAGE.read_text()
        typed = sum(command.startswith("kmodsec") for command in commands())
        replaced = sum(int(number) for number in re.findall(r"(?m)^\|.*\| (\d+) \|$", page))
        self.assertIn(f"These are {typed} commands of kmodsec. They stand for {replaced} of others", page)


if __name__ == "__main__":
    unittest.main()
