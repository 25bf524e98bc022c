# SPDX-License-Identifier: GPL-2.0-or-later
"""For unittest: a class of tests that look at the same boot."""

import unittest
from collections.abc import Mapping
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
