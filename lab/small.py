# SPDX-License-Identifier: GPL-2.0-or-later
"""The small system: busybox, the real kmod, and a chosen part of a kernel's modules, all in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import cache, dpkg, module_tree, programs
from .commands import run
from .filetree import FileTree, write_cpio
from .kernels import Kernel
from .machine import LinuxBoot, Machine
from .request import Request

GUEST = Path(__file__).parent / "guest"
MIB = 1 << 20
KMOD_COMMANDS = ("depmod", "insmod", "lsmod", "modinfo", "modprobe", "rmmod")
FOLDERS = ("/dev", "/proc", "/run", "/sys", "/root", "/mnt", "/etc/modprobe.d", "/etc/modules-load.d",
           "/usr/lib/modprobe.d", "/var/cache", "/var/lib")
PASSWD = """\
root:x:0:0:root:/root:/bin/sh
tester:x:1000:1000:tester:/tmp:/bin/sh
"""
GROUP = """\
root:x:0:
tester:x:1000:
"""


@contextmanager
def machine(request: Request, kernel: Kernel) -> Iterator[Machine]:
    """A machine that has the small system as its initramfs, and no disk."""
    with cache.scratch() as folder:
        initramfs = folder / "initramfs"
        with initramfs.open("wb") as file:
            write_cpio(system(request, kernel), file)
        boot = LinuxBoot(kernel.image, initramfs, request.cmdline, request.uefi)
        yield Machine(boot, memory_mib=request.memory_mib or _memory_for(initramfs))


def system(request: Request, kernel: Kernel) -> FileTree:
    tree = _base()
    module_tree.add(tree, kernel, [*request.modules, *_needed_by(request)])
    tree.file(f"/boot/config-{kernel.release}", kernel.tree / "boot" / f"config-{kernel.release}")
    tree.file(f"/boot/vmlinuz-{kernel.release}", kernel.image)
    if request.addons is None:  # what starts it names no image in /boot
        tree.file("/boot/loader/entries/lab.conf", f"linux /vmlinuz-{kernel.release}\noptions {request.cmdline}\n")
    if request.dpkg:
        dpkg.add(tree, kernel, _kmod())
    if request.securityfs:
        tree.file("/lab/securityfs", "")
    request.add_to(tree)
    return tree


def _memory_for(initramfs: Path) -> int:
    """It is in memory twice while the kernel unpacks it."""
    return 512 + 3 * initramfs.stat().st_size // MIB


def _needed_by(request: Request) -> list[str]:
    """Debian builds efivarfs as a module."""
    return ["efivarfs"] if request.secure_boot or request.uefi or request.addons is not None else []


def _base() -> FileTree:
    tree = FileTree()
    for folder in ("bin", "sbin", "lib", "lib64"):
        tree.folder(f"/usr/{folder}")
        tree.link(f"/{folder}", f"usr/{folder}")
    for folder in FOLDERS:
        tree.folder(folder)
    tree.folder("/tmp", 0o1777)
    tree.file("/etc/passwd", PASSWD)
    tree.file("/etc/group", GROUP)
    tree.program("/init", GUEST / "init")
    tree.program("/lab/run-steps", GUEST / "run-steps")
    _add_kmod(tree)
    _add_busybox(tree)
    return tree


def _add_kmod(tree: FileTree) -> None:
    programs.add(tree, "/bin/kmod", _kmod())
    for command in KMOD_COMMANDS:
        tree.link(f"/sbin/{command}", "/bin/kmod")


def _kmod() -> Path:
    return programs.find("kmod").resolve()


def _add_busybox(tree: FileTree) -> None:
    """Every command of busybox, except those that kmod has, and except its shell.

    Debian's busybox shell prefers its own commands to those of the PATH, and it has a modprobe.
    """
    programs.add(tree, "/bin/sh", programs.find("dash"))
    busybox = programs.find("busybox")
    programs.add(tree, "/bin/busybox", busybox)
    for command in run(busybox, "--list").split():
        if command not in KMOD_COMMANDS and f"/bin/{command}" not in tree:
            tree.link(f"/bin/{command}", "/bin/busybox")
