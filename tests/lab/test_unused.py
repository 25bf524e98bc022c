# SPDX-License-Identifier: GPL-2.0-or-later
"""`kmodsec list --unused`: a count of 0 is not enough, what holds a module is named, and what is listed can go."""

import unittest

from lab.testing import GuestTest

HOLDERS = {
    "ahci": "device pci:ahci 0000:00:1f.2",
    "bonding": "interface bond0",
    "bridge": "interface bridge0",
    "dummy": "interface dummy0",
    "i2c_i801": "device pci:i801_smbus 0000:00:1f.3",
    "lpc_ich": "device pci:lpc_ich 0000:00:1f.0",
    "overlay": "mount /mnt/merged",
    "pcspkr": "device platform:pcspkr pcspkr",
    "sctp": "protocol SCTPv6",
    "snd_dummy": "device platform:snd_dummy snd_dummy.0",
    "tun": "interface tap0",
    "vxlan": "interface vxlan0",
    "wireguard": "interface wireguard0",
}
"""Module → what the steps make hold it."""

COUNTED = {"overlay", "sctp", "tun"}
"""Of these the kernel counts a reference as well."""

SPARE = {"algif_hash", "brd", "dm_crypt", "isofs", "kmodsec_lab_clean", "loop", "macvlan", "null_blk",
         "squashfs", "tcp_bbr", "udf", "usb_storage", "veth", "vfat", "xfs", "zram"}

MODULES = [*HOLDERS, *SPARE]

HOLD = """
ip link add bridge0 type bridge && ip link add vxlan0 type vxlan id 7 dstport 4789 &&
ip link add wireguard0 type wireguard && tunctl -t tap0 &&
mkdir -p /tmp/lower /tmp/upper/files /tmp/upper/work /mnt/merged &&
mount -t overlay -o lowerdir=/tmp/lower,upperdir=/tmp/upper/files,workdir=/tmp/upper/work none /mnt/merged
"""

IN_USE = "ls /sys/class/net /sys/bus/platform/drivers/snd_dummy; ls -d /sys/bus/pci/drivers/*/0000:*; cat /proc/mounts"

UNLOAD = """
for module in $(cat /tmp/unused); do rmmod "$module" && echo "$module"; done
"""

STEPS = {
    "load": f"modprobe -a {' '.join(MODULES)} && rmmod dummy && modprobe dummy numdummies=1",
    "hold": HOLD,
    "modules": "cat /proc/modules",
    "list": "kmodsec list --format json",
    "text": "kmodsec list",
    "unused": "kmodsec list --unused --format json",
    "unused text": "kmodsec list --unused | tee /tmp/table; awk 'NR > 1 { print $1 }' /tmp/table >/tmp/unused",
    "in use before": IN_USE,
    "unload": UNLOAD,
    "in use after": IN_USE,
    "left": "cat /proc/modules",
}


class Unused:
    """The classes below are the kernels."""

    def counts(self, step: str) -> dict[str, int]:
        return {line.split()[0]: int(line.split()[2]) for line in self.guest[step].lines}

    def listed(self, step: str) -> dict[str, dict]:
        return {module["name"]: module for module in self.guest[step].json["modules"]}

    def held_by(self, name: str) -> list[str]:
        return [f"{holder['kind']} {holder['what']}" for holder in self.listed("list")[name]["users"]]

    def test_the_stage_is_set(self) -> None:
        self.succeeded("load", "hold", "list", "unused")
        counts = self.counts("modules")
        self.assertEqual({name for name in MODULES if counts[name]}, COUNTED)

    def test_what_holds_a_module_is_named(self) -> None:
        for name, holder in HOLDERS.items():
            with self.subTest(name):
                self.assertIn(holder, self.held_by(name))
                self.assertRegex(self.guest["text"].output, rf"(?m)^{name} .*{holder}")

    def test_what_is_held_is_not_listed(self) -> None:
        self.assertEqual(set(HOLDERS) & set(self.listed("unused")), set())

    def test_what_nothing_holds_is_listed(self) -> None:
        self.assertLessEqual(SPARE, set(self.listed("unused")))

    def test_a_count_of_0_that_is_not_listed_has_a_holder(self) -> None:
        uncounted = {name for name, count in self.counts("modules").items() if count == 0}
        self.assertLessEqual(set(self.listed("unused")), uncounted)
        for name in uncounted - set(self.listed("unused")):
            with self.subTest(name):
                self.assertTrue(self.held_by(name))

    def test_a_person_sees_the_same(self) -> None:
        """A note of where they are from comes behind them."""
        table = self.guest["unused text"].output.split("\n\n")[0]
        names = [line.split()[0] for line in table.splitlines()[1:]]
        self.assertEqual(names, sorted(self.listed("unused")))

    def test_all_that_is_listed_can_go(self) -> None:
        self.assertEqual(sorted(self.guest["unload"].lines), sorted(self.listed("unused")), self.guest["unload"])
        left = set(self.counts("left"))
        self.assertEqual(left & set(self.listed("unused")), set())
        self.assertLessEqual(set(HOLDERS), left)

    def test_nothing_that_was_in_use_is_gone(self) -> None:
        self.assertIn("wireguard0", self.guest["in use before"].lines)
        lost = set(self.guest["in use before"].lines) - set(self.guest["in use after"].lines)
        self.assertEqual(lost, set())


class On61(Unused, GuestTest):
    steps = STEPS
    options = {"kernel": "6.1", "modules": MODULES}


class On612(Unused, GuestTest):
    steps = STEPS
    options = {"kernel": "6.12", "modules": MODULES}


if __name__ == "__main__":
    unittest.main()
