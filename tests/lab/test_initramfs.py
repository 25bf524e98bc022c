# SPDX-License-Identifier: GPL-2.0-or-later
"""An initramfs that is older than a deny: the module gets in all the same, kmodsec says so, and a new image ends it."""

import tempfile
import unittest
from pathlib import Path

from lab import debian, kernels
from lab.booting import boot
from lab.filetree import FileTree, write_cpio
from lab.results import Guest, Step
from lab.testing import GuestTest

MODULE = "usb_storage"
DENY = "/etc/modprobe.d/deny.conf"
CHECK = "INITRD-001"
ALIGNMENT = 4
"""Of an archive that is not compressed, in an image."""

LOOK = {
    "loaded": f"grep '^{MODULE} ' /proc/modules",
    "doors": f"kmodsec doors {MODULE} --format json",
    "audit": "kmodsec audit --format json",
}

REBUILD = {
    "update": "update-initramfs -u",
    "doors after": LOOK["doors"],
    "audit after": LOOK["audit"],
    "image": "cat /boot/initrd.img-$(uname -r)",
}

FILES = {
    DENY: "install usb-storage /bin/false\nblacklist usb-storage\n",
    "/etc/initramfs-tools/modules": f"virtio_pci\nvirtio_blk\next4\n{MODULE}\n",
    "/etc/initramfs-tools/conf.d/small": "MODULES=list\n",
}
"""As small an image as will do: emulation takes minutes to make one of all drivers, and to hand it out."""

OPTIONS = {"system": "debian", "kernel": "6.1", "files": FILES}


def stale_image(folder: Path) -> Path:
    """Debian's own, which has no deny, with what initramfs-tools writes for a module that is to be loaded early."""
    image = folder / "stale"
    tree = FileTree()
    tree.file("/conf/modules", f"{MODULE}\n")
    made = (debian.installed(kernels.kernel("6.1")) / "initrd.img").read_bytes()
    with image.open("wb") as file:
        file.write(made + bytes(-len(made) % ALIGNMENT))
        write_cpio(tree, file)
    return image


class StaleImage(GuestTest):
    steps = {**LOOK, **REBUILD}
    rebooted: Guest

    @classmethod
    def setUpClass(cls) -> None:
        folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="kmodsec-lab-")))
        cls.options = {**OPTIONS, "initramfs": stale_image(folder)}
        super().setUpClass()
        rebuilt = folder / "rebuilt"
        rebuilt.write_bytes(cls.guest["image"].stdout)
        cls.rebooted = boot(LOOK, **OPTIONS, initramfs=rebuilt)

    def findings(self, step: Step) -> list[str]:
        check = next(one for one in step.json["checks"] if one["id"] == CHECK)
        self.assertIn(check["status"], ("pass", "fail"), check)
        return [finding["subject"] for finding in check["findings"]]

    def door(self, step: Step) -> dict:
        return next(door for door in step.json["modules"][0]["load_paths"] if door["load_path"] == "initramfs")

    def test_the_module_is_in_despite_the_deny(self) -> None:
        self.succeeded("loaded")

    def test_we_say_so(self) -> None:
        self.assertEqual(self.door(self.guest["doors"])["outcome"], "loads")
        self.assertFalse(self.guest["doors"].json["modules"][0]["denied"])
        self.assertIn(MODULE, self.findings(self.guest["audit"]))

    def test_a_new_image_has_the_deny(self) -> None:
        self.succeeded("update")
        door = self.door(self.guest["doors after"])
        self.assertEqual(door["outcome"], "denied")
        self.assertTrue(door["decided_by"]["file"].endswith(f":{DENY}"), door)
        self.assertNotIn(MODULE, self.findings(self.guest["audit after"]))

    def test_it_stays_out_of_the_next_boot(self) -> None:
        self.assertEqual(self.rebooted["loaded"].exit_code, 1)
        self.assertEqual(self.door(self.rebooted["doors"])["outcome"], "denied")
        self.assertTrue(self.rebooted["doors"].json["modules"][0]["denied"])
        self.assertNotIn(MODULE, self.findings(self.rebooted["audit"]))


if __name__ == "__main__":
    unittest.main()
