#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Lists every text that the program can show, to be read by somebody who never saw it: FILE:LINE and the text. What one
statement says in several literals is one text, with … for what is filled in between. Key words of JSON, paths and formats
of other programs are left out: they are no texts."""

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cpp_source

TREE = Path(__file__).resolve().parent.parent
FILLED_IN = "…"
CHECK_FIELD = re.compile(r"\.(title|fault|method|rationale|remedy|command)\s*=")
WORD = re.compile(r"[A-Za-z][a-z]+")
ESCAPES = {r"\n": "\n", r"\t": "\t", r"\"": '"', r"\\": "\\"}
PLACE = re.compile(r"/?[\w.*{}-]+(?:/[\w.*{}-]*)+|[A-Z0-9_]+|[\w.:*-]+")


@dataclass
class Text:
    """`kind` is the field of a check that it fills ("title"), or empty."""

    path: Path
    line: int
    text: str
    kind: str = ""


def texts(tree: Path) -> Iterator[Text]:
    for path in sorted((tree / "src").rglob("*.[ch]pp")):
        yield from texts_of_source(path.relative_to(tree), path.read_text(encoding="utf-8"))
    for path in sorted((tree / "data" / "profiles").glob("*.toml")):
        yield from texts_of_profile(path.relative_to(tree), path.read_text(encoding="utf-8"))


def texts_of_source(path: Path, source: str) -> Iterator[Text]:
    """A statement, or a row of a table, ends at a semicolon or at the comma of a braced list of literals."""
    parsed = cpp_source.parse(source)
    starts = line_starts(source)
    literals = [literal for literal in parsed.literals if is_text(literal.text)]
    for index, literal in enumerate(literals):
        joined = plain(literal.text)
        if index > 0 and literal.line == literals[index - 1].line:
            continue
        for other in literals[index + 1:]:
            if other.line != literal.line:
                break
            joined += f" | {plain(other.text)}"
        yield Text(path, literal.line, joined, field_before(source, starts[literal.line - 1], parsed.code))


def line_starts(source: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer("\n", source))]


def field_before(source: str, start: int, code: str) -> str:
    """The member of a check that the line fills: on the line itself, or on the one before it."""
    end = source.find("\n", start)
    before = source.rfind("\n", 0, max(start - 1, 0)) + 1
    for part in (code[start:end], code[before:start]):
        found = CHECK_FIELD.search(part)
        if found:
            return found[1]
        if part.strip(" ,"):
            return ""
    return ""


def is_text(literal: str) -> bool:
    """Two words, or one with a blank beside it; no path, no key of JSON, no macro."""
    shown = plain(literal)
    return bool(WORD.search(shown)) and " " in shown.strip() and not PLACE.fullmatch(shown.strip())


def plain(literal: str) -> str:
    text = literal
    for escape, character in ESCAPES.items():
        text = text.replace(escape, character)
    text = re.sub(r"\{[^{}]*\}", FILLED_IN, text)
    return re.sub(r"\s*\n\s*", " / ", text)


def texts_of_profile(path: Path, source: str) -> Iterator[Text]:
    lines = source.split("\n")
    profile = tomllib.loads(source)
    rows = [profile, *profile.get("module", [])]
    for row in rows:
        for key in ("title", "description", "reason", "breaks"):
            if key in row:
                yield Text(path, line_with(lines, row[key]), row[key], f"profile {key}")


def line_with(lines: list[str], text: str) -> int:
    return next((number for number, line in enumerate(lines, 1) if text[:40] in line), 1)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", nargs="?", default="", help="only of files below it, such as src/cli")
    folder = options.parse_args().folder
    for text in texts(TREE):
        if str(text.path).startswith(folder):
            print(f"{text.path}:{text.line}: {text.text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
