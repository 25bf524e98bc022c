# SPDX-License-Identifier: GPL-2.0-or-later
"""For unittest: a class of tests that look at the same boot."""

import tempfile
import unittest
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from .booting import boot
from .results import Guest


class GuestTest(unittest.TestCase):
    """The guest is booted once for the class, when its first test runs."""

    steps: ClassVar[Mapping[str, str]]
    options: ClassVar[Mapping[str, Any]] = {}
    guest: ClassVar[Guest]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.guest = boot(cls.steps, **cls.options)

    def succeeded(self, *names: str) -> None:
        """Fails the test when a step that prepares the others did not do its work."""
        for name in names:
            step = self.guest[name]
            self.assertEqual(step.exit_code, 0, f"step {name}: {step}")


class StoryTest(unittest.TestCase):
    """Several boots of one whole Debian. The image that it starts from is the one that it has made."""

    folder: ClassVar[Path]
    image: ClassVar[Path]

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="kmodsec-lab-")))
        cls.image = cls.folder / "initrd.img"

    @classmethod
    def next_boot(cls, steps: dict[str, str], **options: Any) -> Guest:
        if cls.image.exists():
            options["initramfs"] = cls.image
        guest = boot({**steps, "image": "cat /boot/initrd.img-$(uname -r)", "sync": "sync"},
                     system="debian", kernel="6.1", timeout=1800.0, disk=cls.folder / "disk", **options)
        cls.image.write_bytes(guest["image"].stdout)
        return guest

    def succeeded(self, guest: Guest, *names: str) -> None:
        for name in names:
            self.assertEqual(guest[name].exit_code, 0, f"step {name}: {guest[name]}\n{guest[name].stderr}")
