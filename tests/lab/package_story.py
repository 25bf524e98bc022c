# SPDX-License-Identifier: GPL-2.0-or-later
"""The Debian package in a whole Debian that has a baseline: steps for a boot, and what is to come of them."""

import json
import unittest
from typing import ClassVar

from lab.results import Guest

CHECK = "kmodsec baseline check --format json"
STANDING = "kmodsec baseline show --format json"
TIMERS = "kmodsec-baseline.timer kmodsec-audit.timer"
UNITS = f"{TIMERS} kmodsec-baseline.service kmodsec-audit.service kmodsec-data.timer kmodsec-data.service kmodsec-learn.timer kmodsec-learn.service kmodsec-learn-boot.service kmodsec-learn-ready.timer kmodsec-learn-ready.service"
NEW_KERNEL = "6.1.0-99-lab"
EXTRA = "/lib/modules/$(uname -r)/extra"
STORE = "/var/lib/kmodsec"

CHECKED, ADDED = "bcf1de190116e658c2289ec516116d51", "95d21c077845ffd1988f603221eba5eb"

OURS_EVERYWHERE = "find / -xdev -name '*kmodsec*' -not -path '/lab/*' -not -path '/var/log/journal/*' | sort"
LEFT_OF_US = f"{OURS_EVERYWHERE}; systemctl list-units --all --no-legend 'kmodsec*'; systemctl list-unit-files --no-legend 'kmodsec*'"

MODULE_PACKAGE = f"""
version=$1; content=$2
deb=/tmp/our-modules; rm -rf $deb; mkdir -p $deb/DEBIAN $deb{EXTRA}
cp $(find /lib/modules/$(uname -r)/kernel -name $content.ko) $deb{EXTRA}/owned.ko
cp $deb{EXTRA}/owned.ko $deb{EXTRA}/spoiled.ko
printf 'Package: our-modules\\nVersion: %s\\nArchitecture: all\\nMaintainer: lab <lab@localhost>\\nDescription: lab\\n' $version >$deb/DEBIAN/control
(cd $deb && find lib -type f | xargs md5sum >DEBIAN/md5sums)
echo $version >>$deb{EXTRA}/spoiled.ko
dpkg-deb -Znone -b $deb $deb.deb && dpkg -i $deb.deb
"""

KERNEL_PACKAGE = f"""
deb=/tmp/our-kernel; modules=$deb/lib/modules/{NEW_KERNEL}; mkdir -p $deb/DEBIAN $deb/boot $modules/kernel
cp /boot/vmlinuz-$(uname -r) $deb/boot/vmlinuz-{NEW_KERNEL}
cp /boot/config-$(uname -r) $deb/boot/config-{NEW_KERNEL}
cp $(find /lib/modules/$(uname -r)/kernel -name loop.ko) $modules/kernel
cp /lib/modules/$(uname -r)/modules.builtin* /lib/modules/$(uname -r)/modules.order $modules
printf 'Package: linux-image-{NEW_KERNEL}\\nVersion: 1\\nArchitecture: all\\nMaintainer: lab <lab@localhost>\\nDescription: lab\\n' >$deb/DEBIAN/control
printf '#!/bin/sh\\nset -e\\ndepmod {NEW_KERNEL}\\n' >$deb/DEBIAN/postinst
echo 'DEB_MAINT_PARAMS="$*" run-parts --report --exit-on-error --arg={NEW_KERNEL} --arg=/boot/vmlinuz-{NEW_KERNEL} /etc/kernel/postinst.d' >>$deb/DEBIAN/postinst
chmod 755 $deb/DEBIAN/postinst
(cd $deb && find lib boot -type f | xargs md5sum >DEBIAN/md5sums)
dpkg-deb -Znone -b $deb $deb.deb && dpkg --no-triggers -i $deb.deb
"""

FULL_DISK = f"""
cp {STORE}/baseline.db /root/small.db
mount -t tmpfs -o mode=700,size=$(( $(stat -c %s /root/small.db) + 16384 )) tmpfs {STORE} && cp /root/small.db {STORE}/baseline.db
cat /dev/zero >{STORE}/filler 2>/dev/null
sh /root/our-modules 3 dummy >&2 || echo dpkg failed
{STANDING}; umount {STORE}
"""

