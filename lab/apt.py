# SPDX-License-Identifier: GPL-2.0-or-later
"""Debian packages, unpacked into the cache without being installed."""

import functools
import json
import logging
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from . import cache
from .commands import run
from .errors import LabError

log = logging.getLogger("lab")

ARCHIVE = "http://deb.debian.org/debian"
ARCHIVE_KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"
BACKPORTS = "bookworm-backports"
ATTEMPTS = 4
PAUSE_SECONDS = 3


@dataclass(frozen=True)
class Package:
    """What apt would install under a name. `depends` has the first alternative of each dependency."""

    name: str
    version: str
    depends: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.name}_{self.version}"


def unpacked(name: str, prepare: Callable[[Package, Path], None] = lambda package, tree: None) -> tuple[Package, Path]:
    """The newest version of a package as a tree of files, with its control files in `DEBIAN/`.

    `prepare` finishes the tree before it enters the cache.
    """
    for attempt in range(1, ATTEMPTS + 1):
        package = candidate(name)
        try:
            return package, cache.entry(f"packages/{package.key}", lambda tree: _unpack(package, tree, prepare))
        except _DownloadFailed as failure:
            if attempt == ATTEMPTS:
                raise LabError(f"{failure} (tried {ATTEMPTS} times; is a Debian mirror reachable?)") from failure
            log.info("%s; trying again", failure)
            time.sleep(PAUSE_SECONDS * attempt)
            _refresh_lists()
    raise AssertionError("not reached")


def backported(name: str) -> Path:
    """A package of Debian's backports as a tree of files: what the release itself does not have yet."""
    return cache.entry(f"packages/{name}-{BACKPORTS}", lambda tree: _unpack_backport(name, tree))


def _unpack_backport(name: str, tree: Path) -> None:
    log.info("downloading %s of %s", name, BACKPORTS)
    with cache.scratch() as folder:
        sources, lists = folder / "sources.list", folder / "lists"
        sources.write_text(f"deb [signed-by={ARCHIVE_KEYS}] {ARCHIVE} {BACKPORTS} main\n")
        (lists / "partial").mkdir(parents=True)
        ours = ["-o", f"Dir::Etc::sourcelist={sources}", "-o", "Dir::Etc::sourceparts=-", "-o", f"Dir::State::lists={lists}",
                "-o", f"Dir::Cache={folder}", *_unsandboxed()]
        run("apt-get", "update", "-q", *ours)
        run("apt-get", "download", "-q", *ours, name, cwd=folder)
        (archive,) = folder.glob("*.deb")
        run("dpkg-deb", "--raw-extract", archive, tree)


def candidate(name: str) -> Package:
    """The version of a package that apt would install now."""
    return _candidate(name, _state_of_apt())


@functools.cache
def _candidate(name: str, state: str) -> Package:
    """Asking apt takes a second, so the answer is kept for as long as apt's lists stay the same."""
    answer = cache.entry(f"apt/{name}-{state}", lambda folder: _ask_apt(name, folder / "package.json"))
    fields = json.loads((answer / "package.json").read_text())
    return Package(fields["name"], fields["version"], tuple(fields["depends"]))


def _ask_apt(name: str, answer: Path) -> None:
    try:
        stanza = run("apt-cache", "show", "--no-all-versions", name)
    except LabError as unknown:
        raise LabError(f"{name}: apt does not know this package (run `apt-get update`?)") from unknown
    fields = dict(line.split(": ", 1) for line in stanza.splitlines() if ": " in line and not line.startswith(" "))
    wanted = [one.split("|")[0].split()[0] for one in fields.get("Depends", "").split(", ") if one]
    answer.write_text(json.dumps(asdict(Package(fields["Package"], fields["Version"], tuple(wanted)))))


def _state_of_apt() -> str:
    places = [Path("/var/lib/apt/lists"), Path("/etc/apt/sources.list"), Path("/etc/apt/sources.list.d"),
              Path("/etc/apt/preferences.d")]
    return cache.digest(*[str(place.stat().st_mtime_ns) for place in places if place.exists()])


class _DownloadFailed(LabError):
    pass


def _unpack(package: Package, tree: Path, prepare: Callable[[Package, Path], None]) -> None:
    log.info("downloading %s %s", package.name, package.version)
    with cache.scratch() as folder:
        try:
            run("apt-get", "download", "-q", *_unsandboxed(), f"{package.name}={package.version}", cwd=folder)
        except LabError as failure:
            raise _DownloadFailed(f"{package.name} {package.version}: {failure}") from failure
        (archive,) = folder.glob("*.deb")
        run("dpkg-deb", "--raw-extract", archive, tree)
    prepare(package, tree)


def _unsandboxed() -> list[str]:
    """As root, apt downloads as user `_apt`, who may not enter the cache."""
    return ["-o", "APT::Sandbox::User=root"] if os.geteuid() == 0 else []


def _refresh_lists() -> None:
    """A mirror drops superseded versions, so lists that are too old make every download fail."""
    if os.geteuid() != 0:
        return
    try:
        run("apt-get", "update", "-q")
    except LabError as failure:
        log.info("apt-get update: %s", failure)
