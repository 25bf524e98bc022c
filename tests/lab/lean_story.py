# SPDX-License-Identifier: GPL-2.0-or-later
"""A whole Debian learns over two boots what it needs, denies all else, and works on; then a new kernel comes, and all of
it is put back."""

import tempfile
from pathlib import Path
from typing import Any, ClassVar

from lab.disc import fat, iso
from lab.plugging import ask_for
from lab.programs import find
from lab.results import Guest
from lab.testing import StoryTest
from lab.waiting import until

TREE = Path(__file__).resolve().parents[2]

POLICY = """\
[deny]
everything_else = true
[keep]
mode = "enforce"
classes = ["usb-input", "usb-storage", "filesystems-removable"]
"""
SMALL_IMAGE = {
    "/etc/initramfs-tools/modules": "virtio_pci\nvirtio_blk\next4\n",
    "/etc/initramfs-tools/conf.d/small": "MODULES=list\n",
}
PROGRAMS = {"/usr/sbin/ip": find("ip"), "/usr/sbin/nft": find("nft"), "/usr/bin/busybox": find("busybox")}
GREETING = "hello from a disk"
SMALL_FILES = {**SMALL_IMAGE, "/root/small.iso": iso(GREETING.encode())}

WORK = {
    "login": "runuser -l tester -c 'id -un' | grep -q tester",
    "web server": "busybox httpd -p 127.0.0.1:8080 -h /etc && busybox wget -qO- http://127.0.0.1:8080/hostname | grep -q lab",
    "firewall": "nft 'add table inet lab; add chain inet lab in { type filter hook input priority 0; }; "
                "add rule inet lab in ct state established accept' && nft list ruleset | grep -q 'ct state' && nft flush ruleset",
    "WireGuard": "ip link add wg0 type wireguard && ip link del wg0",
    "container": "unshare --net --mount --pid --fork sh -c 'ip link add veth0 type veth peer name veth1 && mkdir -p /run/c && "
                 "mount -t tmpfs c /run/c && mkdir /run/c/l /run/c/u /run/c/w /run/c/m && "
                 "mount -t overlay -o lowerdir=/run/c/l,upperdir=/run/c/u,workdir=/run/c/w o /run/c/m'",
    "CD": f"mount -o loop,ro /root/small.iso /mnt && grep -q '{GREETING}' /mnt/hello.txt && umount /mnt",
}
"""What this host is for. Each fails unless its modules get in."""

HAS_KEYBOARD = "grep -q 'USB Keyboard' /proc/bus/input/devices"
HAS_DISK = "ls /dev/sd? >/dev/null 2>&1"
PLUGGED = {
    "keyboard": f"{ask_for('keyboard')}; {until(HAS_KEYBOARD)}; {HAS_KEYBOARD} && grep -A4 'USB Keyboard' /proc/bus/input/devices | grep -q kbd",
    "disk": f"{ask_for('stick')}; {until(HAS_DISK)}; "
            f"mount -t vfat -o ro $(ls /dev/sd? | head -1) /mnt && grep -q '{GREETING}' /mnt/hello.txt && umount /mnt",
}
"""Devices of classes that the policy keeps, for the first time in the life of this host."""

FILES = ("find /etc /boot /usr/lib/modprobe.d -path /etc/kmodsec -prune -o -type f -printf '%p %m %U %G ' "
         "-exec sh -c 'sha256sum <\"$1\"' sh {} \\; | sort")

CLOSED = "kmodsec learn propose --format modprobe.d | awk '$1 == \"install\" { print $2 }' | sort >/root/closed; wc -l </root/closed"
LOADED_OF_CLOSED = "cut -d' ' -f1 /proc/modules | sort | comm -12 - /root/closed"
BY_NAME = f"awk 'NR % 5 == 1' /root/closed | xargs -n 400 modprobe -a >/dev/null 2>&1; {LOADED_OF_CLOSED}"
"""Of one in five, some 750: each of them is a process, and minutes for all."""
BY_ALIAS = r"""
awk 'NR == FNR { closed[$1] = 1; next } $1 == "alias" && closed[$3] && !asked[$3]++ { gsub(/[*?]/, "0", $2); print $2 }' \
    /root/closed /lib/modules/$(uname -r)/modules.alias >/tmp/aliases
wc -l </tmp/aliases
xargs -n 400 modprobe -a -q -b -- </tmp/aliases >/dev/null 2>&1
""" + LOADED_OF_CLOSED
BY_MOUNT = f"for type in hfs hfsplus udf jfs reiserfs ocfs2 gfs2; do mount -t $type none /mnt 2>/dev/null; done; {LOADED_OF_CLOSED}"
MODEL = ("kmodsec doors --open --format json | tr ',' '\\n' | sed -n 's/.*\"name\": \"\\([a-z0-9_]*\\)\".*/\\1/p' | sort -u >/root/open; "
         "wc -l </root/open; comm -12 /root/open /root/closed")

