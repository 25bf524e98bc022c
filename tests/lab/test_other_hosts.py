# SPDX-License-Identifier: GPL-2.0-or-later
"""Hosts that are not made like Debian's own: what the kernel does there, and what kmodsec says of it."""

import io
import tempfile
import unittest
from pathlib import Path
from typing import Any

from lab import debian, kernels
from lab.filetree import FileTree, write_cpio
from lab.results import Step
from lab.testing import GuestTest
from lab.waiting import until

SLOW = "kmodsec_lab_slow_exit"


def load_path(step: Step, kind: str) -> dict[str, Any]:
    return next(one for one in step.json["modules"][0]["load_paths"] if one["load_path"] == kind)


def check(step: Step, identifier: str) -> dict[str, Any]:
    return next(one for one in step.json["checks"] if one["id"] == identifier)


class CommandInAnIndexFile(GuestTest):
    """kmod reads modules.softdep as a file of modprobe.d, so that an `install` line there runs as root."""

    steps = {
        "before": "kmodsec baseline create --yes >/dev/null; kmodsec doors dummy --format json",
        "planted": "echo \"install dummy /bin/sh -c 'id -u >/tmp/ran; exec modprobe -i dummy'\" "
                   ">>/lib/modules/$(uname -r)/modules.softdep",
        "doors": "kmodsec doors dummy --format json",
        "audit": "kmodsec audit --format json",
        "baseline": "kmodsec baseline check --format json",
        "asked": "ip link add name d0 type dummy; cat /tmp/ran",
    }
    options = {"modules": ["dummy"]}

    def test_the_kernel_runs_it_as_root(self) -> None:
        self.assertEqual(self.guest["asked"].output.strip(), "0")

    def test_the_load_path_runs_a_command(self) -> None:
        self.assertEqual(load_path(self.guest["before"], "alias")["outcome"], "loads")
        path = load_path(self.guest["doors"], "alias")
        self.assertEqual(path["outcome"], "runs", path)
        self.assertTrue(path["decided_by"]["file"].endswith("/modules.softdep"), path)

    def test_the_audit_finds_it(self) -> None:
        said = [finding for one in self.guest["audit"].json["checks"] for finding in one["findings"]]
        self.assertTrue(any("modules.softdep" in str(finding) for finding in said), said)

    def test_the_baseline_does_not_explain_it(self) -> None:
        self.assertEqual(self.guest["baseline"].exit_code, 1, self.guest["baseline"])
        self.assertIn("modules.softdep", self.guest["baseline"].output)


class BusyboxAsModprobe(GuestTest):
    """busybox' modprobe knows no `install` line, so that a deny by such a line stops nothing."""

    ask = "mount -t udf none /mnt; grep -c '^udf ' /proc/modules"
    steps = {
        "deny": "echo 'install udf /bin/false' >/etc/modprobe.d/deny.conf",
        "doors of kmod": "kmodsec doors udf --format json",
        "asked of kmod": ask,
        "replace": "ln -sf /bin/busybox /sbin/modprobe",
        "doors of busybox": "kmodsec doors udf --format json",
        "asked of busybox": ask,
    }
    options = {"modules": ["udf"]}

    def test_the_kernel_loads_it_by_busybox_alone(self) -> None:
        self.assertEqual(self.guest["asked of kmod"].output.strip(), "0")
        self.assertEqual(self.guest["asked of busybox"].output.strip(), "1")

    def test_we_say_so(self) -> None:
        self.assertEqual(load_path(self.guest["doors of kmod"], "alias")["outcome"], "denied")
        self.assertEqual(load_path(self.guest["doors of busybox"], "alias")["outcome"], "loads")


class ModuleThatHangs(GuestTest):
    """A module that does not come out of its exit function has no count of references, until the next boot."""

    steps = {
        "hanging": f"modprobe {SLOW}; rmmod {SLOW} & {until(f'grep -q {SLOW}.*Unloading /proc/modules')}; "
                   f"grep {SLOW} /proc/modules",
        "list": "kmodsec list --format json",
        "audit": "kmodsec audit --format json",
        "end": f"echo 1 >/sys/module/{SLOW}/parameters/may_go; {until(f'! grep -q {SLOW} /proc/modules')}",
    }
    options = {"modules": [SLOW, "dummy"]}

    def test_the_kernel_has_no_count(self) -> None:
        self.assertIn(" -1 - Unloading ", self.guest["hanging"].output)

    def test_the_list_has_it(self) -> None:
        names = [module["name"] for module in self.guest["list"].json["modules"]]
        self.assertIn(SLOW, names)

    def test_the_audit_sees_what_is_loaded(self) -> None:
        self.assertIn(check(self.guest["audit"], "TAINT-001")["status"], ("pass", "fail"))


