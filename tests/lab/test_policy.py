# SPDX-License-Identifier: GPL-2.0-or-later
"""A policy on a whole Debian, over several boots: denied, unblocked for a while, frozen, and put back."""

import json
import unittest

from lab.results import Guest
from lab.testing import StoryTest
from lab.waiting import AUDITD_HAS_WRITTEN

POLICY = """\
[deny]
profiles = ["seed-cis", "cis-level-1"]
[load]
modules = ["dummy"]
[options]
dummy = "numdummies=4"
[audit_rules]
enabled = true
"""
SMALL_IMAGE = {
    "/etc/initramfs-tools/modules": "virtio_pci\nvirtio_blk\next4\n",
    "/etc/initramfs-tools/conf.d/small": "MODULES=list\n",
}

DENIED = ("cramfs", "hfs", "hfsplus", "jffs2", "udf", "usb-storage", "sctp", "dccp", "rds", "tipc", "firewire-core")
"""Of the profiles, those that Debian has."""

FILES = ("find /etc /boot /usr/lib/modprobe.d /usr/lib/modules-load.d -path /etc/kmodsec -prune -o "
         "-not -name 'audit.rules*' -type f -printf '%p %m %U %G %l ' "
         "-exec sh -c 'sha256sum <\"$1\"' sh {} \\; | sort; find /etc /boot -path /etc/kmodsec -prune -o -type l -printf '%p %l\\n' | sort")
"""Every file with its mode, owner and content, and every link."""

TRY_ALL = "\n".join(f"modprobe {name} 2>/dev/null; grep -q '^{name.replace('-', '_')} ' /proc/modules && echo {name}"
                    for name in DENIED) + """
for type in cramfs hfs hfsplus jffs2 udf; do mount -t $type none /mnt 2>/dev/null && echo $type; done
modprobe -q -b usb:v0000p0000d0000dc00dsc00dp00ic08isc06ip50in00
modprobe -q -- net-pf-21; modprobe -q -- net-pf-30
grep -E '^(cramfs|hfs|hfsplus|jffs2|udf|usb_storage|uas|sctp|dccp|rds|tipc|firewire_core) ' /proc/modules
true
"""

HELPER_RULE = "-A PREROUTING -p tcp --dport 21 -j CT --helper ftp"

UNTIL_CLOSED = """\
for i in $(seq 120); do
    kmodsec doors usb-storage >/dev/null && ! systemctl -q is-active kmodsec-unblock.service && exit 0
    sleep 5
done
exit 1
"""


