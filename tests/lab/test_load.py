# SPDX-License-Identifier: GPL-2.0-or-later
"""`kmodsec load` and `unload` do what they say before, and refuse what the kernel and modprobe refuse."""

import struct
import unittest
from typing import ClassVar

from lab.testing import GuestTest

DENY = "/etc/modprobe.d/deny.conf"
CLEAN, FINDINGS, FAILED = 0, 1, 2


def configured(line: str, command: str) -> str:
    return f"echo '{line}' >{DENY}; {command}; code=$?; rm {DENY}; exit $code"


def fat_disk() -> bytes:
    """An empty FAT file system of 64 sectors, as small as the kernel takes it."""
    boot = struct.pack("<3s8sHBHBHHBHHHIIBBBI11s8s", b"\xeb\x3c\x90", b"kmodsec", 512, 1, 1, 1, 16, 64, 0xF8, 1, 32, 2, 0, 0,
                       0x80, 0, 0x29, 1, b"LAB", b"FAT12")
    table = b"\xf8\xff\xff"
    return (boot.ljust(510, b"\0") + b"\x55\xaa" + table).ljust(64 * 512, b"\0")


class Work:
    """The classes below are the kernels."""

    steps: ClassVar = {
        "dry": "kmodsec load dummy numdummies=3 --dry-run; grep -c '^dummy ' /proc/modules",
        "load": "kmodsec load dummy numdummies=3 --yes",
        "interfaces": "ls /sys/class/net",
        "again": "kmodsec load dummy --yes",
        "too late": "kmodsec load dummy numdummies=4 --yes",
        "used by interfaces": "kmodsec unload dummy --yes",
        "no interfaces": "for number in 0 1 2; do ip link delete dummy$number; done",
        "unload": "kmodsec unload dummy --yes --format json",
        "gone": "test ! -e /sys/module/dummy",
        "json": "kmodsec load vfat --yes --format json",
        "dependency": "kmodsec unload fat --yes",
        "option": configured("options loop max_part=3", "kmodsec load loop max_loop=2 --yes --format json"),
        "mount": "mkdir /mnt/disk && modprobe -a nls_cp437 nls_ascii && mount -t vfat -o loop /lab/disk /mnt/disk",
        "mounted": "kmodsec unload vfat --yes",
        "unmount": "umount /mnt/disk",
        "both": "kmodsec unload vfat fat --yes",
        "both gone": "test ! -e /sys/module/vfat && test ! -e /sys/module/fat",
        "misspelt": "kmodsec load dummy numdumies=3 --yes",
        "misspelt option": configured("options dummy numdumies=3", "kmodsec load dummy --yes"),
        "denied": configured("install udf /bin/false", "kmodsec load udf --yes"),
        "needs a denied one": configured("install crc_itu_t /bin/false", "kmodsec load udf --yes"),
        "denied by modprobe": configured("install udf /bin/false", "modprobe udf"),
        "command": configured("install udf touch /tmp/ran; modprobe -i udf", "kmodsec load udf --yes; ls /tmp/ran"),
        "environment": f"echo install udf /bin/false >{DENY}; MODPROBE_OPTIONS='-i' kmodsec load udf --yes;"
                       f" code=$?; rm {DENY}; exit $code",
        "remove command": "kmodsec load udf --yes && " + configured("remove udf touch /tmp/ran", "kmodsec unload udf --yes"),
        "wrong value": "kmodsec load kmodsec_lab_clean level=many --yes",
        "long value": "kmodsec load kmodsec_lab_clean label=$(head -c 1100 /dev/zero | tr '\\0' x) --yes",
        "wrong value to modprobe": "modprobe kmodsec_lab_clean level=many",
        "quoted": "kmodsec load kmodsec_lab_clean 'label=two words' --yes --format json",
        "absent": "kmodsec load dumy --yes",
        "built in": "kmodsec load tcp_cubic --yes; kmodsec unload tcp_cubic --yes",
        "nobody to ask": "kmodsec unload kmodsec_lab_clean; test -e /sys/module/kmodsec_lab_clean",
        "user": "su tester -c 'kmodsec load dummy --yes'",
        "user unloads": "su tester -c 'kmodsec unload loop --yes'",
        "user asks": "su tester -c 'kmodsec load dummy --dry-run'",
        "still": "lsmod",
    }

    def refused(self, name: str, *words: str) -> None:
        """One line on stderr, nothing on stdout."""
        step = self.guest[name]
        with self.subTest(name):
            self.assertEqual((step.exit_code, step.output), (FAILED, ""), step)
            self.assertRegex(step.stderr, r"\Akmodsec: [^\n]+\n\Z")
            for word in words:
                self.assertIn(word, step.stderr)

    def test_a_dry_run_loads_nothing(self) -> None:
        self.assertIn("dummy would load", self.guest["dry"].output)
        self.assertEqual(self.guest["dry"].lines[-1], "0")

    def test_a_module_gets_in_with_its_parameters(self) -> None:
        self.succeeded("load", "interfaces")
        self.assertLessEqual({"dummy0", "dummy1", "dummy2"}, set(self.guest["interfaces"].lines))
        self.assertIn("is loaded: 0 references, taint none", self.guest["load"].output)
        self.assertEqual(self.guest["load"].stderr, "")

    def test_what_is_there_is_no_failure(self) -> None:
        self.assertEqual((self.guest["again"].exit_code, self.guest["again"].lines[0]), (CLEAN, "dummy is loaded already"))
        self.refused("too late", "loaded already")

    def test_holders_keep_a_module(self) -> None:
        self.refused("used by interfaces", "interface dummy0, interface dummy1, interface dummy2")
        self.succeeded("no interfaces", "unload", "gone")
        change = self.guest["unload"].json["change"]
        self.assertEqual((change["done"], change["error"], change["loaded"]), (["dummy"], None, []))

    def test_what_is_needed_comes_first_and_goes_last(self) -> None:
        self.succeeded("json", "mount", "unmount", "both", "both gone")
        change = self.guest["json"].json["change"]
        self.assertEqual((change["done"], change["error"]), (["fat", "vfat"], None))
        states = {module["name"]: (module["refcount"], module["used_by"], module["taint"]) for module in change["loaded"]}
        self.assertEqual(states, {"fat": (1, ["vfat"], []), "vfat": (0, [], [])})
        self.refused("dependency", "fat: is in use by vfat")
        self.refused("mounted", "vfat: is in use by mount /mnt/disk")

    def test_parameters_that_are_not_there(self) -> None:
        self.refused("misspelt", "no parameter numdumies; did you mean numdummies?")
        self.refused("misspelt option", "did you mean numdummies?", f"{DENY}:1")

    def test_configured_and_given_parameters_count(self) -> None:
        document = self.guest["option"].json
        loop = document["change"]["loaded"][0]["parameters"]
        self.assertEqual((loop["max_part"], loop["max_loop"]), ("3", "2"))
        quoted = self.guest["quoted"].json["change"]["loaded"][0]["parameters"]
        self.assertEqual(quoted["label"], "two words")

    def test_what_modprobe_refuses(self) -> None:
        self.assertNotEqual(self.guest["denied by modprobe"].exit_code, 0)
        self.refused("denied", f"{DENY}:1")
        self.refused("needs a denied one", "it needs crc_itu_t", f"{DENY}:1")
        self.refused("environment", f"{DENY}:1")

    def test_no_command_is_run(self) -> None:
        self.assertEqual(self.guest["command"].output, "")
        self.assertIn(f"use modprobe ({DENY}:1)", self.guest["command"].stderr)
        step = self.guest["remove command"]
        self.assertEqual(step.exit_code, FAILED)
        self.assertIn("use modprobe -r", step.stderr)

    def test_what_the_kernel_refuses_is_told_in_words(self) -> None:
        self.assertIn("Invalid argument", self.guest["wrong value to modprobe"].stderr)
        step = self.guest["wrong value"]
        self.assertEqual(step.exit_code, FAILED)
        self.assertIn("it takes no such value for level, which is of type int: 'many'", step.stderr)
        step = self.guest["long value"]
        self.assertEqual(step.exit_code, FAILED)
        self.assertIn("the value of a parameter is longer than the kernel takes (ENOSPC)", step.stderr)
        self.assertIn("label: string parameter too long", step.output)

    def test_the_words_of_the_kernel_are_told(self) -> None:
        self.assertIn("loading out-of-tree module taints kernel", self.guest["long value"].output)
        self.assertIn("module verification failed", self.guest["long value"].output)
        self.assertEqual(self.guest["quoted"].json["change"]["loaded"][0]["taint"], ["O", "E"])

    def test_what_is_no_module_to_load(self) -> None:
        self.refused("absent", "did you mean dummy?")
        self.assertIn("tcp_cubic is built into the kernel", self.guest["built in"].output)
        self.assertIn("tcp_cubic: is built into the kernel", self.guest["built in"].stderr)

    def test_without_a_terminal_it_needs_yes(self) -> None:
        self.succeeded("nobody to ask")
        self.assertIn("--yes", self.guest["nobody to ask"].stderr)

    def test_who_is_not_root(self) -> None:
        self.refused("user", "only root")
        self.refused("user unloads", "only root")
        self.assertIn("dummy would load", self.guest["user asks"].output)
        self.assertIn("loop", self.guest["still"].output)


