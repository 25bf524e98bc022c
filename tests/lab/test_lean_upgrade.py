# SPDX-License-Identifier: GPL-2.0-or-later
"""A lean host gets the next kernel of Debian, by the real packages, and starts it: nothing of it was open for a moment."""

import unittest
from typing import ClassVar

from lab import kernels, product_package
from lab.results import Guest
from lab.testing import StoryTest
from tests.lab import lean_story

NEWEST = "6.1"
DENIES = "etc/modprobe.d/00-kmodsec-deny.conf"
KERNEL_PACKAGE = "/root/next-kernel.deb"

INSTALL_PRODUCT = "DEBIAN_FRONTEND=noninteractive dpkg -i /lab/packages/*.deb >&2"
MODULES_OF = "find /lib/modules/{0} -name '*.ko*' | sed 's,.*/,,; s,[.]ko.*,,; y,-,_,' | sort -u"


class LeanUpgrade(StoryTest):
    """Three boots of one host: it learns, it is enforced and upgraded, it starts the new kernel."""

    kernel = "6.1-before"
    upgraded: Guest
    started: Guest
    next_release: ClassVar[str]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        following = kernels.kernel(NEWEST)
        cls.next_release = following.release
        cls.boot({"product": INSTALL_PRODUCT, "small image": "update-initramfs -u", **lean_story.WORK, "record": "kmodsec learn record"},
                 package=True, files=lean_story.SMALL_FILES)
        cls.upgraded = cls.boot({
            **lean_story.WORK,
            "record": "kmodsec learn record",
            "policy": "mkdir -p /etc/kmodsec && mv /root/policy.toml /etc/kmodsec",
            "apply": "kmodsec apply --yes --override usage-record",
            "upgrade": f"dpkg -i {KERNEL_PACKAGE}",
            "new modules": f"{MODULES_OF.format(following.release)} >/tmp/new; {MODULES_OF.format('$(uname -r)')} | comm -13 - /tmp/new",
            "next image": f"cat /boot/initrd.img-{following.release}",
            "denies in it": f"unmkinitramfs /boot/initrd.img-{following.release} /tmp/next && find /tmp/next -path '*/{DENIES}' -exec cat {{}} +",
            "denies": f"cat /{DENIES}",
        }, files={"/root/policy.toml": lean_story.POLICY, KERNEL_PACKAGE: product_package.archive(following.package)})
        cls.image.write_bytes(cls.upgraded["next image"].stdout)
        cls.started = cls.boot({
            "release": "uname -r",
            **lean_story.WORK,
            "plan": "kmodsec plan",
            "closed": lean_story.CLOSED,
            "by name": lean_story.BY_NAME,
            "by alias": lean_story.BY_ALIAS,
            "model": lean_story.MODEL,
        }, starts=NEWEST)

    @classmethod
    def boot(cls, steps: dict[str, str], **options: object) -> Guest:
        return cls.next_boot(steps, programs=lean_story.PROGRAMS, **options)

    def test_the_package_of_the_kernel_is_installed(self) -> None:
        self.succeeded(self.upgraded, *lean_story.WORK, "apply", "upgrade", "next image")
        self.assertEqual(self.started["release"].lines, [self.next_release])

    def test_what_it_brings_is_denied_before_it_starts(self) -> None:
        denied = {line.split()[1] for line in self.upgraded["denies"].lines if line.startswith("install ")}
        self.assertLessEqual(set(self.upgraded["new modules"].lines), denied)
        self.assertEqual(self.upgraded["denies in it"].lines, self.upgraded["denies"].lines)

    def test_the_host_works_on(self) -> None:
        self.succeeded(self.started, *lean_story.WORK)

    def test_nothing_else_gets_in(self) -> None:
        self.assertEqual(self.started["by name"].output, "")
        asked, *loaded = self.started["by alias"].lines
        self.assertGreater(int(asked), 500)
        self.assertEqual(loaded, [])
        count, *open_and_closed = self.started["model"].lines
        self.assertGreater(int(count), 0)
        self.assertEqual(open_and_closed, [])

    def test_nothing_is_left_to_do(self) -> None:
        """No boot loader is on this disk, so that no entry has the command line of the kernel that it came from."""
        self.assertIn(self.started["plan"].exit_code, (0, 3), self.started["plan"])
        self.assertIn("nothing to do", self.started["plan"].output)


if __name__ == "__main__":
    unittest.main()