class UnifiedImage(GuestTest):
    """An add-on of a unified kernel image adds to the command line: here, a module that the kernel shall refuse."""

    steps = {
        "asked": "modprobe sctp; grep -c '^sctp ' /proc/modules",
        "mounted": "modprobe -a virtio_pci virtio_blk vfat; mkdir -p /boot/efi /seen; "
                   f"{until('[ -b /dev/vda ]')}; mount -t vfat -o ro /dev/vda /boot/efi",
        "doors": "kmodsec doors sctp --format json",
        "from outside": "mount --bind / /seen && mount --bind /boot/efi /seen/boot/efi && "
                        "kmodsec doors sctp --root /seen --format json",
        "without it": "umount /seen/boot/efi; kmodsec doors sctp --root /seen --format json",
    }
    options = {"modules": ["sctp", "vfat", "nls_cp437", "nls_ascii", "virtio_pci", "virtio_blk"],
               "addons": {"deny": "module_blacklist=sctp"}}

    def test_the_kernel_refuses_it(self) -> None:
        self.assertEqual(self.guest["asked"].output.strip(), "0")

    def test_the_running_host_says_so(self) -> None:
        self.assertEqual(load_path(self.guest["doors"], "alias")["outcome"], "denied")

    def test_its_files_say_so(self) -> None:
        self.succeeded("mounted")
        path = load_path(self.guest["from outside"], "alias")
        self.assertEqual(path["outcome"], "denied", path)

    def test_without_them_it_is_not_known(self) -> None:
        step = self.guest["without it"]
        self.assertEqual(load_path(step, "alias")["outcome"], "loads")
        self.assertIn("/boot", str(step.json["unseen"]))


def image_that_loads(module: str, folder: Path) -> Path:
    """Debian's own, with what initramfs-tools writes for a module that is to be loaded early."""
    image, tree, loads = folder / "image", FileTree(), io.BytesIO()
    tree.file("/conf/modules", f"{module}\n")
    write_cpio(tree, loads)
    made = (debian.installed(kernels.kernel("6.1")) / "initrd.img").read_bytes()
    image.write_bytes(made + bytes(-len(made) % 4) + loads.getvalue())
    return image


class ImageOfAnotherName(GuestTest):
    """Which image a kernel starts from is what its boot entry names, whatever the name."""

    steps = {
        "loaded": "grep '^usb_storage ' /proc/modules",
        "named": "mv /boot/initrd.img-$(uname -r) /boot/early && mkdir -p /boot/loader/entries && "
                 "printf 'linux /vmlinuz-%s\\ninitrd /early\\noptions root=LABEL=lab\\n' $(uname -r) "
                 ">/boot/loader/entries/lab.conf",
        "doors": "kmodsec doors usb_storage --format json",
        "unmounted": "mkdir /kept && mv /boot/* /kept && echo 'LABEL=boot /boot ext4 defaults 0 2' >>/etc/fstab",
        "doors unmounted": "kmodsec doors usb_storage --format json",
    }

    @classmethod
    def setUpClass(cls) -> None:
        folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="kmodsec-lab-")))
        cls.options = {"system": "debian", "kernel": "6.1", "initramfs": image_that_loads("usb_storage", folder),
                       "files": {"/etc/modprobe.d/deny.conf": "install usb-storage /bin/false\nblacklist usb-storage\n"}}
        super().setUpClass()

    def test_the_image_loads_the_module(self) -> None:
        self.succeeded("loaded", "named", "unmounted")

    def test_the_image_of_the_entry_is_read(self) -> None:
        path = load_path(self.guest["doors"], "initramfs")
        self.assertEqual(path["outcome"], "loads", path)

    def test_an_image_that_cannot_be_seen_is_a_gap(self) -> None:
        step = self.guest["doors unmounted"]
        self.assertEqual(step.exit_code, 3, step.output)
        self.assertIn("/boot", str(step.json["unseen"]))


if __name__ == "__main__":
    unittest.main()
