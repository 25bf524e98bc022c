# SPDX-License-Identifier: GPL-2.0-or-later
"""Who can bring a module in: what `kmodsec doors` says before the call, and which callers the kernel then does it for."""

import json
import unittest
from pathlib import Path

from lab import programs
from lab.testing import GuestTest

ASK = "/usr/local/bin/ask_reach.sh"
GUEST = Path(__file__).parents[2] / "lab/guest"
GROUP = "2001"

FAMILIES = {"vsock_loopback": "socket 40 1", "rxrpc": "socket 33 2 2", "can_raw": "socket 29 3 1", "8021q": "vlan"}
ALGORITHMS = {"algif_aead": "algorithm aead gcm(aes)", "algif_rng": "algorithm rng stdrng", "wp512": "algorithm hash wp512"}
LINE_DISCIPLINES = {"n_hdlc": "ldisc 13", "slip": "ldisc 1", "pps_ldisc": "ldisc 18"}
LINKS = {"dummy": "link dummy", "vxlan": "link vxlan", "ifb": "link ifb"}
NETFILTER = {"nf_tables": "netfilter 10", "ip_set": "netfilter 6"}
QUEUES = {"sch_hfsc": "queue hfsc", "sch_htb": "queue htb", "sch_drr": "queue drr"}
MOUNTS = {"udf": "mount udf", "overlay": "mount overlay", "isofs": "mount iso9660"}
NODES_OF_GROUP = {"loop": "open /dev/loop-control", "uhid": "open /dev/uhid", "vhost_vsock": "open /dev/vhost-vsock"}
NODE_OF_ALL = {"tun": "open /dev/net/tun"}
NODES_OF_ROOT = {"cuse": "open /dev/cuse"}
WITHOUT_NODE = {"vhost_net": "open /dev/vhost-net"}
NEEDED = ("algif_hash", "pcbc", "fcrypt")
OF_TCP = {"tls": "ulp tls", "tcp_bbr": "congestion bbr", "tcp_vegas": "congestion vegas"}

EXPECTED = {"local": FAMILIES | ALGORITHMS | LINE_DISCIPLINES | NODE_OF_ALL,
            "local_userns": LINKS | NETFILTER | QUEUES | MOUNTS,
            "local_group": NODES_OF_GROUP,
            "root": NODES_OF_ROOT | OF_TCP}
CASES = {module: call for cases in EXPECTED.values() for module, call in cases.items()}
REACH_OF_CALLER = {"user": "local", "userns": "local_userns", GROUP: "local_group", "root": "root"}

PREPARE = f"""\
mkdir -p /dev/pts /dev/net && mount -t devpts -o ptmxmode=666 devpts /dev/pts
echo 'brewers:x:{GROUP}:tester' >>/etc/group
mknod -m 666 /dev/net/tun c 10 200
mknod -m 600 /dev/cuse c 10 203
mknod -m 660 /dev/loop-control c 10 237; mknod -m 660 /dev/uhid c 10 239; mknod -m 660 /dev/vhost-vsock c 10 241
chgrp {GROUP} /dev/loop-control /dev/uhid /dev/vhost-vsock
ls -l /dev/net/tun /dev/cuse /dev/loop-control
"""
ROOT_ALONE = EXPECTED["root"]
TABLES = "".join(f"{line}\n" for line in (
    "kmodsec known cves 1", "date\t2099-01-01", "source\tmade for tests\t1\t2099-01-01\tGPL-2.0-or-later",
    "branch\t6.1\t9999", "branch\t6.12\t9999",
    *(f"2024-{number}\t{module}\t\t0>7.0\twild" for number, module in enumerate(sorted(CASES), 1001))))
"""Every module has a hole that is open and exploited."""


def step(cases: dict[str, str], *callers: str, before: str = "true", after: str = "true") -> str:
    """Asks us, then the kernel."""
    lines = "\n".join(f"{module} {call}" for module, call in cases.items())
    return f"""\
{before}
kmodsec doors {' '.join(cases)} --format json
echo ===
{ASK} {' '.join(callers)} <<'END'
{lines}
END
{after}
"""


def closed(setting: str, cases: dict[str, str]) -> str:
    path = f"/proc/sys/{setting}"
    return step(cases, "user", "userns", before=f"was=$(cat {path}); echo 0 >{path}", after=f"echo $was >{path}")


