# SPDX-License-Identifier: GPL-2.0-or-later
"""Names in modules-load.d that lead nowhere: CONF-014 beside systemd-modules-load in a whole Debian."""

import re
import unittest

from lab.testing import GuestTest

NAMES = {
    "sofdog": "a name that no kernel knows",
    "dummy": "a module",
    "crc-itu-t": "a module, as its file is named",
    "fs-udf": "an alias of a module",
    "mine": "an alias of the configuration",
    "shadow": "the same, of a module that is not there",
    "hollow": "a name with a command",
    "amd-uncore": "code that is built in",
}
CONFIGURATION = "alias mine udf\nalias shadow ghost\ninstall hollow /bin/true\n"
FAILED = re.compile(r"Failed to find module '([^']+)'|Failed to insert module '([^']+)'")


class ModulesLoad(GuestTest):
    steps = {
        "systemd": "/lib/systemd/systemd-modules-load 2>&1",
        "audit": "kmodsec audit --format json",
    }
    options = {"kernel": "6.1", "system": "debian", "files": {
        "/etc/modules-load.d/names.conf": "".join(f"{name}\n" for name in NAMES),
        "/etc/modprobe.d/names.conf": CONFIGURATION}}

    def test_the_same_names_lead_nowhere(self) -> None:
        by_systemd = {found or inserted for found, inserted in FAILED.findall(self.guest["systemd"].output)}
        self.assertEqual(by_systemd, {"sofdog", "ghost"}, self.guest["systemd"].output)
        check = next(one for one in self.guest["audit"].json["checks"] if one["id"] == "CONF-014")
        led_to_ghost = {"shadow"}
        self.assertEqual({finding["subject"] for finding in check["findings"]}, {"sofdog"} | led_to_ghost, check)


if __name__ == "__main__":
    unittest.main()
