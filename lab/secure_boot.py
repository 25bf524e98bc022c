# SPDX-License-Identifier: GPL-2.0-or-later
"""An EFI system partition with Debian's signed shim and grub, which start a signed kernel."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import apt, cache, efi_lists
from .commands import run
from .firmware_variables import Variable
from .machine import LinuxBoot, SecureBoot
from .request import Request

SHIM = ("shim-signed", "usr/lib/shim/shimx64.efi.signed")
MOK_MANAGER = ("shim-helpers-amd64-signed", "usr/lib/shim/mmx64.efi.signed")
GRUB = ("grub-efi-amd64-signed", "usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed")
MIB = 1 << 20

GRUB_CONFIGURATION = """\
serial --unit=0 --speed=115200
terminal_output serial
linux /vmlinuz {command_line}
initrd /initrd
boot
"""


@contextmanager
def disk_for(boot: LinuxBoot, request: Request) -> Iterator[SecureBoot]:
    """The same kernel, initramfs and command line, but started by shim and grub."""
    with cache.scratch() as folder:
        configuration = folder / "grub.cfg"
        configuration.write_text(GRUB_CONFIGURATION.format(command_line=boot.command_line))
        image = folder / "esp"
        _make_fat(image, {
            "EFI/BOOT/BOOTX64.EFI": signed_file(SHIM),
            "EFI/BOOT/mmx64.efi": signed_file(MOK_MANAGER),
            "EFI/BOOT/grubx64.efi": signed_file(GRUB),
            "EFI/debian/grub.cfg": configuration,
            "vmlinuz": boot.kernel,
            "initrd": boot.initramfs,
        })
        yield SecureBoot(image, owners_variables(request))


def owners_variables(request: Request) -> tuple[Variable, ...]:
    """What shim reads, and hands to the kernel as MokListRT and MokListXRT (shim: mok.c).

    MokListTrusted is left out: without it, shim (15.5 and newer) sets MokListTrustedRT to 1; with it, to nothing.
    """
    lists = {"MokList": [efi_lists.certificate(key.der) for key in request.mok], "MokListX": list(request.mokx)}
    return tuple(Variable(name, b"".join(entries)) for name, entries in lists.items() if entries)


def signed_file(where: tuple[str, str]) -> Path:
    package, path = where
    return apt.unpacked(package)[1] / path


def _make_fat(image: Path, files: dict[str, Path]) -> None:
    size = sum(file.stat().st_size for file in files.values()) + 64 * MIB
    with image.open("wb") as empty:
        empty.truncate(-(-size // MIB) * MIB)
    run("mformat", "-i", image, "-F", "::")
    for folder in ("EFI", "EFI/BOOT", "EFI/debian"):
        run("mmd", "-i", image, f"::{folder}")
    for path, file in files.items():
        run("mcopy", "-i", image, file, f"::{path}")
