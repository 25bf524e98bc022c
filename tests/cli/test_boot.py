# SPDX-License-Identifier: GPL-2.0-or-later
"""Which initramfs and which command line boot a kernel: found wherever a boot loader names them, or a gap."""

import shutil
import tempfile
from pathlib import Path

from kmodsec_cli import CLEAN, FINDINGS, INCOMPLETE, CliTest, kmodsec
from machine import RELEASE, Machine, image
from packing import archive, compressed

MODULES = f"/lib/modules/{RELEASE}"
ENTRY = "/boot/loader/entries/a.conf"
NAMES_NO_IMAGE = f"linux /vmlinuz-{RELEASE}\noptions ro\n"


def host(test: CliTest) -> Machine:
    """An installed system with a stick's driver that no initramfs and no line asks for; its boot is not told."""
    machine = Machine(test).write("/etc/modprobe.d/deny.conf", "install usb-storage /bin/false\n")
    machine.write(f"{MODULES}/modules.dep", "kernel/usb-storage.ko:\nkernel/sctp.ko:\n")
    machine.write(f"{MODULES}/modules.alias", "alias usb:v*p*ic08isc06ip50in* usb_storage\n")
    machine.write(f"{MODULES}/modules.softdep").write(f"{MODULES}/modules.builtin")
    machine.write(f"{MODULES}/modules.builtin.modinfo")
    machine.write(f"/boot/vmlinuz-{RELEASE}", "a kernel")
    machine.install("usb-storage")
    return machine.install("sctp").whole()


def asking_image(release: str = RELEASE, modprobe_lines: str = "") -> bytes:
    """Made by initramfs-tools, before the deny: its list asks for the driver. It has these lines of modprobe.d."""
    folder = Path(tempfile.mkdtemp(prefix="kmodsec-image-"))
    try:
        for path, content in {
            "conf/modules": "usb-storage\n", "conf/initramfs.conf": "MODULES=most\n", "scripts/functions": "",
            f"lib/modules/{release}/modules.dep": "kernel/usb-storage.ko:\n",
            f"lib/modules/{release}/kernel/usb-storage.ko": "a module",
            "etc/modprobe.d/lines.conf": modprobe_lines,
        }.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content)
        return compressed(archive(folder), ".gz")
    finally:
        shutil.rmtree(folder)


LAYOUTS = {
    "/boot/initramfs-lts": ("/boot/extlinux.conf", "LABEL lts\nLINUX vmlinuz-lts\nINITRD initramfs-lts\nAPPEND ro\n"),
    f"/boot/initrd-{RELEASE}.img": (
        "/boot/grub2/grub.cfg", f"menuentry a {{\nlinux /vmlinuz-{RELEASE} ro\ninitrd /initrd-{RELEASE}.img\n}}\n"),
    f"/boot/initramfs-genkernel-x86_64-{RELEASE}": (
        "/boot/grub/grub.cfg",
        f"menuentry a {{\nlinux /vmlinuz-{RELEASE} ro\ninitrd /initramfs-genkernel-x86_64-{RELEASE}\n}}\n"),
    f"/boot/EFI/nixos/0a-initrd-linux-{RELEASE}-initrd.efi": (
        "/boot/loader/entries/nixos-generation-1.conf",
        f"linux /EFI/nixos/0b-linux-{RELEASE}-bzImage.efi\ninitrd /EFI/nixos/0a-initrd-linux-{RELEASE}-initrd.efi\noptions ro\n"),
    f"/boot/initrd.img-{RELEASE}": (ENTRY, f"linux /vmlinuz-{RELEASE}\ninitrd /initrd.img-{RELEASE}\noptions ro\n"),
    "/boot/booster-linux.img": (ENTRY, "linux /vmlinuz-linux\ninitrd /booster-linux.img\noptions ro\n"),
    f"/boot/ostree/x-1/initramfs-{RELEASE}.img": (
        "/boot/loader.1/entries/ostree-1.conf",
        f"linux /ostree/x-1/vmlinuz-{RELEASE}\ninitrd /ostree/x-1/initramfs-{RELEASE}.img\noptions ro\n"),
    "/boot/firmware/initramfs8": ("/boot/firmware/config.txt", "kernel=kernel8.img\ninitramfs initramfs8 followkernel\n"),
    "/efi/odd/name.bin": ("/efi/loader/entries/a.conf", f"linux /odd/linux-{RELEASE}\ninitrd /odd/name.bin\noptions ro\n"),
}


