# SPDX-License-Identifier: GPL-2.0-or-later
"""Debian's signed kernels and their modules, as they come out of the packages."""

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from . import apt
from .commands import run
from .errors import LabError

META_PACKAGES = {
    "6.1": "linux-image-amd64",
    "6.1-cloud": "linux-image-cloud-amd64",
    "6.12": "linux-image-6.12-amd64",
    "6.12-cloud": "linux-image-6.12-cloud-amd64",
}
BEFORE = {"6.1-before": "6.1"}
"""Flavours that are the package before the newest one of another."""


@dataclass(frozen=True)
class Kernel:
    """One kernel package, unpacked. `modules.dep` and its companions were made by `depmod`."""

    flavour: str
    package: str
    version: str
    tree: Path

    @property
    def release(self) -> str:
        return self.package.removeprefix("linux-image-")

    @property
    def image(self) -> Path:
        return self.tree / "boot" / f"vmlinuz-{self.release}"

    @property
    def modules(self) -> Path:
        return self.tree / "lib/modules" / self.release

    @functools.cached_property
    def dependencies(self) -> dict[str, list[str]]:
        """`modules.dep`: path of a module → paths of the modules that it needs."""
        lines = (self.modules / "modules.dep").read_text().splitlines()
        pairs = (line.split(":", 1) for line in lines)
        return {path: needed.split() for path, needed in pairs}

    @functools.cached_property
    def path_of(self) -> dict[str, str]:
        """Name of a module → its path below `modules`."""
        return {module_name(path): path for path in self.dependencies}

    @functools.cached_property
    def builtin(self) -> frozenset[str]:
        return frozenset(map(module_name, (self.modules / "modules.builtin").read_text().split()))

    @functools.cached_property
    def soft_dependencies(self) -> dict[str, list[str]]:
        """`modules.softdep`: name of a module → names and aliases to load before and after it, if they exist."""
        lines = (self.modules / "modules.softdep").read_text().splitlines()
        rows = (line.split() for line in lines if line.startswith("softdep "))
        return {module_name(name): [word for word in words if word not in ("pre:", "post:")] for _, name, *words in rows}

    @functools.cached_property
    def aliases(self) -> dict[str, list[str]]:
        """`modules.alias`: alias, taken literally → names of modules."""
        found: dict[str, list[str]] = {}
        for line in (self.modules / "modules.alias").read_text().splitlines():
            if line.startswith("alias "):
                _, alias, name = line.split()
                found.setdefault(alias.replace("-", "_"), []).append(name)
        return found

    def closure(self, names: Iterable[str]) -> list[str]:
        """Paths of the named modules and of all that they depend on. A built-in one needs no file."""
        waiting = [self._path(name) for name in names if module_name(name) not in self.builtin]
        found: set[str] = set()
        while waiting:
            path = waiting.pop()
            if path not in found:
                found.add(path)
                waiting += self.dependencies[path] + self._soft_paths(module_name(path))
        return sorted(found)

    def _path(self, name: str) -> str:
        path = self.path_of.get(module_name(name))
        if path is None:
            raise LabError(f"kernel {self.release} has no module {name}")
        return path

    def _soft_paths(self, name: str) -> list[str]:
        """Some modules fail without these: libcrc32c wants an implementation of crc32c."""
        wanted = map(module_name, self.soft_dependencies.get(name, []))
        candidates = (module for word in wanted for module in (word, *self.aliases.get(word, [])))
        return [self.path_of[module] for module in candidates if module in self.path_of]


def module_name(path: str) -> str:
    """`kernel/drivers/net/usb-net.ko.xz` → `usb_net`: the kernel takes `-` and `_` for the same."""
    return Path(path).name.split(".ko")[0].replace("-", "_")


def kernel(flavour: str) -> Kernel:
    """The newest kernel of a flavour (`6.1`, `6.1-cloud`, `6.12`, `6.12-cloud`), or the one before it (`6.1-before`)."""
    name = _package_before(_newest_package(BEFORE[flavour])) if flavour in BEFORE else _newest_package(flavour)
    package, tree = apt.unpacked(name, prepare=_index_modules)
    return Kernel(flavour, package.name, package.version, tree)


def _newest_package(flavour: str) -> str:
    if flavour not in META_PACKAGES:
        raise LabError(f"{flavour}: no such kernel; there are {', '.join([*META_PACKAGES, *BEFORE])}")
    meta = apt.candidate(META_PACKAGES[flavour])
    (name,) = [needed for needed in meta.depends if needed.startswith("linux-image-")]
    return name


def _package_before(newest: str) -> str:
    """`linux-image-6.1.0-57-amd64` → that of the highest lower number that apt knows."""
    start, number, end = re.fullmatch(r"(.*-)(\d+)(-[a-z0-9-]+)", newest).groups()
    known = re.findall(rf"^{re.escape(start)}(\d+){re.escape(end)}$", run("apt-cache", "pkgnames", start), re.MULTILINE)
    before = [int(one) for one in known if int(one) < int(number)]
    if not before:
        raise LabError(f"{newest}: apt knows no package before it")
    return f"{start}{max(before)}{end}"


def _index_modules(package: apt.Package, tree: Path) -> None:
    run("depmod", "-b", tree, package.name.removeprefix("linux-image-"))