MODULES = ["dummy", "loop", "vfat", "udf", "nls_cp437", "nls_ascii", "kmodsec_lab_clean"]


FILES = {"/lab/disk": fat_disk()}


class On61(Work, GuestTest):
    options: ClassVar = {"kernel": "6.1", "modules": MODULES, "files": FILES}


class On612(Work, GuestTest):
    options: ClassVar = {"kernel": "6.12", "modules": MODULES, "files": FILES}


REFUSALS = {
    "asked": "kmodsec load kmodsec_lab_clean --dry-run --format json",
    "refused": "kmodsec load kmodsec_lab_clean --yes",
    "by modprobe": "modprobe kmodsec_lab_clean",
    "signed": "kmodsec load dummy --yes",
}


class Enforced:
    """The classes below insist on signatures in their ways."""

    steps: ClassVar = REFUSALS
    decides: ClassVar[str]
    errors: ClassVar[set[str]]

    def test_modprobe_and_the_kernel_say_the_same(self) -> None:
        modprobe = self.guest["by modprobe"]
        self.assertEqual(modprobe.exit_code, 1)
        self.assertIn(modprobe.stderr.rsplit(": ", 1)[1].strip(), self.errors)
        asked = self.guest["asked"]
        self.assertEqual((asked.exit_code, asked.json["outcome"]), (FINDINGS, "refused"))
        self.assertEqual(asked.json["decided_by"]["file"], self.decides)
        self.assertEqual(self.guest["refused"].exit_code, FAILED)
        self.assertIn(f"its signature is unsigned, and this kernel asks for one ({self.decides}:1)", self.guest["refused"].stderr)

    def test_a_signed_module_gets_in(self) -> None:
        self.succeeded("signed")


