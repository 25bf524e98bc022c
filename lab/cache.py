# SPDX-License-Identifier: GPL-2.0-or-later
"""A folder outside the source tree for everything that is downloaded or built.

An entry appears whole or not at all: it is made under a temporary name, with a lock held so that
two test programs never make the same one, and renamed into place. An entry is never changed afterwards.
"""

import fcntl
import itertools
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path


def root() -> Path:
    """`$KMODSEC_CACHE`, else `kmodsec` in the user's cache folder."""
    if chosen := os.environ.get("KMODSEC_CACHE"):
        return Path(chosen)
    user_cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(user_cache) / "kmodsec"


def entry(key: str, make: Callable[[Path], None]) -> Path:
    """The folder called `key`; when it is missing, `make` fills it first."""
    finished = root() / key
    if finished.is_dir():
        return finished
    with lock(key):
        if not finished.is_dir():
            _make_atomically(finished, make)
    return finished


def digest(*parts: str | bytes) -> str:
    """A short name for a content, to be used in a key."""
    whole = sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()[:16]


@contextmanager
def lock(name: str) -> Iterator[None]:
    """Held by one process at a time; the kernel lets go of it if the process dies."""
    with _lock_file(name) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def one_of(count: int, name: str) -> Iterator[None]:
    """Held by at most `count` processes at a time; the others wait."""
    numbers = itertools.cycle(range(count))
    while True:
        with _lock_file(f"{name}-{next(numbers)}") as file:
            if _try_lock(file):
                yield
                return
        time.sleep(0.2)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder on the same file system as the entries, so that hard links to them can be made."""
    root().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".scratch-", dir=root()) as folder:
        yield Path(folder)


@contextmanager
def _lock_file(name: str) -> Iterator[int]:
    path = root() / "locks" / name.replace("/", ":")
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _try_lock(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _make_atomically(finished: Path, make: Callable[[Path], None]) -> None:
    unfinished = finished.with_name(f".{finished.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    try:
        make(unfinished)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    unfinished.rename(finished)
