# SPDX-License-Identifier: GPL-2.0-or-later
"""A baseline in a whole Debian: what dpkg does is explained, and what an attacker does is found."""

import unittest
from typing import ClassVar

from lab.testing import GuestTest
from tests.lab import package_story

EXTRA = "/lib/modules/$(uname -r)/extra"
MODULE = "$(find /lib/modules -name hfs.ko)"

FEW_MODULES = """
cd /lib/modules/$(uname -r)
find kernel -name '*.ko' -not -path '*/fs/*' -not -name dummy.ko -not -name loop.ko -delete && depmod
"""

PACKAGE = """
version=$1; content=$2
mkdir -p /tmp/deb/DEBIAN /tmp/deb/{extra}
cp $(find /lib/modules -name $content.ko) /tmp/deb/{extra}/ours.ko
printf 'Package: extra-modules\\nVersion: %s\\nArchitecture: all\\nMaintainer: lab <lab@localhost>\\nDescription: lab\\n' $version >/tmp/deb/DEBIAN/control
(cd /tmp/deb && find lib -type f | xargs md5sum >DEBIAN/md5sums)
dpkg-deb -b /tmp/deb /tmp/extra.deb && dpkg -i /tmp/extra.deb && depmod
""".replace("{extra}", EXTRA.lstrip("/"))

CHECK = "kmodsec baseline check --format json"
IMAGE = "/boot/initrd.img-$(uname -r)"

REPLACE_IN_THE_IMAGE = f"""
cp {IMAGE} /root/image
inside=usr/lib/modules/$(uname -r)/kernel/fs/ext4/ext4.ko
mkdir -p /tmp/i/$(dirname $inside) && cp $(find /lib/modules -name xfs.ko) /tmp/i/$inside
truncate -s %4 {IMAGE}
(cd /tmp/i && find usr | cpio -o -H newc 2>/dev/null) >>{IMAGE}
{CHECK}; code=$?
mv /root/image {IMAGE}
exit $code
"""