class LockedDown(Enforced, GuestTest):
    options: ClassVar = {"kernel": "6.12", "cmdline": "lockdown=integrity", "modules": ["dummy", "kmodsec_lab_clean"]}
    decides = "/sys/kernel/security/lockdown"
    errors: ClassVar = {"Operation not permitted"}


class SignaturesEnforced(Enforced, GuestTest):
    options: ClassVar = {"kernel": "6.1", "cmdline": "module.sig_enforce=1", "modules": ["dummy", "kmodsec_lab_clean"]}
    decides = "/sys/module/module/parameters/sig_enforce"
    errors: ClassVar = {"Key was rejected by service"}


class Frozen(GuestTest):
    steps: ClassVar = {
        "loop": "modprobe loop",
        "freeze": "echo 1 >/proc/sys/kernel/modules_disabled",
        "load": "kmodsec load dummy --yes",
        "unload": "kmodsec unload loop --yes",
    }
    options: ClassVar = {"kernel": "6.1", "modules": ["dummy", "loop"]}

    def test_nothing_is_tried(self) -> None:
        self.succeeded("loop", "freeze")
        for name in ("load", "unload"):
            with self.subTest(name):
                self.assertEqual(self.guest[name].exit_code, FAILED)
                self.assertIn("/proc/sys/kernel/modules_disabled:1", self.guest[name].stderr)


if __name__ == "__main__":
    unittest.main()
