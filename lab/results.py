# SPDX-License-Identifier: GPL-2.0-or-later
"""What the steps of a guest did."""

import io
import json
import tarfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

START_OF_RESULTS = b"--- results ---\n"


@dataclass(frozen=True)
class Step:
    """One script that ran in a guest."""

    name: str
    stdout: bytes
    stderr: str
    exit_code: int
    console: str
    began: float = 0.0
    """Seconds after the kernel's start, by the guest's clock."""
    seconds: float = 0.0

    @property
    def output(self) -> str:
        return self.stdout.decode(errors="replace")

    @property
    def lines(self) -> list[str]:
        return self.output.splitlines()

    @property
    def json(self) -> Any:
        try:
            return json.loads(self.stdout)
        except ValueError as error:
            raise AssertionError(f"step {self.name} did not print JSON ({error}): {self}") from error

    def __str__(self) -> str:
        return f"exit code {self.exit_code}\n{self.output[:2000]}\n{self.stderr[:2000]}"


@dataclass(frozen=True)
class Guest:
    """A machine that ran all of its steps and is off again."""

    steps: Mapping[str, Step]
    console: str

    def __getitem__(self, name: str) -> Step:
        return self.steps[name]


def read(names: Iterable[str], channel: bytes, console: str) -> dict[str, Step]:
    """The steps that finished. The guest sends a tar for each, so the last may be cut."""
    _, _, tars = channel.partition(START_OF_RESULTS)
    files = _files(tars)
    steps = {}
    for number, name in enumerate(names):
        folder = step_folder(number)
        if f"{folder}/exit_code" in files:
            began, ended = (float(word) for word in files[f"{folder}/times"].split())
            steps[name] = Step(name, files[f"{folder}/stdout"], files[f"{folder}/stderr"].decode(errors="replace"),
                               int(files[f"{folder}/exit_code"]), console, began, ended - began)
    return steps


def step_folder(number: int) -> str:
    """Named so that a shell's `*` gives them in order."""
    return f"{number:03}"


def _files(tars: bytes) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(tars), ignore_zeros=True) as archive:
            for member in archive:
                if content := archive.extractfile(member):
                    files[member.name] = content.read()
    except tarfile.ReadError:
        pass
    return files
