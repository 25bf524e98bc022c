# SPDX-License-Identifier: GPL-2.0-or-later
"""A virtual machine: what it boots from, and one run of it from power-on to power-off."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import cache, firmware_variables, plugging, programs
from .errors import GuestError, LabError
from .firmware_variables import Variable
from .watch import Patience, Watch

FIRMWARE = Path("/usr/share/OVMF")

KERNEL_PARAMETERS = "console=ttyS0 panic=-1 no_timer_check norandmaps"
"""What every Linux here starts with. Without KVM, QEMU translates code anew wherever it stands at another address: with
random addresses each run of a program is mostly that translation, and `update-initramfs` takes 58 s instead of 22."""


@dataclass(frozen=True)
class Disk:
    """A raw disk. The guest may write to it."""

    image: Path
    serial: str
    kept: bool = False
    """Whether the image has afterwards what the guest wrote."""


@dataclass(frozen=True)
class LinuxBoot:
    """A kernel handed over by QEMU itself, under its BIOS or under UEFI without Secure Boot."""

    kernel: Path
    initramfs: Path
    parameters: str
    """Beside those that every Linux here starts with."""
    uefi: bool = False

    @property
    def command_line(self) -> str:
        return f"{KERNEL_PARAMETERS} {self.parameters}".strip()

    def arguments(self, folder: Path) -> list[str]:
        firmware = _firmware("OVMF_CODE_4M.fd", "OVMF_VARS_4M.fd", folder) if self.uefi else []
        return [*firmware, "-kernel", str(self.kernel), "-initrd", str(self.initramfs), "-append", self.command_line]


@dataclass(frozen=True)
class SecureBoot:
    """A disk with a boot loader, under firmware that enforces Microsoft's keys."""

    system_partition: Path
    variables: tuple[Variable, ...] = ()
    """What the firmware remembers, beside Microsoft's keys."""

    def arguments(self, folder: Path) -> list[str]:
        return [*_firmware("OVMF_CODE_4M.ms.fd", "OVMF_VARS_4M.ms.fd", folder, self.variables),
                "-global", "driver=cfi.pflash01,property=secure,value=on",
                *_disk(Disk(self.system_partition, "esp"))]


@dataclass(frozen=True)
class UnifiedBoot:
    """A disk that UEFI without Secure Boot starts by itself."""

    system_partition: Path

    def arguments(self, folder: Path) -> list[str]:
        return [*_firmware("OVMF_CODE_4M.fd", "OVMF_VARS_4M.fd", folder), *_disk(Disk(self.system_partition, "esp"))]


@dataclass(frozen=True)
class Machine:
    """Everything that QEMU needs to know."""

    boot: LinuxBoot | SecureBoot | UnifiedBoot
    disks: tuple[Disk, ...] = ()
    memory_mib: int = 1024
    processors: int = 1
    stick: Path | None = None
    """A disk that can be plugged in: see plugging.py."""

    def arguments(self, folder: Path) -> list[str]:
        return [str(programs.find("qemu-system-x86_64")),
                "-machine", "q35,smm=on", "-accel", os.environ.get("KMODSEC_ACCEL", "tcg"),
                "-m", str(self.memory_mib), "-smp", str(self.processors),
                "-display", "none", "-nic", "none", "-no-reboot",
                *plugging.arguments(self.stick, folder),
                *self.boot.arguments(folder),
                *(word for disk in self.disks for word in _disk(disk))]


ENDS_WITH_ITS_TEST = ("setpriv", "--pdeathsig", "KILL")
"""A test that was killed leaves no machine behind that goes on taking a processor."""


@dataclass(frozen=True)
class Outcome:
    """What came out of the two serial ports, and what that took."""

    console: str
    results: bytes
    seconds: float
    """Of the clock on the wall, from power-on to power-off."""
    processor_seconds: float
    killed: str | None = None
    """Why the machine was killed. Otherwise it powered itself off."""


def run(machine: Machine, patience: Patience) -> Outcome:
    """Powers the machine on and waits until it powers off, or until there is no hope any more that it does."""
    with cache.scratch() as folder, _turn():
        console, results, complaint = (folder / name for name in ("console", "results", "complaint"))
        command = [*ENDS_WITH_ITS_TEST, *machine.arguments(folder), "-serial", f"file:{console}",
                   "-serial", f"file:{results}"]
        start = time.monotonic()
        with complaint.open("wb") as errors:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors)
        watch = Watch(process.pid, (console, results), patience)
        plugger = plugging.Plugger(console, folder)
        try:
            while not watch.given_up and _runs(process):
                watch.look()
                plugger.look()
        finally:
            process.kill()
            process.wait()
        if process.returncode != 0 and not watch.given_up:
            raise LabError(f"qemu: {_text(complaint).strip()}")
        said = results.read_bytes() if results.exists() else b""
        return Outcome(_text(console), said, time.monotonic() - start, watch.processor_seconds, watch.given_up)


def _runs(process: subprocess.Popen[bytes]) -> bool:
    """Waits a second for its end."""
    try:
        process.wait(1.0)
    except subprocess.TimeoutExpired:
        return True
    return False


def run_interactively(machine: Machine) -> None:
    """Connects the console to the terminal. Ctrl-A X ends the machine."""
    with cache.scratch() as folder:
        arguments = machine.arguments(folder)
        arguments[arguments.index("-monitor") : arguments.index("-monitor") + 2] = []
        subprocess.run([*arguments, "-serial", "mon:stdio", "-serial", "null"], check=False)


@contextmanager
def _turn() -> Iterator[None]:
    """Machines take turns, so that tests run in parallel do not run into their time limits: one for each processor."""
    limit = int(os.environ.get("KMODSEC_LAB_MACHINES") or os.cpu_count() or 1)
    with cache.one_of(limit, "machine"):
        yield


def _firmware(code: str, store: str, folder: Path, variables: tuple[Variable, ...] = ()) -> list[str]:
    if not (FIRMWARE / code).exists():
        raise LabError(f"{FIRMWARE / code}: not installed (package ovmf)")
    own_store = folder / store
    shutil.copyfile(FIRMWARE / store, own_store)
    firmware_variables.append(own_store, *variables)
    return ["-drive", f"if=pflash,format=raw,unit=0,file={FIRMWARE / code},readonly=on",
            "-drive", f"if=pflash,format=raw,unit=1,file={own_store}"]


def _disk(disk: Disk) -> list[str]:
    """The guest does not wait for the host's disk when it syncs: what it wrote need not survive the host."""
    snapshot = "off" if disk.kept else "on"
    return ["-drive", f"if=none,id={disk.serial},format=raw,cache=unsafe,snapshot={snapshot},file={disk.image}",
            "-device", f"virtio-blk-pci,drive={disk.serial},serial={disk.serial}"]


def _text(path: Path) -> str:
    return path.read_text(errors="replace") if path.exists() else ""
