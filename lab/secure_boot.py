# SPDX-License-Identifier: GPL-2.0-or-later
"""An EFI system partition with Debian's signed shim and grub, which start a signed kernel."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from . import apt, cache, efi_lists, system_partition
from .firmware_variables import SECURITY_DATABASES, Variable
from .keys import Key
from .machine import LinuxBoot, SecureBoot
from .request import Request

SHIM = ("shim-signed", "usr/lib/shim/shimx64.efi.signed")
MOK_MANAGER = ("shim-helpers-amd64-signed", "usr/lib/shim/mmx64.efi.signed")
GRUB = ("grub-efi-amd64-signed", "usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed")

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
        system_partition.make(image, {
            "EFI/BOOT/BOOTX64.EFI": signed_file(SHIM),
            "EFI/BOOT/mmx64.efi": signed_file(MOK_MANAGER),
            "EFI/BOOT/grubx64.efi": signed_file(GRUB),
            "EFI/debian/grub.cfg": configuration,
            "vmlinuz": boot.kernel,
            "initrd": boot.initramfs,
        })
        yield SecureBoot(image, firmware_variables(request))


def firmware_variables(request: Request) -> tuple[Variable, ...]:
    """The firmware's db, and what shim reads and hands to the kernel as MokListRT and MokListXRT (shim: mok.c).

    MokListTrusted is left out: without it, shim (15.5 and newer) sets MokListTrustedRT to 1; with it, to nothing.
    """
    variables = (Variable("MokList", _certificates(request.mok)),
                 Variable("MokListX", b"".join(request.mokx)),
                 Variable("db", _certificates(request.db), SECURITY_DATABASES))
    return tuple(variable for variable in variables if variable.data)


def _certificates(keys: Iterable[Key]) -> bytes:
    return b"".join(efi_lists.certificate(key.der) for key in keys)


def signed_file(where: tuple[str, str]) -> Path:
    package, path = where
    return apt.unpacked(package)[1] / path
