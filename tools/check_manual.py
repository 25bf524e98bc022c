#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Compares man/kmodsec.8.scd with `kmodsec --help`: every verb and option is in both, and no section is there twice."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

MANUAL = Path(__file__).resolve().parent.parent / "man" / "kmodsec.8.scd"
HELP_OPTION = re.compile(r"^ +(?:-\w, ?)?(?P<name>--[\w-]+)(?:[ =](?P<value>[A-Z]+))?", re.MULTILINE)
HELP_VERB = re.compile(r"^  (?P<name>[a-z][\w-]*) {2,}\S", re.MULTILINE)
MANUAL_OPTION = re.compile(r"^(?:\*-\w\*, )?\*(?P<name>--[\w-]+)\*(?: _(?P<value>[A-Z]+)_)?$", re.MULTILINE)
MANUAL_VERB = re.compile(r"^\*(?P<name>[a-z][\w-]*)\*(?: \S.*)?$", re.MULTILINE)


def help_of(program: str, *words: str) -> str:
    return subprocess.run([program, *words, "--help"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True).stdout


def options_in(text: str, option: re.Pattern[str]) -> set[str]:
    return {f"{found['name']} {found['value'] or ''}".rstrip() for found in option.finditer(text)}


def section(manual: str, title: str) -> str:
    found = re.search(rf"^# {title}\n(.*?)(?=^# |\Z)", manual, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def differences(what: str, in_help: set[str], in_manual: set[str]) -> Iterator[str]:
    for name in sorted(in_help - in_manual):
        yield f"{what} {name} of --help is not described: add it"
    for name in sorted(in_manual - in_help):
        yield f"{what} {name} is not in --help: take it out, or correct it"


def repeated(manual: str) -> Iterator[str]:
    titles = re.findall(r"^# (.*)$", manual, re.MULTILINE)
    for title in sorted(set(titles)):
        if titles.count(title) > 1:
            yield f"section {title} is there {titles.count(title)} times: make one of them"


def violations(manual: str, top_help: str, verb_helps: dict[str, str]) -> Iterator[str]:
    yield from repeated(manual)
    verbs = {found["name"] for found in MANUAL_VERB.finditer(section(manual, "VERBS"))}
    yield from differences("verb", set(verb_helps), verbs)

    common = options_in(section(manual, "OPTIONS"), MANUAL_OPTION)
    yield from differences("option", options_in(top_help, HELP_OPTION), common)
    for verb, text in verb_helps.items():
        own = options_in(text, HELP_OPTION) - options_in(top_help, HELP_OPTION)
        described = options_in(section(manual, f"OPTIONS OF {verb.upper()}"), MANUAL_OPTION)
        yield from differences(f"{verb}: option", own, described)


def main(program: str) -> int:
    manual = MANUAL.read_text()
    top_help = help_of(program)
    verbs = [found["name"] for found in HELP_VERB.finditer(top_help)]
    found = list(violations(manual, top_help, {verb: help_of(program, verb) for verb in verbs}))
    rendered = subprocess.run(["scdoc"], input=manual, capture_output=True, text=True, check=False)
    if rendered.returncode != 0:
        found.append(f"scdoc refuses it: {rendered.stderr.strip()}")
    for complaint in found:
        print(f"man/{MANUAL.name}: {complaint}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