class Baseline(package_story.PackageTests, GuestTest):
    steps: ClassVar = {
        "few modules": FEW_MODULES,
        "install": f"cat >/root/package <<'E'\n{PACKAGE}\nE\nsh /root/package 1 dummy",
        "create": "kmodsec baseline create",
        "nothing": "for i in 1 2 3; do kmodsec baseline check || exit; done",
        "upgrade": "sleep 1; sh /root/package 2 loop >&2 && " + CHECK,
        "accept": "kmodsec baseline accept >&2 && " + CHECK,
        "image made anew": "echo 'options loop max_loop=8' >/etc/modprobe.d/zz.conf && update-initramfs -u >&2 && " + CHECK,
        "accept by name": "kmodsec baseline accept /etc/modprobe.d/zz.conf --reason 'a test' --yes >&2 && kmodsec baseline accept >&2 && " + CHECK,
        "replaced": f"cp {MODULE} /root/good; cp $(find /lib/modules -name xfs.ko) {MODULE}; {CHECK}",
        "database rewritten": f"m={MODULE}; sum=$(md5sum <$m | cut -d ' ' -f 1);"
                              f" sed -i \"s,^[0-9a-f]*  \\(.*/hfs.ko\\)$,$sum  \\1,\" /var/lib/dpkg/info/linux-image-$(uname -r).md5sums; {CHECK}",
        "appended": f"cp /root/good {MODULE}; echo more >>{MODULE}; {CHECK}",
        "added": f"cp /root/good {MODULE}; cp /root/good {EXTRA}/new.ko; {CHECK}; code=$?; rm {EXTRA}/new.ko; exit $code",
        "index": f"i=/lib/modules/$(uname -r)/modules.alias; cp -p $i /root/index; echo 'alias fs-evil loop' >>$i; {CHECK}; code=$?;"
                 " cp -p /root/index $i; exit $code",
        "in the image alone": REPLACE_IN_THE_IMAGE,
        "journal": "kmodsec baseline check --journal --quiet >/dev/null; journalctl --sync; journalctl -o json MESSAGE_ID=bcf1de190116e658c2289ec516116d51",
        "clock": f"now=$(date +%s); date -s 2020-01-01 >/dev/null; kmodsec baseline check; code=$?; date -s @$now >/dev/null; exit $code",
        "store": "cp -p /var/lib/kmodsec/baseline.db /root; sed -i 's/\"signature\":\"valid\"/\"signature\":\"VALID\"/' /var/lib/kmodsec/baseline.db;"
                 " kmodsec baseline check; code=$?; cp -p /root/baseline.db /var/lib/kmodsec; exit $code",
        **package_story.STEPS,
    }
    options: ClassVar = {"system": "debian", "kernel": "6.1", "package": True, "files": package_story.FILES}

    def changes(self, name: str) -> dict[str, dict]:
        document = self.guest[name].json
        self.assertEqual(document["unseen"], [])
        return {change["path"].rsplit("/", 1)[1]: change
                for kind in ("added", "removed", "changed") for change in document[kind]}

    def suspicious(self, name: str) -> dict[str, tuple[str, str]]:
        """Name of the file → severity and concern."""
        return {path: (change["severity"], change["concern"])
                for path, change in self.changes(name).items() if change["suspicious"]}

    def test_nothing_is_found_where_nothing_changed(self) -> None:
        self.succeeded("few modules", "install", "create", "nothing")
        self.assertIn("Nothing has changed", self.guest["nothing"].output)

    def test_a_transaction_explains_its_files_and_the_indexes(self) -> None:
        self.succeeded("upgrade", "accept")
        changes = self.changes("upgrade")
        self.assertIn("extra-modules: upgrade, 1 → 2; fits the digest of the package, signature valid",
                      changes["ours.ko"]["explanation"])
        self.assertIn("depmod", changes["modules.alias"]["explanation"])
        self.assertEqual(self.suspicious("upgrade"), {})
        self.assertEqual(self.changes("accept"), {})

    def test_an_image_made_anew_is_explained_by_what_is_in_it(self) -> None:
        changes = self.changes("image made anew")
        suspicious = {change["kind"] for change in changes.values() if change["suspicious"]}
        self.assertLessEqual({"configuration"}, suspicious)
        self.succeeded("accept by name")
        self.assertEqual(self.changes("accept by name"), {})

    def test_a_module_replaced_on_disk(self) -> None:
        severity, concern = self.suspicious("replaced")["hfs.ko"]
        self.assertEqual(severity, "high")
        self.assertIn("it is not the file that linux-image", concern)

    def test_a_package_database_that_was_made_to_fit(self) -> None:
        self.assertIn("no package transaction covers it", self.suspicious("database rewritten")["hfs.ko"][1])

    def test_a_module_appended_to(self) -> None:
        self.assertEqual(self.suspicious("appended")["hfs.ko"][0], "critical")

    def test_a_module_added(self) -> None:
        self.assertEqual(self.suspicious("added")["new.ko"], ("high", "no package owns it"))

    def test_an_index_edited(self) -> None:
        self.assertIn("edited", self.suspicious("index")["modules.alias"][1])

    def test_a_module_in_the_image_alone(self) -> None:
        found = {path: severity for path, (severity, _) in self.suspicious("in the image alone").items() if path == "ext4.ko"}
        self.assertEqual(found, {"ext4.ko": "critical"})

    def test_a_clock_set_back(self) -> None:
        self.assertIn("see the clock of this host", self.guest["clock"].output)

    def test_the_journal_has_fields(self) -> None:
        self.assertIn('"KMODSEC_GENERATION"', self.guest["journal"].output)

    def test_a_store_edited_by_hand(self) -> None:
        self.assertEqual(self.guest["store"].exit_code, 2)
        self.assertIn("altered", self.guest["store"].stderr)


if __name__ == "__main__":
    unittest.main()
