# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs the built program as a user does, and looks at stdout, stderr and the exit code."""

import fcntl
import json
import os
import pty
import shutil
import struct
import subprocess
import tempfile
import termios
import unittest
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jsonschema

from undocumented import Schemas, undocumented

TREE = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("KMODSEC_BIN", str(TREE / "build/dev/kmodsec"))
TABLES_PROGRAM = os.environ.get("CVE_TABLES_BIN", str(TREE / "build/dev/cve-tables"))
VERBS = ["audit", "list", "show", "verify", "load", "unload", "snapshot", "explain", "checks"]

CLEAN, FINDINGS, FAILED, INCOMPLETE = range(4)
AT_ONE_TIME = {"SOURCE_DATE_EPOCH": "1795910400"}
ESCAPE = "\x1b"


@dataclass
class Run:
    code: int
    out: str
    err: str


def kmodsec(*arguments: str | Path, **environment: str) -> Run:
    return _run(_words(arguments), environment)


def cve_tables(*arguments: str | Path) -> Run:
    return _run([TABLES_PROGRAM, *map(str, arguments)], {})


def _run(words: list[str], environment: dict[str, str]) -> Run:
    done = subprocess.run(words, env=_environment(environment), stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


def kmodsec_on_terminal(
    *arguments: str | Path, size: tuple[int, int] | None = None, asks: bool = False, **environment: str
) -> Run:
    """stdout is a terminal of so many columns and rows, and with `asks` stdin too; stderr is none."""
    terminal, program_side = pty.openpty()
    if size:
        columns, rows = size
        fcntl.ioctl(program_side, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    with subprocess.Popen(
        _words(arguments), env=_environment({"TERM": "xterm", **environment}),
        stdin=program_side if asks else subprocess.DEVNULL, stdout=program_side, stderr=subprocess.PIPE,
    ) as program:
        os.close(program_side)
        shown = _read_terminal(terminal)
        errors = program.stderr.read() if program.stderr else b""
    return Run(program.returncode, shown.replace("\r\n", "\n"), errors.decode())


def errors_on_terminal(*arguments: str | Path, columns: int) -> str:
    """What stderr shows on a terminal of so many columns."""
    terminal, program_side = pty.openpty()
    fcntl.ioctl(program_side, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    with subprocess.Popen(
        _words(arguments), env=_environment({"TERM": "xterm"}),
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=program_side,
    ):
        os.close(program_side)
        return _read_terminal(terminal).replace("\r\n", "\n")


def _words(arguments: tuple[str | Path, ...]) -> list[str]:
    return [PROGRAM, *map(str, arguments)]


def _environment(changes: dict[str, str]) -> dict[str, str]:
    """So wide that what is looked for in an answer stands in one line of it."""
    return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "COLUMNS": "1000", **changes}


def _read_terminal(terminal: int) -> str:
    """A terminal whose last writer has gone gives an error instead of an end."""
    shown = b""
    try:
        while piece := os.read(terminal, 65536):
            shown += piece
    except OSError:
        pass
    finally:
        os.close(terminal)
    return shown.decode()


def schema(name: str) -> dict:
    return json.loads((TREE / "schemas" / f"{name}.json").read_text())


@cache
def every_schema() -> list[dict]:
    return [schema(file.stem) for file in (TREE / "schemas").glob("*.json")]


class CliTest(unittest.TestCase):
    maxDiff = 2000

    def refused(self, *arguments: str | Path, **environment: str) -> str:
        """One line on stderr, nothing on stdout, exit code 2. Returns the line without its prefix."""
        run = kmodsec(*arguments, **environment)
        self.assertEqual((run.code, run.out[:500]), (FAILED, ""), run.err)
        self.assertRegex(run.err, r"\Akmodsec: [^\n]+\n\Z")
        return run.err.removeprefix("kmodsec: ").rstrip("\n")

    def document(self, verb: str, *arguments: str | Path, **environment: str) -> dict:
        """The JSON answer of a verb, valid by its schema."""
        run = kmodsec(verb, *arguments, "--format", "json", **environment)
        self.assertIn(run.code, (CLEAN, FINDINGS, INCOMPLETE), run.err)
        document = json.loads(run.out)
        self.assert_valid(verb, document)
        return document

    def assert_valid(self, name: str, document: dict) -> None:
        own, known = schema(name), every_schema()
        resolver = jsonschema.RefResolver(own["$id"], own, store={document["$id"]: document for document in known})
        problems = jsonschema.Draft202012Validator(own, resolver=resolver).iter_errors(document)
        self.assertEqual([f"{list(problem.path)}: {problem.message}" for problem in problems], [])
        self.assertEqual(undocumented(Schemas(*known), own, document), [], "fields that the schema does not name")


class FolderTest(CliTest):
    """With a folder of its own to write into."""

    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kmodsec-data-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, path: str, content: str) -> Path:
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content)
        return place