class Initramfs(CliTest):
    def ask(self, machine: Machine, *options: str, module: str = "usb-storage") -> tuple[int, str | None, list[dict]]:
        run = kmodsec("doors", module, "--root", machine, *options)
        document = self.document("doors", module, "--root", machine, *options)
        paths = {path["load_path"]: path["outcome"] for path in document["modules"][0]["load_paths"]}
        return run.code, paths.get("initramfs"), document["unseen"]

    def test_every_layout_is_found(self) -> None:
        for path, (entry, text) in LAYOUTS.items():
            with self.subTest(path):
                machine = host(self).write(path, asking_image()).write(entry, text)
                self.assertEqual(self.ask(machine)[:2], (FINDINGS, "loads"))

    def test_nothing_that_is_taken_away_closes_it_in_silence(self) -> None:
        for path, (entry, text) in LAYOUTS.items():
            for missing in (path, entry, "/boot"):
                with self.subTest(path, missing=missing):
                    machine = host(self).write(path, asking_image()).write(entry, text)
                    gone = machine.folder / missing.lstrip("/")
                    if not gone.exists():
                        continue
                    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
                    code, outcome, unseen = self.ask(machine)
                    if outcome != "loads":
                        self.assertEqual(code, INCOMPLETE)
                        self.assertTrue(unseen)

    def test_none_is_a_fact_where_an_entry_says_so(self) -> None:
        self.assertEqual(self.ask(host(self).write(ENTRY, NAMES_NO_IMAGE))[:2], (CLEAN, "impossible"))

    def test_an_empty_boot_is_a_gap(self) -> None:
        machine = host(self).without(f"/boot/vmlinuz-{RELEASE}")
        code, outcome, unseen = self.ask(machine)
        self.assertEqual((code, outcome), (INCOMPLETE, None))
        self.assertIn("--initramfs FILE", unseen[0]["why"])
        machine.write("/etc/fstab", "UUID=1 /boot ext4 defaults 0 2\n")
        self.assertIn("/boot", [gap["what"] for gap in self.ask(machine)[2]])

    def test_the_command_line_names_an_image(self) -> None:
        machine = host(self).write(ENTRY, NAMES_NO_IMAGE).write("/proc/cmdline", "ro initrd=/initramfs-lts\n")
        machine.write("/proc/sys/kernel/osrelease", f"{RELEASE}\n")
        code, _, unseen = self.ask(machine)
        self.assertEqual(code, INCOMPLETE)
        self.assertIn("/initramfs-lts", [gap["what"] for gap in unseen])
        machine.write("/boot/initramfs-lts", asking_image())
        self.assertEqual(self.ask(machine)[1], "loads")

    def test_the_user_names_an_image(self) -> None:
        machine = host(self).write("/odd/place.img", asking_image())
        self.assertEqual(self.ask(machine, "--initramfs", "/odd/place.img")[1], "loads")
        self.assertEqual(self.ask(machine, "--initramfs", f"{machine}/odd/place.img")[1], "loads")
        self.assertEqual(self.ask(machine.write("/etc/kernel/cmdline", "ro\n"), "--initramfs", "none")[:2],
                         (CLEAN, "impossible"))
        self.assertIn("/no/such", self.refused("doors", "usb-storage", "--root", machine, "--initramfs", "/no/such"))

    def test_audit_and_snapshot_know_it(self) -> None:
        machine = host(self).write(ENTRY, NAMES_NO_IMAGE).write("/odd/place.img", asking_image())
        for verb in ("audit", "snapshot"):
            with self.subTest(verb):
                self.assertIn("/odd/place.img", kmodsec(verb, "--root", machine, "--initramfs", "/odd/place.img").out)

    def differences(self, modprobe_lines: str) -> dict[str, list[str]]:
        """What INITRD-003 finds where the image has these lines: the evidence of each subject."""
        path = f"/boot/initrd.img-{RELEASE}"
        machine = host(self).write(path, asking_image(modprobe_lines=modprobe_lines))
        machine.write(ENTRY, f"linux /vmlinuz-{RELEASE}\ninitrd /initrd.img-{RELEASE}\noptions ro\n")
        [check] = [check for check in self.document("audit", "--root", machine)["checks"] if check["id"] == "INITRD-003"]
        return {finding["subject"]: [place["value"] for place in finding["evidence"]] for finding in check["findings"]}

    def test_its_modprobe_d_is_held_against_that_of_the_host(self) -> None:
        deny = "install usb-storage /bin/false"
        self.assertEqual(self.differences(f"{deny}\n"), {})
        self.assertEqual(self.differences(""), {"usb_storage": [deny, "no such line"]})
        self.assertEqual(self.differences(f"{deny}\noptions usb-storage quirks=1\n"),
                         {"usb_storage": ["no such line", "options usb-storage quirks=1"]})
        self.assertEqual(self.differences(f"{deny}\ninstall ext4 /tmp/x\n"), {"ext4": ["install ext4 /tmp/x"]})

    def test_extensions_are_a_gap(self) -> None:
        for path in ("/var/lib/extensions/a.raw", "/etc/extensions/a.raw", "/run/confexts/a.raw",
                     "/var/lib/extensions/a/usr/lib/modprobe.d/x.conf", "/var/lib/confexts/a/etc/modules-load.d/x.conf"):
            with self.subTest(path):
                machine = host(self).write(ENTRY, NAMES_NO_IMAGE).write(path, "x")
                self.assertEqual(self.ask(machine)[0], INCOMPLETE)
        machine = host(self).write(ENTRY, NAMES_NO_IMAGE).write("/var/lib/extensions/a/usr/bin/tool", "x")
        self.assertEqual(self.ask(machine)[0], CLEAN)


