# SPDX-License-Identifier: GPL-2.0-or-later
"""What a test asks for."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from . import programs, results
from .filetree import FileTree
from .keys import Key
from .watch import Patience

NAMES_THE_PRODUCT = re.compile(r"\bkmodsec\b")


@dataclass(frozen=True)
class Request:
    """Steps to run, and the guest to run them in."""

    steps: Mapping[str, str]
    """Name → sh script. They run as root, one after the other, in one boot."""

    kernel: str = "6.1"
    """`6.1`, `6.12`, `6.1-cloud` or `6.12-cloud`: Debian's signed kernels; `6.1-before`: the package before `6.1`."""

    system: Literal["small", "debian"] = "small"
    """`small`: busybox and kmod in memory. `debian`: a whole Debian 12 with systemd and auditd."""

    initramfs_tool: Literal["initramfs-tools", "dracut"] = "initramfs-tools"
    """What a whole Debian makes its initramfs with."""

    initramfs: Path | None = None
    """What a whole Debian starts from, and has in /boot, instead of the one that initramfs-tools made."""

    starts: str = ""
    """The kernel that a whole Debian starts, where that is another one on its disk than `kernel`."""

    disk: Path | None = None
    """The disk of a whole Debian that keeps what is written, for several boots of one system: a file of the host,
    made by the first one. Otherwise nothing is kept."""

    stick: Path | None = None
    """The image of a disk that a step can have plugged in by USB, or a keyboard: `plugging.ask_for`. The guest has
    such a controller then."""

    cmdline: str = ""
    """Added to the kernel's command line."""

    secure_boot: bool = False
    """Firmware with Microsoft's keys → shim → grub → kernel."""

    mok: Sequence[Key] = ()
    """Keys that the machine's owner enrolled for shim (MokList). Needs `secure_boot`."""

    mokx: Sequence[bytes] = ()
    """What the owner revoked (MokListX): lists made by `efi_lists`. Needs `secure_boot`."""

    db: Sequence[Key] = ()
    """Keys that the firmware trusts beside Microsoft's. Needs `secure_boot`."""

    uefi: bool = False
    """UEFI firmware without Secure Boot; otherwise a BIOS."""

    addons: Mapping[str, str] | None = None
    """Started by UEFI without Secure Boot, as one unified kernel image with these add-ons: name → command line."""

    modules: Iterable[str] = ()
    """Modules that the small system has, beside what they depend on: names of the kernel's modules,
    `"all"`, and names of our own (`kmodsec_lab_clean` …). A whole Debian has all but our own."""

    files: Mapping[str, bytes | str | Path] = field(default_factory=dict)
    """Path in the guest → content. A `Path` is a file of the host. What begins with `#!` is executable."""

    programs: Mapping[str, Path] = field(default_factory=dict)
    """Path in the guest → program of the host, which brings its shared libraries."""

    dpkg: bool = False
    """Whether the small system has dpkg's records of the kernel package."""

    securityfs: bool = True
    """Whether the small system mounts securityfs."""

    binary: Path | None = None
    """The kmodsec to test; otherwise `$KMODSEC_BIN`, else the release build. Only put into a guest
    that has a step which names it."""

    package: bool = False
    """Whether a whole Debian has the Debian package of kmodsec, and those that it depends on, in /lab/packages."""

    memory_mib: int | None = None
    patience: Patience = field(default_factory=Patience)
    """When a guest that says nothing is killed."""

    def add_to(self, tree: FileTree, already_there: Collection[str] = ()) -> None:
        """Puts the steps, the programs and the files into a guest."""
        tree.folder("/lab/steps")
        for number, script in enumerate(self.steps.values()):
            tree.file(f"/lab/steps/{results.step_folder(number)}", script + "\n")
        for path, program in self._all_programs().items():
            programs.add(tree, path, program, already_there)
        for path, content in self.files.items():
            tree.file(path, content, 0o755 if _is_script(content) else 0o644)

    def _all_programs(self) -> dict[str, Path]:
        if any(NAMES_THE_PRODUCT.search(script) for script in self.steps.values()):
            opened = programs.library(programs.OPENED_BY_PRODUCT)
            return {"/usr/bin/kmodsec": programs.product(self.binary), str(opened): opened.resolve(), **self.programs}
        return dict(self.programs)


def _is_script(content: bytes | str | Path) -> bool:
    data = content.read_bytes() if isinstance(content, Path) else content
    return data[:2] in (b"#!", "#!")
