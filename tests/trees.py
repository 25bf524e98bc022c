#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs one golden tree: builds its machine in a temporary folder, asks kmodsec about it, and compares
what it says with what is expected. tests/trees/README.md tells what stands in a tree."""

import difflib
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).with_name("cli")))

from kernel_file import kernel_file
from module_file import build_id_note, module_file
from packing import archive, compressed
from signing import certificate, signed
from whole_host import make_whole

TREES = Path(__file__).resolve().with_name("trees")
READ_TABLES = {"audit", "cves", "doors", "show"}
PASSED, FAILED, ACCEPTED = 0, 1, 77
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1795910400"}
VERSION_IN_HEAD = re.compile(r"( UTC by kmodsec )\S+")
OWN_VERSION = re.compile(r'("name": ?"kmodsec",\s*"version": ?)"[^"]*"')


class Machine:
    """What the lines of a manifest do to a folder; `VERBS` names them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def build(self, tree: Path) -> None:
        lines = manifest(tree)
        if lines and lines[0][:1] == ["like"]:
            self.build(TREES / lines.pop(0)[1])
        self.copy(tree / "root")
        for verb, *words in lines:
            self.VERBS[verb](self, *words)

    def copy(self, source: Path) -> None:
        """The usual modes whatever the umask of the checkout was."""
        for folder, _, names in os.walk(source):
            inside = self.dir(str(Path(folder).relative_to(source)))
            for name in names:
                self.file(str(inside.relative_to(self.folder) / name), (Path(folder) / name).read_bytes())

    def dir(self, path: str, mode: str = "755") -> Path:
        (self.folder / path).mkdir(parents=True, exist_ok=True)
        return self.mode(path, mode)

    def file(self, path: str, content: str | bytes = "") -> Path:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(content if isinstance(content, bytes) else content.encode(errors="surrogateescape"))
        return self.mode(path, "644")

    def mode(self, path: str, mode: str) -> Path:
        (self.folder / path).chmod(int(mode, 8))
        return self.folder / path

    def link(self, path: str, target: str) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).symlink_to(target)

    def move(self, path: str, to: str) -> None:
        (self.folder / to).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).rename(self.folder / to)

    def copy_file(self, path: str, to: str) -> None:
        self.file(to, (self.folder / path).read_bytes())

    def pack(self, path: str) -> None:
        """Compresses the file in its place, by its ending."""
        self.file(path, compressed((self.folder / path).read_bytes(), Path(path).suffix))

    def initramfs(self, path: str, folder: str, ending: str = ".zst") -> None:
        """An image of the folder, which goes away."""
        self.file(path, compressed(archive(self.folder / folder), ending))
        self.remove(folder)

    def remove(self, path: str) -> None:
        place = self.folder / path
        shutil.rmtree(place) if place.is_dir() and not place.is_symlink() else place.unlink()

    def module(self, path: str, *fields: str) -> None:
        self.file(path, module_file(**dict(field.split("=", 1) for field in fields)))

    def sign(self, path: str) -> None:
        self.file(path, signed((self.folder / path).read_bytes()))

    def kernel(self, path: str, release: str, version: str) -> None:
        """An image that trusts the key of `signed`."""
        self.file(path, kernel_file(release, version, certificate()))

    def loaded(self, name: str) -> None:
        """What sysfs shows of the file that a loaded module came from."""
        self.file(f"sys/module/{name}/notes/.note.gnu.build-id", build_id_note())

    def owned(self, package: str, path: str) -> None:
        digest = hashlib.md5((self.folder / path).read_bytes(), usedforsecurity=False).hexdigest()
        info = self.dir("var/lib/dpkg/info") / package
        for ending, line in ((".list", f"/{path}\n"), (".md5sums", f"{digest}  {path}\n")):
            with info.with_name(package + ending).open("a") as file:
                file.write(line)

    def whole(self) -> None:
        make_whole(self.folder)

    VERBS: dict[str, Callable] = {
        "dir": dir, "file": file, "mode": mode, "link": link, "move": move, "remove": remove, "copy": copy_file,
        "module": module, "sign": sign, "kernel": kernel, "loaded": loaded, "owned": owned,
        "pack": pack, "initramfs": initramfs, "whole": whole,
    }


def manifest(tree: Path) -> list[list[str]]:
    """The words of each line. In quotes \\n is a newline and \\xNN a byte."""
    file = tree / "manifest"
    lines = file.read_text().splitlines() if file.exists() else []
    words = [shlex.split(line, comments=True) for line in lines]
    return [[unescape(word) for word in line] for line in words if line]


def unescape(word: str) -> str:
    byte = re.sub(r"\\x([0-9a-f]{2})", lambda match: bytes.fromhex(match[1]).decode(errors="surrogateescape"), word)
    return byte.replace("\\n", "\n")


def lines_of(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []


def with_tables(words: list[str]) -> list[str]:
    """Those of the trees: the program's own change, and grow old."""
    return [*words, "--data", str(TREES)] if words[0] in READ_TABLES else words


def ask(program: str, words: str, root: Path) -> tuple[str, int]:
    """The name of the tree is part of what is said, and has the same length everywhere."""
    done = subprocess.run(
        [str(Path(program).resolve()), *with_tables([*map(unescape, shlex.split(words))]), "--root", root.name], env=ENVIRONMENT,
        cwd=root.parent, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )
    said = done.stdout.decode(errors="backslashreplace")
    said = OWN_VERSION.sub(r'\1"VERSION"', VERSION_IN_HEAD.sub(r"\1VERSION", said))
    return f"$ kmodsec {words}\n{said}", done.returncode


def answers(program: str, tree: Path) -> dict[str, str]:
    """File name to content, as it would be expected if all were right."""
    with tempfile.TemporaryDirectory(prefix="kmodsec-tree-") as scratch:
        machine = Machine(Path(scratch, "root"))
        machine.dir("")
        machine.build(tree)
        said = [ask(program, words, machine.folder) for words in lines_of(tree / "command")]
    return {"expected": "\n".join(text for text, _ in said), "exit": "".join(f"{code}\n" for _, code in said)}


def difference(tree: Path, name: str, now: str) -> list[str]:
    before = lines_of(tree / name)
    lines = difflib.unified_diff(before, now.splitlines(), f"{tree.name}/{name}", "what kmodsec says now", lineterm="")
    return [re.sub(r"[\x00-\x1f\x7f]", lambda match: chr(0x2400 + ord(match[0])), line) for line in lines]


def main(program: str, name: str) -> int:
    os.umask(0o022)
    tree = TREES / name
    if not lines_of(tree / "command"):
        print(f"tests/trees/{name}/command is missing. Write into it what to ask, such as: audit")
        return FAILED
    now = answers(program, tree)
    if os.environ.get("ACCEPT"):
        for file, content in now.items():
            (tree / file).write_text(content)
        print(f"Accepted, not tested. Read the difference: git diff tests/trees/{name}")
        return ACCEPTED
    changes = [line for file, content in now.items() for line in difference(tree, file, content)]
    if not changes:
        return PASSED
    print(*changes, "", f"If that is right: ACCEPT=1 ctest --preset dev -R trees.{name}", sep="\n")
    return FAILED


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
