# SPDX-License-Identifier: GPL-2.0-or-later
"""`kmodsec doors` against the kernel: each module is really asked for, through each door, under each configuration."""

import io
import json
import shlex
import unittest
from pathlib import Path
from typing import Any, ClassVar

from lab import kernels
from lab.filetree import FileTree, write_cpio
from lab.testing import GuestTest

GUEST = Path(__file__).parents[2] / "lab/guest"
ASK = "/usr/local/bin/ask_doors.sh"
MODULES = ("can", "udf", "crc32_generic", "usb_storage", "ksmbd")

ETC, RUN, LIB = "/etc/modprobe.d", "/run/modprobe.d", "/usr/lib/modprobe.d"

CONFIGURATIONS: dict[str, dict[str, str]] = {
    "nothing": {},
    "install false": {f"{ETC}/a.conf": "install can /bin/false\ninstall udf /bin/false\ninstall usb-storage /bin/false"},
    "install true": {f"{ETC}/a.conf": "install can /bin/true\ninstall udf /bin/true\ninstall usb_storage /bin/true"},
    "blacklist": {f"{ETC}/a.conf": "blacklist can\nblacklist udf\nblacklist usb-storage\nblacklist crc32_generic"},
    "both": {f"{ETC}/a.conf": "install can /bin/false\nblacklist can\ninstall usb-storage /bin/false\nblacklist usb-storage"},
    "voided by a softdep": {f"{ETC}/a.conf": "install ksmbd /bin/false\nblacklist ksmbd"},
    "empty softdep first": {f"{ETC}/a.conf": "softdep ksmbd pre:\ninstall ksmbd /bin/false\nblacklist ksmbd"},
    "empty softdep last": {f"{ETC}/z.conf": "softdep ksmbd pre:\ninstall ksmbd /bin/false"},
    "a softdep of our own": {f"{ETC}/a.conf": "install udf /bin/false\nsoftdep udf pre: can"},
    "a softdep of nothing": {f"{ETC}/a.conf": "install udf /bin/false\nsoftdep udf pre: no_such_module"},
    "softdep target denied": {f"{ETC}/a.conf": "install crc32_generic /bin/false"},
    "softdep target blacklisted": {f"{ETC}/a.conf": "blacklist crc32_generic"},
    "first install wins": {f"{ETC}/a.conf": "install udf /sbin/modprobe -i udf", f"{ETC}/b.conf": "install udf /bin/false"},
    "first deny wins": {f"{ETC}/a.conf": "install udf /bin/false", f"{ETC}/b.conf": "install udf /sbin/modprobe -i udf"},
    "masked by etc": {f"{ETC}/a.conf": "# nothing", f"{LIB}/a.conf": "install can /bin/false\nblacklist udf"},
    "run beats lib": {f"{RUN}/a.conf": "install can /bin/false", f"{LIB}/a.conf": "install udf /bin/false"},
    "order is by name": {f"{LIB}/a.conf": "install can /bin/false", f"{ETC}/b.conf": "install can /sbin/modprobe -i can"},
    "no ending": {f"{ETC}/deny": "install can /bin/false", f"{ETC}/x.conf.bak": "blacklist udf"},
    "pattern": {f"{ETC}/a.conf": "install u[ds]* /bin/false"},
    "everything": {f"{ETC}/a.conf": "install * /bin/false"},
    "continued": {f"{ETC}/a.conf": "install udf \\\n  /bin/false\nblacklist \\\ncan"},
    "comments": {f"{ETC}/a.conf": "#install can /bin/false\n # blacklist udf\ninstall usb-storage /bin/false # CIS"},
    "broken lines": {f"{ETC}/a.conf": "install can\ninclude /etc/x\ninstal udf /bin/false\nblacklist"},
    "alias off": {f"{ETC}/a.conf": "alias net-pf-29 off\nalias fs-udf off"},
    "alias by install": {f"{ETC}/a.conf": "install net-pf-29 /bin/false\ninstall fs-udf /bin/false"},
    "alias blacklisted": {f"{ETC}/a.conf": "blacklist net-pf-29\nblacklist fs-udf"},
    "name leads elsewhere": {f"{ETC}/a.conf": "alias udf off"},
    "dependency denied": {f"{ETC}/a.conf": "install crc_itu_t /bin/false\ninstall can_raw /bin/false"},
    "dependency pretended": {f"{ETC}/a.conf": "install crc_itu_t /bin/true"},
    "dependency blacklisted": {f"{ETC}/a.conf": "blacklist crc_itu_t\nblacklist can"},
}

