# SPDX-License-Identifier: GPL-2.0-or-later
"""Where kmodsec cannot look, it says so: exit code 3, each gap is named, and no check passes unlooked."""

import unittest
from typing import ClassVar, NamedTuple

from lab import Step, kernels
from lab.testing import GuestTest

AUDIT = "kmodsec audit --format json --fail-on critical"
LIST = "kmodsec list --format json"

COMPLETE = 0
INCOMPLETE = 3

FILES = ("FILE-001", "FILE-002", "FILE-003", "FILE-004")
SIGNATURES = ("SIG-002", "SIG-003", "SIG-004", "SIG-005")
HOLES = ("CVE-001", "CVE-002")
LOADED = (*FILES, *SIGNATURES, *HOLES, "LIVE-001", "MODULE-001", "MODULE-002", "MODULE-003", "MODULE-004", "MODULE-005",
          "TAINT-002", "CONF-012", "CONF-013")
SETTINGS = ("CONF-015", "TAINT-001", "TAINT-003")
OWNERS = ("PERM-001", "PERM-002", "PERM-004")


TABLES = {"/var/lib/kmodsec/cves.tsv": """\
kmodsec known cves 1
date\t2099-01-01
source\tmade for tests\t1\t2099-01-01\tGPL-2.0-or-later
branch\t6.1\t9999
2024-3000\tdummy\t\t0>6.1.1\twild\tuser
"""}
"""The shipped tables are older than the newest kernel, which is a gap of its own."""


BOOTS_WITHOUT_IMAGE = f"linux /vmlinuz-{kernels.kernel('6.1').release}\noptions lockdown=integrity\n"
"""A small system has no image in /boot, and says so."""


class View(NamedTuple):
    """A narrowed view of the host, and what follows from it."""

    gaps: tuple[str, ...]
    """Beginnings of what must be named."""

    wrap: str = "{}"
    """How a command is run in it."""

    setup: str = ":"
    """How the view of every command from here on is narrowed."""

    unknown: tuple[str, ...] = ()
    """Checks that must not pass."""

    null: tuple[str, ...] = ()
    """Fields of the posture that nobody can fill in."""

    listing: int = COMPLETE
    """The exit code of `list`, which looks at less."""


class Honesty:
    """The classes below are the hosts."""

    views: ClassVar[dict[str, View]]
    more_steps: ClassVar[dict[str, str]] = {}

    @classmethod
    def setUpClass(cls) -> None:
        cls.steps = {"load": "modprobe -a dummy loop", "free": AUDIT, "free list": LIST, **cls.more_steps}
        for name, view in cls.views.items():
            cls.steps |= {f"{name} setup": view.setup, name: view.wrap.format(AUDIT),
                          f"{name} list": view.wrap.format(LIST)}
        super().setUpClass()

    def test_the_stage_is_set(self) -> None:
        self.succeeded("load", *(f"{name} setup" for name in self.views))

    def test_a_free_view_has_no_gaps(self) -> None:
        for name in ("free", "free list"):
            self.assertEqual(self.guest[name].json["unseen"], [])
            self.assertEqual(self.guest[name].exit_code, COMPLETE, self.guest[name])

    def test_no_narrowed_view_gives_a_clean_bill(self) -> None:
        for name in self.views:
            with self.subTest(name):
                self.assertEqual(self.guest[name].exit_code, INCOMPLETE, self.guest[name])

    def test_each_gap_is_named_with_its_reason(self) -> None:
        for name, view in self.views.items():
            with self.subTest(name):
                unseen = self.guest[name].json["unseen"]
                named = sorted({gap["what"] for gap in unseen})
                missing = [gap for gap in view.gaps if not any(one.startswith(gap) for one in named)]
                self.assertEqual(missing, [], f"only these are named: {named}")
                self.assertTrue(all(gap["why"] for gap in unseen))

    def test_stderr_names_the_gaps_too(self) -> None:
        for name in self.views:
            with self.subTest(name):
                for gap in self.guest[name].json["unseen"]:
                    self.assertIn(gap["what"], self.guest[name].stderr)

    def test_no_check_passes_unlooked(self) -> None:
        for name, view in self.views.items():
            with self.subTest(name):
                found = statuses(self.guest[name])
                self.assertEqual({one: found[one] for one in view.unknown}, dict.fromkeys(view.unknown, "unknown"))

    def test_no_verdict_improves(self) -> None:
        free = statuses(self.guest["free"])
        for name in self.views:
            with self.subTest(name):
                passed = [one for one, status in statuses(self.guest[name]).items() if status == "pass"]
                self.assertEqual([one for one in passed if free[one] != "pass"], [])

    def test_what_was_not_seen_is_null_and_the_rest_is_the_same(self) -> None:
        free = without_log(self.guest["free"].json["posture"])
        for name, view in self.views.items():
            with self.subTest(name):
                posture = without_log(self.guest[name].json["posture"])
                self.assertEqual(posture, {**free, **dict.fromkeys(view.null)})

    def test_list_tells_what_it_missed(self) -> None:
        for name, view in self.views.items():
            with self.subTest(name):
                listed = self.guest[f"{name} list"]
                self.assertEqual(listed.exit_code, view.listing, listed)
                self.assertEqual(bool(listed.json["unseen"]), view.listing == INCOMPLETE, listed)

    def test_list_never_shows_fewer_modules_without_a_word(self) -> None:
        free = names(self.guest["free list"])
        for name in self.views:
            with self.subTest(name):
                listed = self.guest[f"{name} list"]
                self.assertIn(names(listed), (free, set()))
                if not names(listed):
                    self.assertIn("/proc/modules", {gap["what"] for gap in listed.json["unseen"]})


