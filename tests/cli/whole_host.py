# SPDX-License-Identifier: GPL-2.0-or-later
"""What every Linux host has, so that what else is not found in a tree is known not to be there."""

from pathlib import Path

INSTALLED = (
    "etc/passwd etc/group usr/bin/env usr/sbin/nologin bin/sh usr/lib/os-release lib64/ld-linux-x86-64.so.2 "
    "var/cache/ var/lib/ var/log/ var/tmp/ root/ boot/"
)
OF_THE_KERNEL = (
    "proc/cmdline proc/cpuinfo proc/devices proc/filesystems proc/interrupts proc/loadavg proc/meminfo proc/softirqs "
    "proc/stat proc/uptime proc/version proc/sys/fs/file-max proc/sys/kernel/hostname proc/sys/kernel/osrelease "
    "proc/sys/kernel/ostype proc/sys/kernel/panic proc/sys/kernel/pid_max proc/sys/kernel/printk "
    "proc/sys/kernel/threads-max proc/sys/kernel/version proc/sys/vm/overcommit_memory "
    "sys/bus/platform/drivers_autoprobe sys/class/mem/null sys/dev/char/1:3 sys/devices/system/cpu/online "
    "sys/kernel/uevent_seqnum sys/firmware/ sys/kernel/mm/ sys/module/kernel/ run/lock/"
)
OF_EFI = (
    "sys/firmware/efi/efivars/BootCurrent-8be4df61-93ca-11d2-aa0d-00e098032b8c "
    "sys/firmware/efi/efivars/BootOrder-8be4df61-93ca-11d2-aa0d-00e098032b8c"
)


def make_whole(folder: Path) -> None:
    """Adds what is missing of it: of the kernel where its state is in the tree, of EFI where there are variables."""
    names = INSTALLED
    if (folder / "proc").exists():
        names += " " + OF_THE_KERNEL
    if (folder / "sys/firmware/efi").exists():
        names += " " + OF_EFI
    for name in names.split():
        place = folder / name
        if place.exists() or place.is_symlink():
            continue
        where = place if name.endswith("/") else place.parent
        where.mkdir(parents=True, exist_ok=True)
        if where is not place:
            place.touch()