AT_BOOT = f"for module in {' '.join(MODULES)}; do echo $module; done >/etc/modules-load.d/asked.conf"


def step(files: dict[str, str], modules: tuple[str, ...] = MODULES) -> str:
    """Writes the configuration, asks us, asks the kernel."""
    asked = " ".join(modules)
    lines = [AT_BOOT, f"rm -f {ETC}/* {RUN}/* {LIB}/[a-z].conf; mkdir -p {RUN}"]
    lines += [f"printf '%s\\n' {shlex.quote(text)} >{path}" for path, text in files.items()]
    lines += [f"kmodsec doors {asked} --format json >/tmp/doors.json", f"{ASK} {asked} >/tmp/asked",
              "cat /tmp/doors.json; echo ===; cat /tmp/asked"]
    return "\n".join(lines)


def small_image() -> bytes:
    """For /boot, where each call of `doors` reads it. Debian's own has all drivers, and is long to unpack."""
    tree, image = FileTree(), io.BytesIO()
    tree.file("/conf/modules", "")
    write_cpio(tree, image)
    return image.getvalue()


class Doors:
    """The classes below are the boots."""

    maxDiff = None
    options: ClassVar[dict[str, Any]] = {}

    @classmethod
    def setUpClass(cls) -> None:
        image = f"/boot/initrd.img-{kernels.kernel('6.1').release}"
        cls.options = {**cls.options, "system": "debian", "kernel": "6.1",
                       "files": {ASK: GUEST / "ask_doors.sh", image: small_image()}}
        super().setUpClass()

    def test_the_kernel_says_the_same(self) -> None:
        for name in self.steps:
            ours, asked = self.told(name)
            with self.subTest(name):
                self.assertEqual({door: self.outcomes(ours)[door] for door in asked}, asked)

    def told(self, name: str) -> tuple[dict, dict[tuple[str, str], str]]:
        document, _, lines = self.guest[name].output.partition("===\n")
        asked = {(module, door): outcome for module, door, outcome in map(str.split, lines.splitlines())}
        self.assertEqual(len(asked), 22, self.guest[name])
        return json.loads(document), asked

    @staticmethod
    def outcomes(document: dict) -> dict[tuple[str, str], str]:
        return {(module["name"], door["load_path"]): "loaded" if door["outcome"] == "loads" else "not"
                for module in document["modules"] for door in module["load_paths"]}


class UnderEachConfiguration(Doors, GuestTest):
    steps = {name: step(files) for name, files in CONFIGURATIONS.items()}

    def test_a_deny_voided_by_a_softdep_is_explained(self) -> None:
        ours, _ = self.told("voided by a softdep")
        ksmbd = next(module for module in ours["modules"] if module["name"] == "ksmbd")
        name = ksmbd["load_paths"][0]
        self.assertEqual((ksmbd["denied"], name["outcome"]), (False, "loads"))
        self.assertIn(f"install line of {ETC}/a.conf:1 is not reached", name["note"])
        self.assertTrue(name["decided_by"]["file"].endswith("modules.softdep"))


class WithModuleBlacklist(Doors, GuestTest):
    steps = {"nothing": step({}), "frozen": "echo 1 >/proc/sys/kernel/modules_disabled;" + step({})}
    options = {"cmdline": "module_blacklist=can,udf,usb-storage"}

    def test_a_name_with_a_dash_is_none(self) -> None:
        _, asked = self.told("nothing")
        self.assertEqual((asked["usb_storage", "insmod"], asked["can", "insmod"]), ("loaded", "not"))


if __name__ == "__main__":
    unittest.main()
