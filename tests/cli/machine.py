# SPDX-License-Identifier: GPL-2.0-or-later
"""Small machines as trees of files, for --root."""

import hashlib
import shutil
import tempfile
import unittest
from pathlib import Path

from kernel_file import kernel_file
from module_file import build_id_note, module_file
from signing import certificate, signed
from whole_host import make_whole

RELEASE = "6.1.0-9-test"
VERSION = "#1 SMP PREEMPT_DYNAMIC test"
SECURE_BOOT_ON = b"\x06\0\0\0\x01"
EFI_GLOBAL = "8be4df61-93ca-11d2-aa0d-00e098032b8c"


class Machine:
    """A tree in a temporary folder that goes away with the test."""

    def __init__(self, test: unittest.TestCase) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kmodsec-cli-"))
        test.addCleanup(shutil.rmtree, self.folder)

    def __str__(self) -> str:
        return str(self.folder)

    def write(self, path: str, content: str | bytes = "") -> "Machine":
        place = self.folder / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def without(self, path: str) -> "Machine":
        (self.folder / path.lstrip("/")).unlink()
        return self

    def whole(self) -> "Machine":
        """Adds what every host has, so that what is not there is known not to be."""
        make_whole(self.folder)
        return self

    def install(
        self, name: str, license: str = "GPL", sign: bool = True, versions: list[tuple[int, str]] | None = None, **fields: str
    ) -> "Machine":
        """Puts a module on disk."""
        module = module_file(versions, license=license, name=name, **fields)
        return self.write(f"/lib/modules/{RELEASE}/kernel/{name}.ko", signed(module) if sign else module)

    def packaged(self) -> "Machine":
        """Packages of dpkg own every module file, and modprobe, as they are now."""
        modules = (self.folder / f"lib/modules/{RELEASE}/kernel").rglob("*.ko")
        owned = {"kmod": ["usr/sbin/modprobe"],
                 "linux-image": sorted(str(file.relative_to(self.folder)) for file in modules)}
        for package, paths in owned.items():
            self.write(f"/var/lib/dpkg/info/{package}.list", "".join(f"/{path}\n" for path in paths))
            self.write(f"/var/lib/dpkg/info/{package}.md5sums", "".join(f"{self._md5(path)}  {path}\n" for path in paths))
        return self.write("/var/lib/dpkg/status", "".join(
            f"Package: {package}\nStatus: install ok installed\nVersion: 6.1.1-1\n\n" for package in owned))

    def _md5(self, path: str) -> str:
        return hashlib.md5((self.folder / path).read_bytes(), usedforsecurity=False).hexdigest()

    def load(self, name: str, refcount: int = 0, used_by: str = "-", taint: str = "") -> "Machine":
        """Adds a line to /proc/modules, and what sysfs shows of it."""
        flags = f" ({taint})" if taint else ""
        line = f"{name} 16384 {refcount} {used_by} Live 0x0000000000000000{flags}\n"
        loaded = self.folder / "proc/modules"
        self.write("/proc/modules", loaded.read_text() + line)
        self.write(f"/sys/module/{name}/initstate", "live\n")
        self.write(f"/sys/module/{name}/notes/.note.gnu.build-id", build_id_note())
        return self.write(f"/sys/module/{name}/taint", f"{taint}\n")


def image(test: unittest.TestCase) -> Machine:
    """An installed system that does not run."""
    machine = Machine(test).write("/etc/modprobe.d/local.conf", "options loop max_loop=8\n")
    machine.write(f"/lib/modules/{RELEASE}/modules.dep", "kernel/loop.ko:\nkernel/fat.ko:\nkernel/vfat.ko: kernel/fat.ko\n")
    machine.write(f"/lib/modules/{RELEASE}/modules.alias", "alias fs-vfat vfat\n")
    machine.write(f"/lib/modules/{RELEASE}/modules.softdep", "")
    machine.write(f"/lib/modules/{RELEASE}/modules.builtin", "kernel/fs/ext4/ext4.ko\n")
    machine.write("/usr/sbin/modprobe", "")
    machine.write(f"/boot/vmlinuz-{RELEASE}", kernel_file(RELEASE, VERSION, certificate()))
    machine.write(f"/boot/loader/entries/{RELEASE}.conf", f"linux /vmlinuz-{RELEASE}\noptions root=/dev/vda rootfstype=ext4 quiet\n")
    machine.write(f"/boot/config-{RELEASE}", "CONFIG_MODULES=y\nCONFIG_MODULE_SIG=y\n# end of Kernel hacking\n")
    for name in ("loop", "fat"):
        machine.install(name)
    return machine.install("vfat", alias="fs-vfat", depends="fat").whole()


def running(test: unittest.TestCase) -> Machine:
    """A captured system with three loaded modules: fat is used by vfat, loop by none."""
    machine = image(test)
    for name, value in {
        "osrelease": RELEASE, "version": VERSION, "arch": "x86_64", "tainted": "0",
        "modules_disabled": "0", "modprobe": "/usr/sbin/modprobe", "kexec_load_disabled": "1",
    }.items():
        machine.write(f"/proc/sys/kernel/{name}", f"{value}\n")
    machine.write("/proc/cmdline", "root=/dev/vda quiet\n").write("/proc/stat", "btime 1700000000\n")
    machine.write("/proc/keys", "0f2a6c8d I------     1 perm 1f0b0000     0     0 keyring   .builtin_trusted_keys: 2\n")
    machine.write("/proc/crypto").write("/proc/self/mountinfo").write("/proc/self/net/protocols")
    machine.write("/proc/modules")
    machine.write("/dev/kmsg")
    machine.write("/sys/kernel/security/lockdown", "none [integrity] confidentiality\n")
    machine.write("/sys/kernel/security/lsm", "lockdown,capability,apparmor")
    machine.write("/sys/module/module/parameters/sig_enforce", "Y\n").write("/sys/module/kernel/uevent")
    machine.write(f"/sys/firmware/efi/efivars/SecureBoot-{EFI_GLOBAL}", SECURE_BOOT_ON)
    machine.load("vfat", refcount=0).load("fat", refcount=1, used_by="vfat,").load("loop")
    return machine.whole()