def statuses(audit: Step) -> dict[str, str]:
    return {check["id"]: check["status"] for check in audit.json["checks"]}


def names(listed: Step) -> set[str]:
    return {module["name"] for module in listed.json["modules"]}


def without_log(posture: dict) -> dict:
    """The kernel log grows from one audit to the next."""
    return {**posture, "kernel_log": posture["kernel_log"] and "read"}


NO_SETTINGS = ("modules_disabled", "taint", "modprobe_helper", "kexec_load_disabled")
NO_LIST = ("modules_supported", "loaded_count")


class SmallHost(Honesty, GuestTest):
    """Without systemd: another user, then one thing after the other hidden from root."""

    views = {
        "user": View(("/proc/keys", "/dev/kmsg"), wrap="su tester -c '{}'", null=("keyrings", "kernel_log")),
        "mapped user": View(("/proc/self/uid_map", "/proc/keys", "/dev/kmsg"),
                            wrap="su tester -c 'unshare -Ur {}'",
                            unknown=(*OWNERS, "CONF-015"), null=("keyrings", "kernel_log")),
        "no securityfs": View(("/sys/kernel/security",), setup="umount /sys/kernel/security",
                              unknown=("KERNEL-001",), null=("lockdown", "security_modules")),
        "empty list of modules": View(
            ("/proc/modules",), listing=INCOMPLETE, unknown=LOADED, null=NO_LIST,
            setup="mount -t securityfs none /sys/kernel/security && mount --bind /dev/null /proc/modules"),
        "no settings": View(
            ("/proc/sys/kernel/modules_disabled", "/proc/sys/kernel/tainted", "/proc/sys/kernel/modprobe"),
            setup="umount /proc/modules && mkdir /run/empty && mount --bind /run/empty /proc/sys",
            unknown=SETTINGS, null=NO_SETTINGS),
        "no module files": View(
            ("/lib/modules",), unknown=FILES, listing=INCOMPLETE,
            setup="umount /proc/sys && mount -t tmpfs -o mode=755 none /lib/modules"),
    }
    options = {"kernel": "6.1", "modules": ["dummy", "loop"], "dpkg": True, "cmdline": "lockdown=integrity",
               "files": {**TABLES, "/boot/loader/entries/small.conf": BOOTS_WITHOUT_IMAGE}}


def service(*properties: str) -> str:
    options = " ".join(f"-p {one}" for one in properties)
    return f"systemd-run --quiet --wait --pipe {options} {{}}"


JAIL = """
mkdir -p /srv/jail/usr /srv/jail/proc /srv/jail/sys /srv/jail/dev /srv/jail/etc /srv/jail/var/lib/dpkg
for name in bin sbin lib lib64; do ln -s usr/$name /srv/jail/$name; done
for name in usr proc sys dev; do mount --rbind /$name /srv/jail/$name; done
"""


