# SPDX-License-Identifier: GPL-2.0-or-later
"""A policy on a Debian whose initramfs is made by dracut."""

import unittest

from lab.results import Guest
from lab.testing import StoryTest

SMALL_DRACUT_IMAGE = """\
drivers="virtio_pci virtio_blk ext4 hfs cdrom"
omit_dracutmodules+=" drm plymouth network crypt lvm mdraid dmraid btrfs multipath nfs iscsi "
"""


class Dracut(StoryTest):
    """Two boots. The command line of the second one asks for a denied module that the image has."""

    applied: Guest
    denying: Guest

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.applied = cls.next_boot({
            "apply": "kmodsec deny hfs sctp --yes",
            "plan": "kmodsec plan",
            "image has the deny": "lsinitrd -f etc/modprobe.d/00-kmodsec-deny.conf /boot/initrd.img-$(uname -r)",
            "image has the module": "lsinitrd /boot/initrd.img-$(uname -r) | grep hfs.ko",
        }, initramfs_tool="dracut", files={"/etc/dracut.conf.d/small.conf": SMALL_DRACUT_IMAGE})
        cls.denying = cls.next_boot({
            "loaded": "grep -E '^(hfs|sctp) ' /proc/modules",
            "by name": "modprobe hfs 2>/dev/null || modprobe sctp 2>/dev/null",
            "asked for": "cat /proc/cmdline",
        }, initramfs_tool="dracut", cmdline="rd.driver.pre=hfs")

    def test_apply_makes_the_image_anew(self) -> None:
        self.succeeded(self.applied, "apply", "plan", "image has the deny", "image has the module")
        self.assertIn("Every module that the policy denies is closed", self.applied["apply"].output)
        self.assertIn("install hfs /bin/false", self.applied["image has the deny"].output)

    def test_the_image_loads_nothing_denied(self) -> None:
        self.assertIn("rd.driver.pre=hfs", self.denying["asked for"].output)
        self.assertEqual(self.denying["loaded"].output, "")
        self.assertNotEqual(self.denying["by name"].exit_code, 0)


if __name__ == "__main__":
    unittest.main()
