#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""House rules that any text editor can break: licence lines, lengths, unfinished business, blanks, pages that name sources
which are not there, a list of checks in docs/ that is not the program's, and words on the screen that an administrator would
not say. Prints each violation with its remedy. tools/list_texts.py prints what is on the screen."""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import cpp_source
import list_texts

TREE = Path(__file__).resolve().parent.parent
SKIPPED_FOLDERS = {"build", ".git", "__pycache__", "tests/trees", "fuzz/corpus", "data"}
CODE = {".cpp", ".hpp", ".c", ".h", ".py", ".sh", ".cmake", ".in"}
TEXT = CODE | {".md", ".scd", ".json", ".tsv", ".toml", ".yml", ".conf", ".service"}
CODE_NAMES = {"CMakeLists.txt", "run", "Kbuild"}

LICENCE = "SPDX-License-Identifier: GPL-2.0-or-later"
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")
NAMED_SOURCE = re.compile(r"`((?:[a-z_-]+/)+[a-z_0-9*-]+\.[ch]pp)`")
DIALECT = [
    (re.compile(pattern), remedy)
    for pattern, remedy in [
        (r"\btold\b(?! from)|\btells? of\b", "say 'shows', 'says' or 'reports'"),
        (r"\bstands? (?:there|in|before|behind|where|twice|still)\b", "say what is there"),
        (r"\bmend(?:s|ed)?\b", "say 'fix'"),
        (r"\banew\b", "say 'again', or 'rebuild'"),
        (r"\bholes?\b", "say 'vulnerability'"),
        (r"(?<!kmodsec )\bdoors?\b", "say 'load path'"),
        (r"\bbelongs? into\b", "say 'belongs in'"),
        (r"(?<!here )\b(?:is|are) no (?!longer\b|such\b|\w+er than\b)", "say 'is not a'"),
        (r"\bis none of\b", "say 'is not one of'"),
        (r"(?:^|[.;:] )Who (?:is|can|has|loads|reads|wants|writes)\b", "say 'Whoever'"),
        (r"\b(?:he|his|him)\b", "say 'they', 'their' or 'them'"),
        (r"without a word\b", "say 'silently'"),
        (r"\bone's own\b", "say whose it is"),
        (r"\bgets? at\b", "say 'reach'"),
        (r"\bheld against\b", "say 'compared with'"),
        (r"\blook whether\b", "say 'check whether'"),
        (r"\binitial RAM disk\b", "say 'initramfs'"),
    ]
]
SENTENCES = {"method", "rationale", "remedy", "profile reason", "profile breaks", "profile description"}
HEADINGS = {"title", "fault"}
WISH = re.compile(r"(?:Every|Only|Nobody)\b")
LONGEST_HEADING = 88
LONGEST_FILE = 400
LONGEST_FUNCTION = 60


def violations(tree: Path) -> Iterator[str]:
    for path in sorted(files(tree)):
        inside = path.relative_to(tree)
        text = path.read_text(encoding="utf-8", errors="replace")
        yield from (f"{inside}:{complaint}" for complaint in violations_in(inside, text))
        if path.suffix == ".md":
            yield from (f"{inside}:{complaint}" for complaint in missing_sources(tree, text))


def files(tree: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(tree):
        inside = Path(folder).relative_to(tree)
        folders[:] = [name for name in folders if not {name, str(inside / name)} & SKIPPED_FOLDERS]
        for name in names:
            path = Path(folder, name)
            if path.suffix in TEXT or name in CODE_NAMES:
                yield path


def violations_in(inside: Path, text: str) -> Iterator[str]:
    lines = text.split("\n")
    if (inside.suffix in CODE or inside.name in CODE_NAMES) and not any(LICENCE in line for line in lines[:3]):
        yield f"1: has no licence line. Begin it with: {LICENCE}"
    for number, line in enumerate(lines, 1):
        if line != line.rstrip():
            yield f"{number}: ends in blanks. Delete them."
        if UNFINISHED.search(line):
            yield f"{number}: announces work to do. Do it, or open an issue."
    if text and not text.endswith("\n"):
        yield f"{len(lines)}: the last line does not end. Add a newline."
    if inside.parts[0] == "src" or inside.parts[:2] == ("tools", "cve-tables"):
        yield from too_long(inside, text)


def missing_sources(tree: Path, text: str) -> Iterator[str]:
    """A page follows the code by the names of files: below src/, or as seen from the top."""
    for number, line in enumerate(text.split("\n"), 1):
        for name in NAMED_SOURCE.findall(line):
            if not any(found for place in (tree / "src", tree) for found in place.glob(name)):
                yield f"{number}: names {name}, which is not there. Name the file that does it now."


def too_long(inside: Path, text: str) -> Iterator[str]:
    length = text.count("\n")
    if length > LONGEST_FILE:
        yield f"{length}: longer than {LONGEST_FILE} lines. Split it by concept."
    if inside.suffix not in {".cpp", ".hpp"}:
        return
    for function in cpp_source.functions(cpp_source.parse(text)):
        if function.length > LONGEST_FUNCTION:
            yield f"{function.line}: a function of {function.length} lines; {LONGEST_FUNCTION} are allowed. Name its steps."


def stale_example(readme: Path, expected: Path) -> Iterator[str]:
    """The first screen in README is what a golden tree has, however its lines are wrapped; "…" stands for what is left out."""
    example = re.search(r"```\n\$ (?:sudo )?(.*?)```", readme.read_text(encoding="utf-8"), re.DOTALL) if readme.is_file() else None
    if example is None or not expected.is_file():
        return
    golden = " ".join(expected.read_text(encoding="utf-8").replace(" --root root", "").split())
    for part in example[1].split("…\n"):
        words = re.sub(r"(?<= by kmodsec )\S+", "VERSION", " ".join(part.split()))
        if words not in golden:
            yield f"{readme.name}:1: '{words[:60]}' is not what the program shows. Copy the example from {expected}."


def unclear_texts(tree: Path) -> Iterator[str]:
    for text in list_texts.texts(tree):
        place = f"{text.path}:{text.line}"
        for pattern, remedy in DIALECT:
            if found := pattern.search(text.text):
                yield f"{place}: shows '{found[0].strip()}': {remedy}."
        yield from (f"{place}: {complaint}" for complaint in wrong_form(text))


def wrong_form(text: list_texts.Text) -> Iterator[str]:
    """What a check and a profile say: headings without a full stop, faults that state a fault, whole sentences elsewhere."""
    if text.kind in SENTENCES and not text.text.endswith("."):
        yield "a sentence without its full stop. End it."
    if text.kind not in HEADINGS:
        return
    if text.text.endswith("."):
        yield "a heading with a full stop. Take it off."
    if not text.text[0].isupper():
        yield "a heading that begins with a small letter. Begin it with a capital one."
    if len(text.text) > LONGEST_HEADING:
        yield f"a heading of more than {LONGEST_HEADING} letters. Shorten it."
    if text.kind == "fault" and WISH.match(text.text):
        yield "a fault that states what is right. State what is wrong."


def stale_check_list(program: Path | None, page: Path) -> Iterator[str]:
    """Nothing to say while there is no program, or while it cannot print the page."""
    if program is None or not program.is_file():
        return
    printed = subprocess.run(
        [program, "checks", "--format", "markdown"], stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    if printed.returncode == 0 and (not page.is_file() or page.read_bytes() != printed.stdout):
        yield f"docs/{page.name}:1: is not what the program says. Renew it: {program} checks --format markdown > docs/{page.name}"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--program", type=Path, help="the built kmodsec")
    program = options.parse_args().program
    example = stale_example(TREE / "README.md", TREE / "tests" / "trees" / "backdoored_host" / "expected")
    found = [*violations(TREE), *unclear_texts(TREE), *example, *stale_check_list(program, TREE / "docs" / "checks.md")]
    for complaint in found:
        print(complaint, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