NEED_USERNS = LINKS | NETFILTER | QUEUES | MOUNTS
AS_IT_COMES = {"prepare": PREPARE, "open": step(CASES, *REACH_OF_CALLER)}
CLOSED = {
    "no node": step(WITHOUT_NODE, *REACH_OF_CALLER),
    "clone=0": closed("kernel/unprivileged_userns_clone", NEED_USERNS),
    "max=0": closed("user/max_user_namespaces", NEED_USERNS),
    "ldisc=0": closed("dev/tty/ldisc_autoload", LINE_DISCIPLINES),
    "propose": "kmodsec deny --notable --yes",
    "denied": step(CASES, "root"),
}
CLOSED_BY = {"clone=0": "kernel.unprivileged_userns_clone=0", "max=0": "user.max_user_namespaces=0",
             "ldisc=0": "dev.tty.ldisc_autoload=0"}


def options(kernel: str) -> dict:
    return {"kernel": kernel, "modules": [*CASES, *WITHOUT_NODE, *NEEDED],
            "files": {ASK: GUEST / "ask_reach.sh", "/var/lib/kmodsec/cves.tsv": TABLES},
            "programs": {"/usr/local/bin/ask_kernel": programs.built("ask_kernel", "-static", "-O2")}}


class AsItComes:
    """The kernel's own rules, which differ between its versions. The classes below are the boots."""

    maxDiff = None

    def told(self, name: str) -> tuple[dict[str, dict], dict[str, str]]:
        """What we say of each module, and who was the first that the kernel brought it in for; empty: nobody."""
        document, _, lines = self.guest[name].output.partition("===\n")
        self.assertEqual(self.guest[name].stderr, "")
        callers = {module: caller for module, _, caller in (line.partition(" ") for line in lines.splitlines())}
        return {module["name"]: module for module in json.loads(document)["modules"]}, callers

    def test_each_class_of_callers_brings_its_modules_in_and_no_easier_one_does(self) -> None:
        _, callers = self.told("open")
        reached = {module: REACH_OF_CALLER.get(caller) for module, caller in callers.items()}
        self.assertEqual(reached, {module: reach for reach, modules in EXPECTED.items() for module in modules})

    def test_we_say_what_the_kernel_does(self) -> None:
        ours, callers = self.told("open")
        for module, caller in callers.items():
            with self.subTest(module):
                self.assertEqual(ours[module]["attacker_position"], REACH_OF_CALLER[caller], ours[module])

    def test_a_node_of_a_group_is_named_with_it(self) -> None:
        ours, _ = self.told("open")
        self.assertEqual(ours["loop"]["trigger"], "open(2) of /dev/loop-control by members of brewers")


class OnLinux612(AsItComes, GuestTest):
    """And what closes them."""

    steps = AS_IT_COMES | CLOSED
    options = options("6.12")

    def test_what_has_no_node_is_asked_for_by_root_alone(self) -> None:
        ours, callers = self.told("no node")
        self.assertEqual((ours["vhost_net"]["attacker_position"], callers), ("root", {"vhost_net": ""}))

    def test_a_setting_closes_them_to_users_and_we_name_it(self) -> None:
        for name, setting in CLOSED_BY.items():
            ours, callers = self.told(name)
            self.assertGreaterEqual(len(callers), 3)
            for module, caller in callers.items():
                with self.subTest(name, module=module):
                    self.assertEqual((caller, ours[module]["attacker_position"]), ("", "root"))
                    self.assertIn(f"closed to users here by {setting}", ours[module]["trigger"])

    def test_the_deny_that_is_proposed_closes_what_others_than_root_reach(self) -> None:
        self.succeeded("propose")
        ours, callers = self.told("denied")
        self.assertEqual(callers, {module: "root" if module in ROOT_ALONE else "" for module in CASES})
        self.assertEqual({name for name, module in ours.items() if not module["denied"]}, set(ROOT_ALONE))

    def test_what_is_in_is_used_by_more_than_could_bring_it_in(self) -> None:
        ours, _ = self.told("denied")
        for module, reach in {"tls": "local", "tcp_bbr": "local_userns", "loop": "local_group"}.items():
            self.assertEqual(ours[module]["when_loaded"]["attacker_position"], reach, module)


class OnLinux61(AsItComes, GuestTest):
    steps = AS_IT_COMES
    options = options("6.1")


if __name__ == "__main__":
    unittest.main()
