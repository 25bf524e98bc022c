# SPDX-License-Identifier: GPL-2.0-or-later
"""What somebody who has not the key, and not the right bytes, can plant to be believed."""

import errno
import hashlib
import json
import os
import struct
import tempfile
from pathlib import Path

from kernel_file import kernel_file
from kmodsec_cli import CLEAN, FINDINGS, INCOMPLETE, CliTest, kmodsec
from machine import RELEASE, VERSION, Machine, image
from module_file import module_file
from signing import certificate, impostor, signed

IMAGE = f"/boot/vmlinuz-{RELEASE}"
OWN_KEYS = ("/var/lib/dkms/mok.pub", "/var/lib/shim-signed/mok/MOK.der", "/etc/pki/akmods/certs/public_key.der")
VALID, INVALID, UNKNOWN = "valid", "invalid", "unknown"


class Certificates(CliTest):
    """A genuine module, and one by a key that bears the name of the kernel's."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.impostors = [impostor(Path(folder.name), key_id) for key_id in (True, False)]

    def statuses(self, machine: Machine, key: Path, *words: str | Path) -> tuple[str, str]:
        machine.write("/tmp/evil.ko", signed(module_file(name="evil", license="GPL"), key))
        modules = self.document("verify", "loop", "/tmp/evil.ko", "--root", machine, *words)["modules"]
        found = {module["name"]: module["status"] for module in modules}
        return found["loop"], found["evil"]

    def test_where_the_host_keeps_its_own_keys(self) -> None:
        for key in self.impostors:
            for place in OWN_KEYS:
                with self.subTest(key.name, place=place):
                    machine = image(self).write(place, certificate(key))
                    self.assertEqual(self.statuses(machine, key), (VALID, INVALID))
                    self.assertEqual(self.statuses(machine.without(IMAGE), key), (UNKNOWN, UNKNOWN))

    def test_on_the_command_line(self) -> None:
        for key in self.impostors:
            self.assertEqual(self.statuses(image(self), key, "--cert", key), (VALID, INVALID))

    def test_in_the_image_of_another_kernel(self) -> None:
        for key in self.impostors:
            for release in ("5.0.0-evil", "7.0.0-evil"):
                machine = image(self).write(f"/lib/modules/{release}/modules.dep")
                machine.write(f"/boot/vmlinuz-{release}", kernel_file(release, VERSION, certificate(key)))
                modules = self.document("verify", "--all", "--root", machine)["modules"]
                self.assertEqual({module["status"] for module in modules}, {VALID})


def access_list(uid: int) -> bytes:
    """system.posix_acl_access: this user may write, too."""
    nobody = 0xffffffff
    entries = ((0x01, 6, nobody), (0x02, 6, uid), (0x04, 4, nobody), (0x10, 6, nobody), (0x20, 4, nobody))
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


class AccessLists(CliTest):
    def setUp(self) -> None:
        self.machine = image(self).write("/etc/kmodsec/policy.toml", "[deny]\nmodules = [\"loop\"]\n")

    def let_write(self, path: str, name: str = "system.posix_acl_access") -> None:
        try:
            os.setxattr(self.machine.folder / path.lstrip("/"), name, access_list(12345))
        except OSError as error:
            if error.errno != errno.EOPNOTSUPP:
                raise
            self.skipTest("this file system has no access control lists")

    def found(self) -> dict[str, str]:
        document = self.document("audit", "--root", self.machine)
        findings = [finding for check in document["checks"] if check["id"] in ("PERM-001", "PERM-002") for finding in check["findings"]]
        return {finding["subject"]: finding["evidence"][0]["value"] for finding in findings}

    def test_of_policy_and_what_leads_to_it(self) -> None:
        self.assertNotIn("others than root", kmodsec("plan", "--root", self.machine).err)
        for path in ("/etc/kmodsec/policy.toml", "/etc/kmodsec", "/etc", "/"):
            with self.subTest(path):
                self.setUp()
                self.let_write(path)
                self.assertIn(f"others than root may write {path}:", self.refused("plan", "--root", self.machine))

    def test_of_configuration_and_modules(self) -> None:
        places = ("/etc/modprobe.d/local.conf", "/etc/modprobe.d", f"/lib/modules/{RELEASE}/kernel/loop.ko", "/lib/modules", "/")
        for path in places:
            with self.subTest(path):
                self.setUp()
                self.let_write(path)
                self.assertIn("user 12345", self.found().get(path, "not found"))

    def test_that_new_files_get(self) -> None:
        self.let_write("/etc/modprobe.d", "system.posix_acl_default")
        self.assertIn("user 12345 (of what is made there)", self.found()["/etc/modprobe.d"])


class Explanations(CliTest):
    """Of a baseline: what DKMS keeps, and what it does not."""

    DKMS = f"/var/lib/dkms/ours/1.0/{RELEASE}/x86_64/module"
    INSTALLED = f"/lib/modules/{RELEASE}/updates/dkms"

    def setUp(self) -> None:
        self.machine = image(self)
        self.machine.write("/usr/src/ours-1.0/dkms.conf", "PACKAGE_NAME=ours\n")
        self.machine.write("/var/lib/dpkg/status", "Package: ours-dkms\nStatus: install ok installed\nVersion: 1.0\n\n")
        self.machine.write("/var/lib/dpkg/info/ours-dkms.list", "/usr/src/ours-1.0/dkms.conf\n")
        sum_of_source = hashlib.md5(b"PACKAGE_NAME=ours\n").hexdigest()
        self.machine.write("/var/lib/dpkg/info/ours-dkms.md5sums", f"{sum_of_source}  usr/src/ours-1.0/dkms.conf\n")
        self.store = self.machine.folder.with_suffix(".db")
        self.addCleanup(self.store.unlink, missing_ok=True)

    def baseline(self, action: str) -> dict:
        run = kmodsec("baseline", action, "--root", self.machine, "--store", self.store, "--format", "json")
        self.assertIn(run.code, (CLEAN, FINDINGS, INCOMPLETE), run.err)
        return json.loads(run.out)

    def concern(self) -> str:
        changes = self.baseline("check")
        by_name = {change["path"].rsplit("/", 1)[1]: change for kind in ("added", "changed") for change in changes[kind]}
        return by_name["ours.ko"]["concern"] or ""

    def build(self, module: bytes, kept: bytes | None = None) -> None:
        self.machine.write(f"{self.INSTALLED}/ours.ko", module)
        self.machine.write(f"{self.DKMS}/ours.ko", module if kept is None else kept)

    def log(self, line: str = "upgrade ours-dkms:all 0.9 1.0") -> None:
        self.machine.write("/var/log/dpkg.log", f"2096-01-01 10:00:00 {line}\n")

    def module(self, **fields: str) -> bytes:
        return module_file(name="ours", license="GPL", **fields)

    def test_what_dkms_has_built_is_explained(self) -> None:
        self.build(signed(self.module()))
        self.baseline("create")
        self.build(signed(self.module(alias="new")))
        self.assertIn("no package transaction", self.concern())
        self.log()
        self.assertEqual(self.concern(), "")

    def test_an_unsigned_module_takes_no_signed_ones_place(self) -> None:
        self.build(signed(self.module()))
        self.baseline("create")
        self.build(self.module(alias="new"))
        self.log()
        self.assertIn("its signature was valid and is unsigned now", self.concern())

    def test_a_name_in_dkms_explains_nothing(self) -> None:
        self.build(self.module())
        self.baseline("create")
        self.log()
        for kept in (b"", self.module()):
            self.build(self.module(alias="evil"), kept)
            self.assertEqual(self.concern(), "no package owns it")

    def test_a_new_unsigned_module_is_not_taken(self) -> None:
        self.baseline("create")
        self.log()
        self.build(self.module(), b"")
        self.assertEqual(self.concern(), "no package owns it")
        self.build(self.module())
        self.assertIn("nothing vouches for its content", self.concern())
        self.baseline("accept")
        self.assertIn("nothing vouches for its content", self.concern())

    def test_what_others_may_write_explains_nothing(self) -> None:
        self.build(signed(self.module()))
        self.baseline("create")
        self.build(signed(self.module(alias="new")))
        self.log()
        (self.machine.folder / "var/lib/dkms/ours").chmod(0o777)
        self.assertEqual(self.concern(), "no package owns it")
        (self.machine.folder / "var/lib/dkms/ours").chmod(0o755)
        (self.machine.folder / "var/log/dpkg.log").chmod(0o666)
        self.assertIn("no package transaction", self.concern())


class KernelConfig(CliTest):
    """Of build options that were not written to their end nobody knows what they leave out."""

    def test_that_is_no_configuration_is_a_gap(self) -> None:
        for config in ("", "garbage", bytes(5000), "CONFIG_MODULES=y\nCONFIG_MODULE_SIG=y\n"):
            machine = image(self).write(f"/boot/config-{RELEASE}", config)
            run = kmodsec("snapshot", "--root", machine)
            self.assertIn("is not the whole configuration of a kernel", run.out)
