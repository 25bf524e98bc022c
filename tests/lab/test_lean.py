# SPDX-License-Identifier: GPL-2.0-or-later
"""The story of lean_story.py on Debian's kernel 6.1, with initramfs-tools."""

import unittest

from tests.lab import lean_story


class Lean(lean_story.LeanTests):
    pass


if __name__ == "__main__":
    unittest.main()
