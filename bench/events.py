#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""`events` beside ausearch, over the same log of 1 GiB of which one event in a hundred is about a module."""

import sys
from contextlib import ExitStack
from pathlib import Path

from measuring import HEAD, KMODSEC, compare

from lab import cache, programs

LIMIT = 0.33
MEMORY_LIMIT = 64
SIZE = 2**30

CALL = ("type=SYSCALL msg=audit({time}.{part:03}:{serial}): arch=c000003e syscall={number} success=yes exit=0 a0=3 a1=55d0c1 a2=0 a3=8 "
        "items={items} ppid=302 pid={pid} auid=1000 uid=0 gid=0 euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=pts0 ses=3 "
        'comm="{comm}" exe="{exe}" subj=unconfined key="{key}"\x1dARCH=x86_64 SYSCALL={call} AUID="tester" UID="root" GID="root" '
        'EUID="root" SUID="root" FSUID="root" EGID="root" SGID="root" FSGID="root"\n')
MODULE = 'type=KERN_MODULE msg=audit({time}.{part:03}:{serial}): name="dummy"\n'
TITLE = "type=PROCTITLE msg=audit({time}.{part:03}:{serial}): proctitle=6D6F6470726F62650064756D6D79\n"
OPEN = ('type=CWD msg=audit({time}.{part:03}:{serial}): cwd="/root"\n'
        'type=PATH msg=audit({time}.{part:03}:{serial}): item=0 name="/etc/passwd" inode=477 dev=fe:00 mode=0100644 ouid=0 ogid=0 '
        'rdev=00:00 nametype=NORMAL cap_fp=0 cap_fi=0 cap_fe=0 cap_fver=0 cap_frootid=0\x1dOUID="root" OGID="root"\n')


def event(serial: int) -> str:
    stamp = {"time": 1700000000 + serial // 100, "part": serial * 10 % 1000, "serial": serial}
    if serial % 100 == 0:
        call = CALL.format(**stamp, number=313, items=0, pid=serial % 30000, comm="modprobe", exe="/usr/bin/kmod", key="modules",
                           call="finit_module")
        return call + MODULE.format(**stamp) + TITLE.format(**stamp)
    call = CALL.format(**stamp, number=257, items=1, pid=serial % 30000, comm="cat", exe="/usr/bin/cat", key="files", call="openat")
    return call + OPEN.format(**stamp) + TITLE.format(**stamp)


def write_log(path: Path) -> None:
    serial, written = 0, 0
    with path.open("w") as file:
        while written < SIZE:
            text = "".join(event(serial + i) for i in range(10000))
            serial += 10000
            written += file.write(text)


def main() -> int:
    print(HEAD.format("what"))
    with ExitStack() as stack:
        root = stack.enter_context(cache.scratch())
        log = root / "var/log/audit/audit.log"
        log.parent.mkdir(parents=True)
        write_log(log)
        result = compare([KMODSEC, "events", "--format", "ndjson", "--root", str(root)],
                         [str(programs.find("ausearch")), "-k", "modules", "--format", "csv", "-if", str(log)], accepted=(0, 3))
        print(result.row("`events`, a log of 1 GiB", "ausearch -k modules --format csv", LIMIT))
    return 0 if result.ratio <= LIMIT and result.mebibytes <= MEMORY_LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