class Policy(StoryTest):
    """One system, four boots, in the order of the story."""

    applied: Guest
    denying: Guest
    rebooted: Guest
    frozen: Guest

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.applied = cls.next_boot({
            "small image": "update-initramfs -u && mkdir -p /etc/kmodsec && mv /root/policy.toml /etc/kmodsec",
            "before": FILES,
            "plan as a user": "runuser -u tester -- kmodsec plan --quiet",
            "apply": "kmodsec apply --yes",
            "plan": "kmodsec plan",
            "again": "kmodsec apply --yes",
            "image has the denies": "unmkinitramfs /boot/initrd.img-$(uname -r) /tmp/image && "
                                    "find /tmp/image -name 00-kmodsec-deny.conf | xargs cat",
            "rules": "auditctl -l",
        }, files={**SMALL_IMAGE, "/root/policy.toml": POLICY})
        cls.denying = cls.next_boot({
            "try all": TRY_ALL,
            "dummies": "ls -d /sys/class/net/dummy*",
            "insmod": "insmod $(find /lib/modules/$(uname -r) -name dccp.ko*) && rmmod dccp",
            "unblock": "kmodsec unblock usb-storage --for 2s --reason 'a test' --yes",
            "closed in time": UNTIL_CLOSED,
            "unblock longer": "kmodsec unblock usb-storage --for 6h --reason 'over a reboot' --load --yes",
            "open": "grep '^usb_storage ' /proc/modules",
            "log": "journalctl -t kmodsec -o cat",
        })
        cls.rebooted = cls.next_boot({
            "still unblocked": "kmodsec doors usb-storage >/dev/null; test $? = 1",
            "closed when its time is over": f"date --set '+7 hours' && {UNTIL_CLOSED}",
            "not ready": "printf '[freeze]\\nlevel = \"all\"\\nrequire = [\"nf_conntrack\"]\\n' >/etc/kmodsec/policy.d/f.toml; "
                         "kmodsec freeze --yes; cat /proc/sys/kernel/modules_disabled",
            "persist": "kmodsec load nf_conntrack --persist --yes",
            "ready": "kmodsec freeze --check",
            "late": "sh -c 'echo 0 >/proc/self/loginuid; exec modprobe nlmon'; "
                    f"mkdir -p /etc/iptables; echo '{HELPER_RULE}' >/etc/iptables/rules.v4; {AUDITD_HAS_WRITTEN} "
                    "kmodsec freeze --check; rm -r /etc/iptables",
            "events of this boot": "kmodsec events --since boot --format ndjson",
        }, files={"/etc/kmodsec/policy.d/.keep": ""})
        cls.frozen = cls.next_boot({
            "frozen": "for i in $(seq 120); do grep -q 1 /proc/sys/kernel/modules_disabled && exit 0; sleep 5; done; exit 1",
            "insmod": "insmod $(find /lib/modules/$(uname -r) -name dccp.ko*)",
            "order": "systemctl show -p ActiveEnterTimestampMonotonic --value multi-user.target kmodsec-freeze.service",
            "required": "grep '^nf_conntrack ' /proc/modules",
            "revert all": "while kmodsec revert --yes | grep -q 'as it was'; do :; done",
            "after": FILES,
        })

    def test_apply_closes_the_lists(self) -> None:
        self.succeeded(self.applied, "small image", "apply", "again")
        self.assertEqual(self.applied["plan as a user"].exit_code, 1)
        self.assertIn("+install cramfs /bin/false", self.applied["plan as a user"].output)
        self.assertIn("Nothing was to be done", self.applied["again"].output)
        self.assertEqual(self.applied["plan"].exit_code, 0, self.applied["plan"])

    def test_the_image_has_the_denies(self) -> None:
        self.assertIn("install cramfs /bin/false", self.applied["image has the denies"].output)

    def test_the_kernel_audits(self) -> None:
        rules = self.applied["rules"].output
        for arch in ("b64", "b32"):
            self.assertIn(f"-F arch={arch} -S create_module,init_module,delete_module,query_module,finit_module -F key=kmodsec\n",
                          rules)
        self.assertIn("-w /usr/bin/kmod -p x -k kmodsec-kmod\n", rules)

    def test_nothing_denied_gets_in(self) -> None:
        self.succeeded(self.denying, "try all")
        self.assertEqual(self.denying["try all"].output, "")

    def test_insmod_is_no_door_that_a_deny_closes(self) -> None:
        self.succeeded(self.denying, "insmod")

    def test_options_and_loads_persist(self) -> None:
        self.assertEqual(len(self.denying["dummies"].lines), 4)

    def test_unblock_opens_and_closes_on_time(self) -> None:
        self.succeeded(self.denying, "unblock", "closed in time", "unblock longer", "open")
        self.assertIn("unblocked usb_storage for 2s: a test", self.denying["log"].output)

    def test_unblock_survives_a_reboot(self) -> None:
        self.succeeded(self.rebooted, "still unblocked", "closed when its time is over")

    def test_a_host_that_is_not_ready_is_not_frozen(self) -> None:
        self.assertIn("nf_conntrack: freeze.require", self.rebooted["not ready"].output)
        self.assertEqual(self.rebooted["not ready"].lines[-1], "0")
        self.succeeded(self.rebooted, "ready", "persist")

    def test_a_freeze_tells_what_came_late_and_what_will_be_asked_for(self) -> None:
        self.assertIn("nlmon", self.rebooted["late"].output)
        self.assertIn("a rule in /etc/iptables/rules.v4 asks for it", self.rebooted["late"].output)
        loads = [event for event in map(json.loads, self.rebooted["events of this boot"].lines) if event.get("action") == "load"]
        self.assertIn("nlmon", [event["module"] for event in loads])
        self.assertNotIn("usb_storage", [event["module"] for event in loads], "that was in the boot before")

    def test_the_freeze_holds_and_comes_late(self) -> None:
        self.succeeded(self.frozen, "frozen", "required")
        self.assertIn("Operation not permitted", self.frozen["insmod"].stderr)
        target, unit = (int(number) for number in self.frozen["order"].output.split())
        self.assertGreater(unit, target)

    def test_revert_puts_everything_back(self) -> None:
        self.succeeded(self.frozen, "revert all")
        self.assertEqual(self.frozen["after"].lines, self.applied["before"].lines)


if __name__ == "__main__":
    unittest.main()