class CommandLine(CliTest):
    def boot_door(self, machine: Machine, module: str = "sctp") -> dict:
        document = self.document("doors", module, "--root", machine)
        return next(path for path in document["modules"][0]["load_paths"] if path["load_path"] == "boot")

    def test_an_entry_asks(self) -> None:
        machine = host(self).write(ENTRY, f"linux /vmlinuz-{RELEASE}\noptions rd.driver.pre=nbd modules_load=sctp\n")
        self.assertEqual(self.boot_door(machine)["decided_by"], {"file": ENTRY, "line": 2, "text": "sctp"})

    def test_every_place_of_a_command_line(self) -> None:
        kernel = f"/vmlinuz-{RELEASE}"
        for path, text in {
            "/boot/grub/grub.cfg": f"linux {kernel} modules_load=sctp\n",
            "/boot/grub2/grub.cfg": f"set x=modules_load=sctp\nlinux {kernel} ro $x\n",
            "/boot/extlinux/extlinux.conf": f"label a\nlinux {kernel}\nappend modules_load=sctp\n",
            "/boot/limine.conf": f"/a\npath: boot():{kernel}\ncmdline: modules_load=sctp\n",
            "/etc/kernel/cmdline": "modules_load=sctp\n", "/usr/lib/kernel/cmdline": "modules_load=sctp\n",
            "/boot/uEnv.txt": f"uname_r={RELEASE}\ncmdline=modules_load=sctp\n",
        }.items():
            with self.subTest(path):
                self.assertEqual(self.boot_door(host(self).write(path, text))["outcome"], "loads")

    def test_a_deny_counts_where_every_entry_has_it(self) -> None:
        machine = host(self).write(ENTRY, f"linux /vmlinuz-{RELEASE}\noptions module_blacklist=sctp\n")
        self.assertEqual(kmodsec("doors", "sctp", "--root", machine).code, CLEAN)
        machine.write("/boot/loader/entries/b.conf", f"linux /vmlinuz-{RELEASE}\noptions single\n")
        self.assertEqual(kmodsec("doors", "sctp", "--root", machine).code, FINDINGS)

    def test_none_is_a_gap(self) -> None:
        machine = host(self).write("/etc/default/grub", "GRUB_CMDLINE_LINUX=quiet\n")
        run = kmodsec("doors", "usb-storage", "--root", machine, "--initramfs", "none")
        self.assertEqual(run.code, INCOMPLETE)
        self.assertIn("/etc/default/grub has only what new entries get", run.out)

    def test_the_next_boot_of_a_running_kernel(self) -> None:
        machine = host(self).write("/proc/sys/kernel/osrelease", f"{RELEASE}\n")
        machine.write("/proc/cmdline", "module_blacklist=sctp\n")
        machine.write(ENTRY, f"linux /vmlinuz-{RELEASE}\noptions modules_load=usb_storage\n")
        document = self.document("doors", "sctp", "--root", machine)
        self.assertTrue(document["modules"][0]["denied"])
        self.assertEqual([(one["text"], one["comes"]) for one in document["pending"]],
                         [("modules_load=usb_storage", True), ("module_blacklist=sctp", False)])
        self.assertIn(f"the boot entry {ENTRY}:2 will boot {RELEASE} with modules_load=usb_storage",
                      kmodsec("doors", "sctp", "--root", machine).out)


class Kernels(CliTest):
    def test_left_over_folders_are_none(self) -> None:
        machine = host(self).write(ENTRY, NAMES_NO_IMAGE).write("/lib/modules/keys/key.x509", "x")
        machine.write("/lib/modules/5.10.0-1/modules.dep").write("/lib/modules/5.10.0-1/modules.softdep", "# x\n")
        self.assertEqual(kmodsec("doors", "usb-storage", "--root", machine).code, CLEAN)
        self.assertNotIn("5.10.0-1", kmodsec("doors", "usb-storage", "--root", machine).out)

    def test_two_folders_of_one_release(self) -> None:
        machine = host(self).write(ENTRY, NAMES_NO_IMAGE).write(f"/usr/lib/modules/{RELEASE}/modules.dep", "kernel/x.ko:\n")
        run = kmodsec("doors", "usb-storage", "--root", machine)
        self.assertEqual(run.code, INCOMPLETE)
        self.assertIn(f"/usr/lib/modules/{RELEASE}", run.out)

    def test_rows_name_the_kernel_where_there_are_two(self) -> None:
        machine = image(self)
        self.assertNotIn(RELEASE, kmodsec("list", "--on-disk", "--root", machine).out)
        shutil.copytree(machine.folder / f"lib/modules/{RELEASE}", machine.folder / "lib/modules/6.1.0-10-test")
        for words in (["list", "--on-disk"], ["doors", "--profile", "cis-level-1"]):
            with self.subTest(words):
                rows = kmodsec(*words, "--root", machine).out
                for release in (RELEASE, "6.1.0-10-test"):
                    self.assertIn(release, rows)
