# SPDX-License-Identifier: GPL-2.0-or-later
"""Every JSON answer is valid by its schema, and says the same as the machine it comes from."""

import hmac
import json

from kmodsec_cli import AT_ONE_TIME, CliTest, kmodsec, schema
from machine import RELEASE, Machine, image, running


MACHINE_ID = "0123456789abcdef0123456789abcdef"
BOOT_ID = "d3bd2b8b-2a5c-4b8b-9d4f-0b2b0a6a7a11"


def hashed(machine_id: str) -> str:
    """As sd_id128_get_machine_app_specific(3) does."""
    own = bytes.fromhex("69156cc04453405aa6cac20fab25e0d1")
    code = bytearray(hmac.digest(bytes.fromhex(machine_id), own, "sha256")[:16])
    code[6] = code[6] & 0x0F | 0x40
    code[8] = code[8] & 0x3F | 0x80
    return code.hex()


def module_named(document: dict, name: str) -> dict:
    return next(module for module in document["modules"] if module["name"] == name)


class Documents(CliTest):
    def test_every_kind_of_machine_gives_a_valid_document(self) -> None:
        bare = Machine(self).write("/etc/hostname", "bare\n")
        for machine in (running(self), image(self), bare):
            for words in (["audit"], ["list"], ["list", "--on-disk"], ["snapshot"]):
                with self.subTest(words):
                    self.document(*words, "--root", machine)

    def test_this_machine_gives_a_valid_document(self) -> None:
        for words in (["audit"], ["list"], ["checks"], ["explain", "KERNEL-002"]):
            with self.subTest(words):
                self.document(*words)

    def test_kernel(self) -> None:
        kernel = self.document("list", "--root", running(self))["kernel"]
        self.assertEqual(kernel, {"release": RELEASE, "version": "#1 SMP PREEMPT_DYNAMIC test", "arch": "x86_64"})

    def test_host(self) -> None:
        machine = running(self).write("/etc/machine-id", f"{MACHINE_ID}\n").write("/etc/hostname", "web-1\n")
        machine.write("/proc/sys/kernel/random/boot_id", f"{BOOT_ID}\n")
        known = {"name": "web-1", "machine_id": hashed(MACHINE_ID), "boot_id": BOOT_ID}
        taken = machine.folder / "snapshot.json"
        taken.write_text(json.dumps(self.document("snapshot", "--root", machine)))
        self.assertNotIn(MACHINE_ID, taken.read_text())
        for place in (("--root", machine), ("--snapshot", taken)):
            for words in (["audit"], ["status"], ["list"], ["show", "loop"], ["verify", "--all"], ["doors", "loop"], ["cves"], ["snapshot"]):
                with self.subTest(words=words, place=place[0]):
                    document = self.document(*words, *place)
                    self.assertEqual(list(document)[:5], ["schema", "tool", "host", "time", "kernel"])
                    self.assertEqual(document["host"], known)

    def test_verbs_without_facts_name_the_host_too(self) -> None:
        machine = running(self).write("/etc/hostname", "web-1\n")
        for words in (["profiles"], ["history"], ["events"], ["data", "show"]):
            with self.subTest(words):
                document = self.document(*words, "--root", machine, **AT_ONE_TIME)
                self.assertEqual((document["host"]["name"], document["time"]), ("web-1", "2026-11-29T00:00:00Z"))

    def test_a_host_without_names(self) -> None:
        machine = running(self).write("/etc/machine-id", "uninitialized\n")
        document = self.document("audit", "--root", machine)
        self.assertEqual(document["host"], {"name": None, "machine_id": None, "boot_id": None})
        self.assertNotIn("/etc/machine-id", json.dumps(document["unseen"]), "no verdict rests on it")

    def test_a_snapshot_that_names_no_host(self) -> None:
        """As older releases wrote it."""
        machine = running(self).write("/etc/hostname", "web-1\n")
        document = self.document("snapshot", "--root", machine)
        del document["facts"]["host"]
        taken = machine.folder / "snapshot.json"
        taken.write_text(json.dumps(document))
        self.assertEqual(self.document("list", "--snapshot", taken)["host"], {"name": None, "machine_id": None, "boot_id": None})

    def test_posture(self) -> None:
        posture = self.document("audit", "--root", running(self))["posture"]
        for name, value in {
            "modules_supported": True, "modules_disabled": False, "lockdown": "integrity", "secure_boot": "enabled",
            "sig_enforce": True, "taint": {"value": 0, "flags": []}, "modprobe_helper": "/usr/sbin/modprobe",
            "loaded_count": 3,
        }.items():
            self.assertEqual(posture[name], value, name)

    def test_summary_counts_the_checks(self) -> None:
        document = self.document("audit", "--root", running(self))
        for status, count in document["summary"].items():
            self.assertEqual(count, sum(check["status"] == status for check in document["checks"]), status)

    def test_what_is_null_has_a_reason(self) -> None:
        machine = running(self).without("/proc/sys/kernel/tainted").without("/sys/kernel/security/lockdown")
        document = self.document("audit", "--root", machine)
        self.assertIsNone(document["posture"]["taint"])
        self.assertIn("/proc/sys/kernel/tainted", [gap["what"] for gap in document["unseen"]])

    def test_list(self) -> None:
        document = self.document("list", "--root", running(self).load("evil", taint="OE"))
        self.assertEqual([module["name"] for module in document["modules"]], ["evil", "fat", "loop", "vfat"])
        fat = module_named(document, "fat")
        self.assertEqual((fat["size"], fat["refcount"], fat["used_by"], fat["unused"]), (16384, 1, ["vfat"], False))
        self.assertEqual((fat["license"], fat["signature"]["status"]), ("GPL", "valid"))
        self.assertEqual(module_named(document, "evil")["taint"], ["O", "E"])
        self.assertIsNone(module_named(document, "evil")["path"])

    def test_show(self) -> None:
        module = self.document("show", "vfat", "--root", running(self))["modules"][0]
        self.assertEqual((module["name"], module["builtin"]), ("vfat", False))
        self.assertEqual(module["info"]["license"], ["GPL"])

    def test_show_of_a_name_the_other_way_round_and_of_an_alias(self) -> None:
        machine = running(self).install("snd-dummy")
        self.assertEqual(self.document("show", "snd-dummy", "--root", machine)["modules"][0]["name"], "snd_dummy")
        self.assertEqual(self.document("show", "fs-vfat", "--root", machine)["modules"][0]["name"], "vfat")

    def test_show_of_several_modules_in_the_order_asked_for(self) -> None:
        modules = self.document("show", "vfat", "loop", "--root", running(self))["modules"]
        self.assertEqual([module["name"] for module in modules], ["vfat", "loop"])

    def test_show_of_a_file_by_its_path(self) -> None:
        machine = running(self)
        path = self.document("show", "vfat", "--root", machine)["modules"][0]["path"]
        module = self.document("show", path, "--root", machine)["modules"][0]
        self.assertEqual((module["name"], module["path"], module["loaded"]), ("vfat", path, False))

    def test_show_of_a_builtin_module(self) -> None:
        self.assertTrue(self.document("show", "ext4", "--root", running(self))["modules"][0]["builtin"])

    def test_configured_options(self) -> None:
        options = self.document("show", "loop", "--root", running(self))["modules"][0]["configured_options"]
        self.assertEqual([(line["options"], line["source"], line["line"]) for line in options],
                         [("max_loop=8", "/etc/modprobe.d/local.conf", 1)])

    def test_symbol_versions(self) -> None:
        machine = running(self).install("loop", versions=[(0x8930c9ff, "module_layout"), (7, "printk")])
        module = self.document("show", "loop", "--modversions", "--root", machine)["modules"][0]
        self.assertEqual(module["symbol_versions"], [{"symbol": "module_layout", "crc": "0x8930c9ff"},
                                                     {"symbol": "printk", "crc": "0x00000007"}])
        self.assertEqual(kmodsec("show", "loop", "--modversions", "--root", machine).out,
                         "0x8930c9ff\tmodule_layout\n0x00000007\tprintk\n")
        self.assertIn("no symbol versions", self.refused("show", "vfat", "--modversions", "--root", machine))
        self.assertIn("no file", self.refused("show", "ext4", "--modversions", "--root", machine))

    def test_snapshot_is_judged_as_the_machine_was(self) -> None:
        machine = running(self).load("evil", taint="OE")
        taken = machine.folder / "snapshot.json"
        taken.write_text(json.dumps(self.document("snapshot", "--root", machine, **AT_ONE_TIME)))
        for words in (["audit"], ["list"], ["list", "--on-disk"], ["show", "loop"]):
            with self.subTest(words):
                self.assertEqual(self.document(*words, "--snapshot", taken), self.document(*words, "--root", machine, **AT_ONE_TIME))

    def test_audit_looks_at_the_kernels_that_do_not_run(self) -> None:
        machine = running(self).write("/etc/modprobe.d/deny.conf", "install vfat /bin/false\n")
        folder = "/lib/modules/6.1.0-10-next"
        machine.write(f"{folder}/modules.dep", "kernel/fat.ko:\nkernel/vfat.ko: kernel/fat.ko\n")
        machine.write(f"{folder}/modules.softdep", "softdep vfat pre: fat\n")
        machine.write(f"{folder}/modules.alias").write(f"{folder}/modules.builtin")
        taken = machine.folder / "snapshot.json"
        taken.write_text(json.dumps(self.document("snapshot", "--root", machine, **AT_ONE_TIME)))
        audit = self.document("audit", "--root", machine, **AT_ONE_TIME)
        voided = next(check for check in audit["checks"] if check["id"] == "CONF-001")
        self.assertEqual(voided["status"], "fail")
        self.assertIn(f"{folder}/modules.softdep", [item["source"] for item in voided["findings"][0]["evidence"]])
        self.assertEqual(self.document("audit", "--snapshot", taken), audit)
        listed = self.document("list", "--on-disk", "--root", machine, **AT_ONE_TIME)
        self.assertEqual(self.document("list", "--on-disk", "--snapshot", taken), listed)

    def test_every_check_says_what_it_is_about(self) -> None:
        for check in self.document("checks")["checks"]:
            with self.subTest(check["id"]):
                for field in ("title", "fault", "method", "rationale", "remedy"):
                    self.assertGreater(len(check[field]), 10, field)
                self.assertIn(" fails ", check["method"])

    def test_explain_says_how_it_judges(self) -> None:
        shown = " ".join(kmodsec("explain", "SIG-001").out.split())
        self.assertIn("How module.sig_enforce, lockdown and CONFIG_MODULE_SIG_FORCE. It fails where none of them is on.", shown)

    def test_checks_and_explain_agree(self) -> None:
        for check in self.document("checks")["checks"]:
            self.assertEqual(self.document("explain", check["id"])["check"], check)

    def test_hostile_names_stay_valid(self) -> None:
        machine = running(self).install("b\x01d", license="G\x1bPL", description='"\\')
        self.document("list", "--on-disk", "--root", machine)

    def test_the_same_machine_gives_the_same_bytes(self) -> None:
        machine = running(self)
        first, second = (kmodsec("audit", "--root", machine, "--format", "json", **AT_ONE_TIME).out for _ in range(2))
        self.assertEqual(first, second)
        self.assertEqual(json.loads(first)["time"], "2026-11-29T00:00:00Z")


class Schemas(CliTest):
    """A schema that accepts anything would prove nothing."""

    def test_a_missing_field_is_refused(self) -> None:
        document = self.document("list", "--root", running(self))
        for field in schema("list")["required"]:
            with self.subTest(field), self.assertRaises(AssertionError):
                self.assert_valid("list", {name: value for name, value in document.items() if name != field})

    def test_a_field_that_no_schema_names_is_refused(self) -> None:
        document = self.document("list", "--root", running(self))
        document["modules"][0]["package"] = {"name": "x", "version": None, "level": "unowned", "odd": 1}
        with self.assertRaisesRegex(AssertionError, r"modules\[\]\.package\.odd"):
            self.assert_valid("list", document)

    def test_a_wrong_word_deep_inside_is_refused(self) -> None:
        document = self.document("list", "--root", running(self))
        document["modules"][0]["signature"]["status"] = "perhaps"
        with self.assertRaises(AssertionError):
            self.assert_valid("list", document)