STEPS = {
    "package: install": "ls /lab/packages >&2; DEBIAN_FRONTEND=noninteractive dpkg -i /lab/packages/*.deb >&2 && kmodsec --version",
    "package: units": f"systemd-analyze --man=no verify {UNITS}; systemctl is-enabled {TIMERS}",
    "package: timers": f"systemctl enable --now {TIMERS} >&2; systemctl is-enabled {TIMERS}; systemctl is-active {TIMERS}",
    "package: before": STANDING,
    "package: clean check": "systemctl start kmodsec-baseline.service >&2; systemctl show -P Result kmodsec-baseline.service",
    "package: trigger": f"sleep 1; sh /root/our-modules 1 loop >&2 && {STANDING}",
    "package: drift": CHECK,
    "package: check": "systemctl start kmodsec-baseline.service; journalctl --sync; journalctl -o json -t kmodsec",
    "package: ndjson": "kmodsec baseline check --format ndjson",
    "package: failed": "systemctl is-failed kmodsec-baseline.service",
    "package: audit": "systemctl start kmodsec-audit.service; journalctl --sync; systemctl show -P ExecMainStatus kmodsec-audit.service;"
                      " journalctl -o cat _SYSTEMD_UNIT=kmodsec-audit.service",
    "package: hook": f"sleep 1; sh /root/our-kernel >&2 && {STANDING}",
    "package: drift of the kernel": CHECK,
    "package: disk": FULL_DISK,
    "package: disk again": f"sleep 1; sh /root/our-modules 4 dummy >&2; {STANDING}",
    "package: remove": f"dpkg -r kmodsec >&2; systemctl --failed --no-legend; ls {STORE}; sh /etc/kernel/postinst.d/zy-kmodsec {NEW_KERNEL}",
    "package: purge": f"dpkg -P kmodsec >&2; systemctl --failed --no-legend; {LEFT_OF_US}",
}

FILES = {"/root/our-kernel": KERNEL_PACKAGE, "/root/our-modules": MODULE_PACKAGE}


class PackageTests(unittest.TestCase):
    guest: ClassVar[Guest]

    def generation(self, step: str) -> int:
        return self.guest[step].json["baseline"]["generation"]

    def entries(self, step: str) -> list[dict]:
        return [json.loads(line) for line in self.guest[step].lines if line.startswith("{")]

    def suspicious_of(self, step: str) -> set[str]:
        document = self.guest[step].json
        self.assertEqual(document["unseen"], [])
        return {change["path"] for kind in ("added", "removed", "changed") for change in document[kind] if change["suspicious"]}

    def test_the_package_brings_units_that_systemd_takes(self) -> None:
        self.assertIn("kmodsec", self.guest["package: install"].output)
        self.assertEqual((self.guest["package: units"].lines, self.guest["package: units"].stderr), (["disabled"] * 2, ""))
        self.assertEqual(self.guest["package: timers"].lines, ["enabled"] * 2 + ["active"] * 2)

    def test_the_service_says_that_nothing_has_changed(self) -> None:
        self.assertEqual(self.guest["package: clean check"].lines, ["success"])

    def test_the_trigger_takes_what_verifies_and_nothing_else(self) -> None:
        self.assertEqual(self.generation("package: trigger"), self.generation("package: before") + 1)
        suspicious = self.suspicious_of("package: drift")
        self.assertEqual({path.rsplit("/", 1)[1] for path in suspicious}, {"spoiled.ko"})

    def test_the_journal_has_an_entry_of_each_kind(self) -> None:
        entries = {entry["MESSAGE_ID"]: entry for entry in self.entries("package: check") if "MESSAGE_ID" in entry}
        self.assertIn("spoiled.ko", entries[ADDED]["KMODSEC_PATH"])
        self.assertEqual((entries[ADDED]["PRIORITY"], entries[ADDED]["KMODSEC_SEVERITY"]), ("3", "high"))
        self.assertEqual((entries[CHECKED]["PRIORITY"], entries[CHECKED]["KMODSEC_SUSPICIOUS"]), ("3", "1"))
        self.assertEqual(self.guest["package: failed"].lines, ["failed"])

    def test_other_collectors_get_a_document_in_each_line(self) -> None:
        _, *changes = self.entries("package: ndjson")
        self.assertEqual([change["path"].rsplit("/", 1)[1] for change in changes if change["suspicious"]], ["spoiled.ko"])

    def test_the_audit_runs_as_a_service(self) -> None:
        status, *report = self.guest["package: audit"].lines
        self.assertEqual(status, "1")
        self.assertIn("the last check found 1 change without an explanation", "\n".join(report))

    def test_the_hook_takes_a_new_kernel(self) -> None:
        self.assertEqual(self.generation("package: hook"), self.generation("package: trigger") + 1)
        document = self.guest["package: drift of the kernel"].json
        of_the_new_kernel = [change["path"] for kind in ("added", "removed", "changed") for change in document[kind]
                             if NEW_KERNEL in change["path"]]
        self.assertEqual(of_the_new_kernel, [])

    def test_a_full_disk_does_not_stop_dpkg_and_keeps_the_old_baseline(self) -> None:
        step = self.guest["package: disk"]
        self.assertNotIn("dpkg failed", step.output)
        self.assertIn("no space left on device", step.stderr)
        self.assertIn("tells what was not accepted", step.stderr)
        self.assertEqual(self.generation("package: disk"), self.generation("package: hook"))
        self.assertEqual(self.generation("package: disk again"), self.generation("package: hook") + 1)

    def test_removed_it_leaves_nothing_that_fails(self) -> None:
        self.assertEqual(self.guest["package: remove"].lines, ["baseline.db"])
        self.assertEqual(self.guest["package: remove"].exit_code, 0)

    def test_purged_it_leaves_nothing(self) -> None:
        self.assertEqual(self.guest["package: purge"].lines, [])
