# SPDX-License-Identifier: GPL-2.0-or-later
"""An EFI system partition with one unified kernel image (UAPI.5) and its add-ons, which UEFI starts without a loader."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from . import apt, cache, system_partition
from .commands import run
from .machine import LinuxBoot, UnifiedBoot

STUBS = "usr/lib/systemd/boot/efi"
IMAGE = "EFI/BOOT/BOOTX64.EFI"
INSTALLED = "EFI/Linux/lab.efi"
"""Where systemd-boot looks for it. The firmware starts the other one, which is the same."""
PAGE = 4096


@contextmanager
def disk_for(boot: LinuxBoot, addons: Mapping[str, str]) -> Iterator[UnifiedBoot]:
    """The same kernel, initramfs and command line. systemd-stub adds the command line of each add-on to it."""
    stubs = apt.backported("systemd-boot-efi") / STUBS
    with cache.scratch() as folder:
        unified = _image(boot, stubs / "linuxx64.efi.stub", folder)
        files = {IMAGE: unified, INSTALLED: unified}
        for name, command_line in addons.items():
            addon = _addon(name, command_line, stubs / "addonx64.efi.stub", folder)
            files |= {f"{place}.extra.d/{name}.addon.efi": addon for place in (IMAGE, INSTALLED)}
        image = folder / "esp"
        system_partition.make(image, files)
        yield UnifiedBoot(image)


def _image(boot: LinuxBoot, stub: Path, folder: Path) -> Path:
    command_line = folder / "cmdline"
    command_line.write_text(boot.command_line)
    sections = {".cmdline": command_line, ".initrd": boot.initramfs, ".linux": boot.kernel}
    return _with_sections(stub, sections, folder / "image.efi")


def _addon(name: str, command_line: str, stub: Path, folder: Path) -> Path:
    content = folder / f"{name}.cmdline"
    content.write_text(command_line)
    return _with_sections(stub, {".cmdline": content}, folder / f"{name}.addon.efi")


def _with_sections(stub: Path, sections: Mapping[str, Path], made: Path) -> Path:
    """The sections follow those of the stub in memory, without gaps, as ukify(1) lays them out."""
    place = _end_in_memory(stub)
    words: list[str | Path] = []
    for name, content in sections.items():
        words += ["--add-section", f"{name}={content}", "--change-section-vma", f"{name}={place:#x}"]
        place = _next_page(place + content.stat().st_size)
    run("objcopy", *words, stub, made)
    return made


def _end_in_memory(stub: Path) -> int:
    rows = [line.split() for line in run("objdump", "-h", stub).splitlines()]
    sections = [row for row in rows if len(row) >= 4 and row[0].isdigit()]
    return _next_page(max(int(row[2], 16) + int(row[3], 16) for row in sections))


def _next_page(address: int) -> int:
    return -(-address // PAGE) * PAGE