NEXT = "6.99.0-1-amd64"
INSTALL_NEXT = f"""
set -e
now=/lib/modules/$(uname -r) next=/lib/modules/{NEXT}
renamed=$(find $now -name 'minix.ko*')
mkdir -p $next/kernel
cp $now/modules.builtin $now/modules.builtin.modinfo $now/modules.order $next
cp $(find $now -name 'dummy.ko*') $(find $now -name 'wireguard.ko*') $next/kernel
cp $renamed $next/kernel/brand_new.${{renamed##*/minix.}}
depmod {NEXT}
for file in vmlinuz config; do cp /boot/$file-$(uname -r) /boot/$file-{NEXT}; done
"""
"""As the package of a kernel does, but for most of its modules, which would take minutes to index."""
RUN_HOOK = f"""
set -e
sh /root/kernel-postinst {NEXT}
grep -x 'install brand_new /bin/false' /etc/modprobe.d/00-kmodsec-deny.conf
modprobe -S {NEXT} -n -v brand_new | grep '/bin/false'
! grep -x 'install wireguard /bin/false' /etc/modprobe.d/00-kmodsec-deny.conf
"""
REMOVE_NEXT = f"rm -rf /lib/modules/{NEXT} /boot/*-{NEXT} /var/lib/initramfs-tools/{NEXT}"


class LeanTests(StoryTest):
    """Three boots of one host."""

    options: ClassVar[dict[str, Any]] = {}
    small_files: ClassVar[dict[str, bytes | str]] = SMALL_FILES
    make_image: ClassVar[str] = "update-initramfs -u"
    make_next_image: ClassVar[str] = f"update-initramfs -c -k {NEXT}"
    denies_of_next_image: ClassVar[str] = (
        f"unmkinitramfs /boot/initrd.img-{NEXT} /tmp/next && find /tmp/next -path '*/etc/modprobe.d/00-kmodsec-deny.conf' -exec cat {{}} +")
    learning: Guest
    enforcing: Guest
    lean: Guest
    stick: ClassVar[Path]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="kmodsec-lab-")))
        (folder / "hello").write_text(GREETING)
        cls.stick = fat(folder / "stick", folder / "hello")
        cls.learning = cls.boot({"small image": cls.make_image, **WORK, "record": "kmodsec learn record"},
                                files=cls.small_files)
        cls.enforcing = cls.boot({
            **WORK,
            "record": "kmodsec learn record",
            "before": FILES,
            "policy": "mkdir -p /etc/kmodsec && mv /root/policy.toml /etc/kmodsec",
            "closed": CLOSED,
            "refused": "kmodsec apply --yes",
            "apply": "kmodsec apply --yes --override usage-record",
        }, files={"/root/policy.toml": POLICY})
        cls.lean = cls.boot({
            **WORK, **PLUGGED,
            "plan": "kmodsec plan",
            "load model": MODEL,
            "by name": BY_NAME,
            "by alias": BY_ALIAS,
            "by mount": BY_MOUNT,
            "insmod": "insmod $(find /lib/modules/$(uname -r) -name 'minix.ko*' | head -1) && rmmod minix",
            "new kernel": INSTALL_NEXT + cls.make_next_image,
            "hook": RUN_HOOK,
            "next image": cls.denies_of_next_image,
            "revert all": "while kmodsec revert --yes | grep -q 'as it was'; do :; done",
            "remove new kernel": REMOVE_NEXT,
            "after": FILES,
        }, files={"/root/kernel-postinst": TREE / "packaging/debian/kernel-postinst"})

    @classmethod
    def boot(cls, steps: dict[str, str], files: dict[str, bytes | str | Path]) -> Guest:
        return cls.next_boot(steps, files=files, programs=PROGRAMS, stick=cls.stick, **cls.options)

    def test_it_works_before(self) -> None:
        self.succeeded(self.learning, "small image", *WORK)
        self.succeeded(self.enforcing, *WORK)

    def test_it_is_recorded(self) -> None:
        """With a gap where the audit log has one: these guests go down at once."""
        for guest in (self.learning, self.enforcing):
            self.assertIn(guest["record"].exit_code, (0, 3), guest["record"])
            self.assertRegex(guest["record"].output, r"The record has \d+ modules")

    def test_a_record_of_some_minutes_is_too_short(self) -> None:
        self.assertNotEqual(self.enforcing["refused"].exit_code, 0, self.enforcing["refused"])
        self.assertIn("usage-record", self.enforcing["refused"].output + self.enforcing["refused"].stderr)
        self.succeeded(self.enforcing, "apply")

    def test_it_closes_most(self) -> None:
        self.assertGreater(int(self.enforcing["closed"].output), 3000)

    def test_it_works_on(self) -> None:
        self.succeeded(self.lean, *WORK)

    def test_devices_of_kept_classes_work_when_they_are_plugged_in_for_the_first_time(self) -> None:
        self.succeeded(self.lean, *PLUGGED)

    def test_no_other_module_gets_in(self) -> None:
        self.assertEqual(self.lean["by name"].output, "")
        asked, *loaded = self.lean["by alias"].lines
        self.assertGreater(int(asked), 500)
        self.assertEqual(loaded, [])
        self.assertEqual(self.lean["by mount"].output, "")

    def test_insmod_is_no_door_that_a_deny_closes(self) -> None:
        self.succeeded(self.lean, "insmod")

    def test_the_load_model_says_the_same(self) -> None:
        count, *both = self.lean["load model"].lines
        self.assertGreater(int(count), 0)
        self.assertEqual(both, [])

    def test_a_new_kernel_brings_nothing_open(self) -> None:
        self.succeeded(self.lean, "new kernel", "hook", "next image")
        self.assertIn("install brand_new /bin/false", self.lean["next image"].lines)

    def test_revert_puts_everything_back(self) -> None:
        self.succeeded(self.lean, "revert all")
        self.assertEqual(self.lean["after"].lines, self.enforcing["before"].lines)
