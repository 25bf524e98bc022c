# SPDX-License-Identifier: GPL-2.0-or-later
"""For unittest: a class of tests that look at the same boot."""

import logging
import tempfile
import unittest
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from .booting import boot
from .results import Guest

logging.getLogger("lab").setLevel(logging.INFO)
logging.basicConfig(format="lab: %(message)s")

LAST_LINES = 40


class ShowsConsole(unittest.TestCase):
    """The first failure of a class ends with what its guests said last."""

    guests: ClassVar[list[Guest]]
    console_was_shown: ClassVar[bool]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.guests, cls.console_was_shown = [], False

    def run(self, result: unittest.TestResult | None = None) -> unittest.TestResult | None:
        assert result is not None
        before = {id(entry) for kind in (result.failures, result.errors) for entry in kind}
        super().run(result)
        for kind in (result.failures, result.errors):
            for number, (test, text) in enumerate(kind):
                if id(kind[number]) not in before and not self.console_was_shown:
                    kind[number] = (test, text + self._consoles())
                    type(self).console_was_shown = True
        return result

    def _consoles(self) -> str:
        lines = []
        for number, guest in enumerate(self.guests, start=1):
            last = guest.console.splitlines()[-LAST_LINES:]
            lines += ["", f"last {len(last)} lines of the console of boot {number} of {len(self.guests)}:", *last]
        return "\n".join([*lines, ""])


class GuestTest(ShowsConsole):
    """The guest is booted once for the class, when its first test runs."""

    steps: ClassVar[Mapping[str, str]]
    options: ClassVar[Mapping[str, Any]] = {}
    guest: ClassVar[Guest]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.guest = boot(cls.steps, **cls.options)
        cls.guests.append(cls.guest)

    def succeeded(self, *names: str) -> None:
        """Fails the test when a step that prepares the others did not do its work."""
        for name in names:
            step = self.guest[name]
            self.assertEqual(step.exit_code, 0, f"step {name}: {step}")


class StoryTest(ShowsConsole):
    """Several boots of one whole Debian. The image that it starts from is the one that it has made."""

    kernel: ClassVar[str] = "6.1"
    folder: ClassVar[Path]
    image: ClassVar[Path]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="kmodsec-lab-")))
        cls.image = cls.folder / "initrd.img"

    @classmethod
    def next_boot(cls, steps: dict[str, str], **options: Any) -> Guest:
        if cls.image.exists():
            options["initramfs"] = cls.image
        guest = boot({**steps, "image": "cat /boot/initrd.img-$(uname -r)", "sync": "sync"},
                     system="debian", kernel=cls.kernel, disk=cls.folder / "disk", **options)
        cls.guests.append(guest)
        cls.image.write_bytes(guest["image"].stdout)
        return guest

    def succeeded(self, guest: Guest, *names: str) -> None:
        for name in names:
            self.assertEqual(guest[name].exit_code, 0, f"step {name}: {guest[name]}\n{guest[name].stderr}")