class WholeDebian(Honesty, GuestTest):
    """Hardened units, each option alone and together; containers."""

    views = {
        "ProtectKernelModules": View(("/usr/lib/modules",), wrap=service("ProtectKernelModules=yes"),
                                     unknown=(*FILES, "PERM-001"), listing=INCOMPLETE),
        "ProtectKernelLogs": View(("/dev/kmsg",), wrap=service("ProtectKernelLogs=yes"), null=("kernel_log",)),
        "ProcSubset": View(
            ("/proc/modules", "/proc/cmdline", "/proc/keys", "/proc/sys/kernel/tainted"),
            wrap=service("ProcSubset=pid"), unknown=(*LOADED, *SETTINGS), listing=INCOMPLETE,
            null=(*NO_LIST, *NO_SETTINGS, "command_line", "keyrings")),
        "hidden modules": View(("/usr/lib/modules",), wrap=service("InaccessiblePaths=/lib/modules"),
                               unknown=(*FILES, "PERM-001"), listing=INCOMPLETE),
        "empty modules": View(("/usr/lib/modules",), wrap=service("TemporaryFileSystem=/usr/lib/modules"),
                              unknown=(*FILES, "PERM-001"), listing=INCOMPLETE),
        "hidden configuration": View(("/etc/modprobe.d",), wrap=service("InaccessiblePaths=/etc/modprobe.d"),
                                     unknown=("PERM-002", "CONF-003", "CONF-011")),
        "hidden packages": View(("/var/lib/dpkg",), wrap=service("InaccessiblePaths=/var/lib/dpkg"),
                                unknown=("FILE-002", "FILE-003", "FILE-012")),
        "hidden sysfs": View(("/sys/module",), wrap=service("InaccessiblePaths=/sys/module"), null=("sig_enforce",),
                             listing=INCOMPLETE),
        "hidden securityfs": View(("/sys/kernel/security",), wrap=service("InaccessiblePaths=/sys/kernel/security"),
                                  unknown=("KERNEL-001",), null=("lockdown", "security_modules")),
        "PrivateDevices": View(("/dev/kmsg",), wrap=service("PrivateDevices=yes"), null=("kernel_log",)),
        "PrivateUsers": View(("/proc/self/uid_map", "/dev/kmsg"), wrap=service("PrivateUsers=yes"),
                             unknown=(*OWNERS, "CONF-015"), null=("kernel_log",)),
        "DynamicUser": View(("/dev/kmsg", "/proc/keys"), wrap=service("DynamicUser=yes"),
                            null=("kernel_log", "keyrings")),
        "shut in": View(
            ("/usr/lib/modules", "/dev/kmsg", "/proc/modules", "/proc/sys/kernel/modules_disabled"),
            wrap=service("ProtectKernelModules=yes", "ProtectKernelTunables=yes", "ProtectKernelLogs=yes",
                         "ProcSubset=pid", "ProtectSystem=strict", "PrivateDevices=yes"),
            unknown=(*LOADED, *SETTINGS, "PERM-001"), listing=INCOMPLETE,
            null=(*NO_LIST, *NO_SETTINGS, "command_line", "keyrings", "kernel_log")),
        "container": View(("/",), wrap="unshare --pid --fork --mount-proc {}", unknown=(*FILES, *OWNERS)),
        "another root": View(("/", "/boot/vmlinuz"), setup=JAIL, wrap="chroot /srv/jail {}",
                             unknown=(*FILES, *OWNERS, *SIGNATURES), listing=INCOMPLETE),
    }
    more_steps = {"tunables": service("ProtectKernelTunables=yes").format(AUDIT)}
    options = {"kernel": "6.1", "system": "debian", "cmdline": "lockdown=integrity", "files": TABLES}

    def test_read_only_settings_hide_nothing(self) -> None:
        """ProtectKernelTunables only takes the right to write."""
        self.assertEqual(self.guest["tunables"].exit_code, COMPLETE, self.guest["tunables"])
        self.assertEqual(without_log(self.guest["tunables"].json["posture"]),
                         without_log(self.guest["free"].json["posture"]))


if __name__ == "__main__":
    unittest.main()
