# SPDX-License-Identifier: GPL-2.0-or-later
"""A whole Debian 12 on a disk: systemd, auditd, initramfs-tools, the kernel package, user `tester`."""

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import cache, module_tree, product_package
from .commands import run
from .errors import LabError
from .filetree import FileTree, write_tar
from .kernels import Kernel
from .kernels import kernel as kernel_of
from .machine import Disk, LinuxBoot, Machine
from .request import Request

log = logging.getLogger("lab")

GUEST = Path(__file__).parent / "guest"
SUITE = "bookworm"
PACKAGES = ("auditd", "dbus", "kmod", "passwd", "systemd-sysv", "udev")
INITRAMFS_TOOLS = {"initramfs-tools": ("initramfs-tools",), "dracut": ("dracut", "dracut-config-generic")}
LABEL = "kmodsec-lab"
IMAGE_SIZE = "3G"
UNITS = ("lab-files.service", "lab-steps.service")
MASKED = ("apt-daily.timer", "apt-daily-upgrade.timer", "dpkg-db-backup.timer", "e2scrub_all.timer", "fstrim.timer",
          "serial-getty@ttyS0.service", "getty@tty1.service")


@contextmanager
def machine(request: Request, kernel: Kernel) -> Iterator[Machine]:
    """A machine with the cached disk, whose changes are thrown away or kept in a copy, and one with the test's files."""
    image = installed(kernel, request.initramfs_tool)
    started = kernel_of(request.starts) if request.starts else kernel
    with cache.scratch() as folder:
        files = folder / "files"
        with files.open("wb") as file:
            write_tar(_files_of_test(request, started, image), file)
        boot = LinuxBoot(started.image, request.initramfs or image / "initrd.img",
                         f"root=LABEL={LABEL} rw {request.cmdline}", request.uefi)
        root = Disk(_kept(request.disk, image), "root", kept=True) if request.disk else Disk(image / "disk", "root")
        yield Machine(boot, (root, Disk(files, "lab")), request.memory_mib or 2048)


def _kept(disk: Path, image: Path) -> Path:
    if not disk.exists():
        run("cp", "--sparse=always", image / "disk", disk)
    return disk


def installed(kernel: Kernel, initramfs_tool: str = "initramfs-tools") -> Path:
    """The folder in the cache with `disk`, `initrd.img`, and the names of all files in `files`."""
    packages = sorted([*PACKAGES, *INITRAMFS_TOOLS[initramfs_tool]])
    recipe = cache.digest(SUITE, *packages, IMAGE_SIZE, *MASKED, *(_guest_file(name) for name in UNITS))
    return cache.entry(f"debian/{kernel.package}_{kernel.version}-{recipe}", lambda folder: _install(kernel, packages, folder))


def _files_of_test(request: Request, kernel: Kernel, image: Path) -> FileTree:
    tree = FileTree()
    tree.program("/lab/run-steps", GUEST / "run-steps")
    if request.initramfs:
        tree.file(f"/boot/initrd.img-{kernel.release}", request.initramfs)
    module_tree.add_own(tree, kernel, request.modules)
    if request.package:
        product_package.add(tree, image / "disk")
    request.add_to(tree, already_there=(image / "files").read_text().splitlines())
    return tree


def _install(kernel: Kernel, packages: list[str], folder: Path) -> None:
    if os.geteuid() != 0:
        raise LabError("a whole Debian can only be made by root, whose files it has")
    log.info("installing Debian %s with %s (a few minutes)", SUITE, kernel.package)
    with cache.scratch() as work:
        root = work / "root"
        run("mmdebstrap", "--quiet", "--mode=root", "--variant=minbase", "--format=directory",
            f"--include={','.join([*packages, kernel.package])}", SUITE, root)
        _customize(root)
        shutil.copyfile(root / "boot" / f"initrd.img-{kernel.release}", folder / "initrd.img")
        (folder / "files").write_text("\n".join(_paths_below(root)) + "\n")
        run("mke2fs", "-q", "-t", "ext4", "-L", LABEL, "-d", root, folder / "disk", IMAGE_SIZE)


def _customize(root: Path) -> None:
    run("chroot", root, "useradd", "--uid", "1000", "--create-home", "--shell", "/bin/sh", "tester")
    (root / "etc/hostname").write_text("lab\n")
    (root / "etc/fstab").write_text("")
    for unit in UNITS:
        (root / "etc/systemd/system" / unit).write_text(_guest_file(unit))
    run("systemctl", f"--root={root}", "--quiet", "enable", *UNITS)
    run("systemctl", f"--root={root}", "--quiet", "mask", *MASKED)


def _guest_file(name: str) -> str:
    return (GUEST / name).read_text()


def _paths_below(root: Path) -> list[str]:
    """Both the files and the links to them, as a program's dynamic linker would ask for them."""
    paths = [f"/{path.relative_to(root)}" for path in (root / "usr/lib").rglob("*.so*")]
    return sorted([*paths, *(path.removeprefix("/usr") for path in paths), "/lib64/ld-linux-x86-64.so.2"])
