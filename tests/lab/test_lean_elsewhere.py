# SPDX-License-Identifier: GPL-2.0-or-later
"""The story of lean_story.py on another kernel, and with an initramfs that dracut made."""

import unittest
from typing import ClassVar

from tests.lab import lean_story
from tests.lab.test_dracut import SMALL_DRACUT_IMAGE


class LeanWithNewerKernel(lean_story.LeanTests):
    kernel = "6.12"


class LeanWithDracut(lean_story.LeanTests):
    options: ClassVar = {"initramfs_tool": "dracut"}
    small_files: ClassVar = {**lean_story.SMALL_FILES, "/etc/dracut.conf.d/small.conf": SMALL_DRACUT_IMAGE}
    make_image = "dracut --force"
    make_next_image = f"dracut --force /boot/initrd.img-{lean_story.NEXT} {lean_story.NEXT}"
    denies_of_next_image = f"lsinitrd -f etc/modprobe.d/00-kmodsec-deny.conf /boot/initrd.img-{lean_story.NEXT}"


if __name__ == "__main__":
    unittest.main()
