#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Holds src/, and tools/cve-tables/, against the layering rule of docs/architecture.md: who may include whom, and where
the operating system may be spelt at all. Prints each violation with its remedy."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import cpp_source
from cpp_source import CppSource, line_of

EVERYTHING = None
MAY_INCLUDE: dict[str, set[str] | None] = {
    "base": {"base"},
    "model": {"base", "model"},
    "format": {"base", "model", "format"},
    "checks": {"base", "model", "analyze", "checks"},
    "report": {"base", "model", "report"},
    "analyze": {"base", "model", "analyze"},
    "plan": {"base", "model", "analyze", "plan"},
    "system": {"base", "system"},
    "state": {"base", "model", "format", "system", "state"},
    "collect": {"base", "model", "format", "system", "collect"},
    "app": {"base", "model", "format", "checks", "report", "analyze", "plan", "system", "state", "collect", "app"},
    "cli": EVERYTHING,
    "main.cpp": EVERYTHING,
    "cve-tables": {"base", "model", "format", "system", "cve-tables"},
}

# Whoever collects reads what earlier runs have kept, and may see nothing of what changes the host.
MAY_INCLUDE_FILES: dict[str, set[str]] = {"collect": {"state/baseline_store.hpp", "state/usage_store.hpp"}}

# The folders inside a layer, low to high: a file may include what is of its own subject or of a lower one, in every layer
# that it may include at all. What lies in a layer itself serves all subjects or joins them, and is free.
SUBJECTS = [
    "files", "host", "kernel", "signatures", "modules", "loading", "boot", "usage", "policy", "auditd", "baseline", "cves",
]
VERBS = Path("cli/verbs")  # a verb joins subjects, as what lies in a layer itself does
LARGEST_FOLDER = 40

PARSER_LIBRARIES = {
    "openssl", "regex.h", "zlib.h", "libdeflate.h", "lzma.h", "zstd.h", "bzlib.h", "lz4.h", "lzo", "toml++", "nlohmann", "elf.h",
    "sqlite3.h", "libaudit.h", "fnmatch.h",
}
MAY_USE_LIBRARIES: dict[str, set[str] | None] = {
    "format": PARSER_LIBRARIES,
    "analyze": {"fnmatch.h"},
    "report": {"nlohmann"},
    "system": EVERYTHING,
    "app": {"unistd.h"},
    "cli": EVERYTHING,
    "main.cpp": EVERYTHING,
    "cve-tables": EVERYTHING,
}

MAY_ASK_THE_SYSTEM = {"system", "app", "cli", "main.cpp", "cve-tables"}
CALLS = [
    "open", "openat", "openat2", "fopen", "freopen", "popen", "system", "opendir", "scandir", "readlink",
    "getenv", "secure_getenv", "uname", "syscall", "ioctl", "fork", "time", "clock", "clock_gettime",
    "gettimeofday",
]
SYSTEM_USE = re.compile(
    r"(?<!\w)(?P<call>" + "|".join(CALLS) + r")\s*\("
    r"|(?P<stream>\b(?:basic_)?(?:[io]?fstream|filebuf)\b)"
    r"|(?P<filesystem>\bstd\s*::\s*filesystem\b)"
    r"|(?P<clock>::\s*now)\s*\("
)

MEMBER_OR_DECLARATION = re.compile(
    r"(?:\.|->|\b(?!std\b)\w+\s*::|(?<!&)[>&*]|\b(?!(?:return|else|throw|case|co_return)\b)\w+)\s*$"
)

HOST_PATH = re.compile(r"/(?:proc|sys|etc|lib\d*|usr|var|run|boot|dev)(?![\w-])")
MAY_NAME_PATHS = {"collect", "plan", "state", "checks", "analyze"}
FILES_THAT_MAY_NAME_PATHS = {
    Path("system/files/dir_root.cpp"), Path("system/host/program.cpp"), Path("system/host/own_program.cpp"),
    Path("system/host/pager.cpp"),
    Path("model/host/boot_places.hpp"),  # collect/ looks at them, and checks/ tells them from others
    Path("model/host/program_places.hpp"),  # the same
    Path("model/kernel/host_action.cpp"),  # what programs of the host write is part of what they are
    Path("format/host/block_device.cpp"),  # how configuration names a disk
    Path("system/files/access_lists.cpp"),  # /proc/self/fd: the attributes of what was opened for its path alone
    Path("report/policy/unified_diff.cpp"),  # diff(1) calls a missing file /dev/null
}

# What the running system is asked to do, by the only files that may ask for it. Each of these asks for
# a RunningSystem, which a tree, a snapshot or a store has not; who gets one is on the list, too.
MAY_ACT_ON_THE_HOST: dict[str, set[str]] = {
    r"(?:(?<!\w )|(?<=return ))(?:posix_spawnp?|v?fork|exec(?:v|l|ve|vp|lp|le|vpe|veat)|f?execve|popen|system)(?=\s*\()": {
        "system/host/program.cpp",
        "system/host/pager.cpp",  # what the user's own environment names, on a terminal: no text of a tree gets there
    },
    r"run_program(?=\s*\()": {
        "system/host/program.cpp", "system/host/program.hpp", "state/host_deeds.cpp", "cve-tables/checkout_commit.cpp",
        "cve-tables/kernel_source.cpp",
    },
    r"run_program_for_output": {"system/host/program.cpp", "system/host/program.hpp", "cve-tables/kernel_source.cpp"},
    r"HostPrograms": {"state/host_deeds.cpp", "state/host_deeds.hpp", "app/policy/change_host.cpp"},
    r"set_kernel_switch": {"system/kernel/kernel_switch.cpp", "system/kernel/kernel_switch.hpp", "state/freeze_kernel.cpp"},
    r"(?<!class )LibkmodLoader": {
        "system/modules/libkmod_loader.cpp", "system/modules/libkmod_loader.hpp", "app/policy/module_load.cpp",
    },
    r"meant_by": {
        "system/host/running_system.hpp", "app/policy/change_host.cpp", "cve-tables/data_build.cpp", "cli/verbs/freeze.cpp",
        "cli/verbs/load.cpp", "cli/verbs/unblock.cpp", "cli/verbs/unload.cpp",
    },
}

# What is shown goes by time_of_looking(), what is done by time_of_change(): nobody else asks the clock for the date.
THE_CLOCK = Path("system/host/clock.cpp")
DATE_OF_TODAY = re.compile(r"(?:(?<!\w)std\s*::\s*|(?<!\w)::|(?<![\w.:>]))time\s*\(|\bsystem_clock\b|\bCLOCK_REALTIME\b")


def violations(src: Path) -> Iterator[str]:
    yield from full_folders(src)
    yield from violations_below(src, src)


def violations_below(src: Path, top: Path) -> Iterator[str]:
    """Of the folders of `src`, which has `top` for one of these, or is it."""
    for path in sorted([*top.rglob("*.cpp"), *top.rglob("*.hpp")]):
        inside = path.relative_to(src)
        source = cpp_source.read(path)
        for line, complaint in violations_in(src, inside, source):
            yield f"{src.name}/{inside}:{line}: {complaint}"


def violations_in(src: Path, inside: Path, source: CppSource) -> Iterator[tuple[int, str]]:
    folder = inside.parts[0]
    if folder not in MAY_INCLUDE:
        yield 1, f"{folder} has no row in the layering table. Give it one in tools/check_layers.py."
        return
    yield from wrong_includes(src, folder, source)
    yield from wrong_subjects(inside, source)
    yield from wrong_libraries(folder, source)
    yield from deeds_on_the_host(inside, source)
    if folder in MAY_ASK_THE_SYSTEM and inside != THE_CLOCK and src.name == "src":
        yield from dates_of_today(inside, source)
    if folder not in MAY_ASK_THE_SYSTEM:
        yield from system_uses(folder, source)
    if folder not in MAY_NAME_PATHS and inside not in FILES_THAT_MAY_NAME_PATHS:
        yield from host_paths(folder, source)


def wrong_includes(src: Path, folder: str, source: CppSource) -> Iterator[tuple[int, str]]:
    allowed = MAY_INCLUDE[folder]
    for include in source.includes:
        target = include.name.split("/")[0]
        if not include.ours or allowed is EVERYTHING or target in allowed:
            continue
        if include.name in MAY_INCLUDE_FILES.get(folder, set()):
            continue
        if folder == "plan" and target == "format" and declares_a_printer(src / include.name):
            continue
        yield include.line, (
            f"{folder}/ may not include {include.name}. Move what both need to model/ or base/, "
            "or pass it in from a layer that may include both."
        )


def wrong_subjects(inside: Path, source: CppSource) -> Iterator[tuple[int, str]]:
    if len(inside.parts) < 3:
        return
    subject = inside.parts[1]
    if inside.parent == VERBS:
        return
    if subject not in SUBJECTS or len(inside.parts) > 3:
        yield 1, f"{inside.parent} is no subject of a layer. There are: {', '.join(SUBJECTS)}."
        return
    for include in source.includes:
        other = Path(include.name).parts[1] if include.ours and include.name.count("/") == 2 else subject
        if other in SUBJECTS and SUBJECTS.index(other) > SUBJECTS.index(subject):
            yield include.line, (
                f"{subject}/ is below {other}/ and may not include {include.name}. Move what both need to {subject}/ "
                "or below it, or this file up."
            )


def full_folders(src: Path) -> Iterator[str]:
    for folder in sorted(path for path in src.rglob("*") if path.is_dir()):
        files = sum(1 for path in folder.iterdir() if path.is_file())
        if files > LARGEST_FOLDER:
            yield f"{src.name}/{folder.relative_to(src)}:1: {files} files are more than one can take in. Give some their own subject."


def declares_a_printer(header: Path) -> bool:
    return header.is_file() and re.search(r"\bprint_\w+\(", cpp_source.read(header).code) is not None


def wrong_libraries(folder: str, source: CppSource) -> Iterator[tuple[int, str]]:
    allowed = MAY_USE_LIBRARIES.get(folder, set())
    for include in source.includes:
        library = include.name.split("/")[0]
        if include.ours or is_standard(include.name) or library == "fmt" or allowed is EVERYTHING or library in allowed:
            continue
        yield include.line, (
            f"{folder}/ may not include <{include.name}>. Headers of the system belong in system/, "
            "libraries in the layer that tools/check_layers.py names for them."
        )


def is_standard(header: str) -> bool:
    return "." not in header and "/" not in header


def system_uses(folder: str, source: CppSource) -> Iterator[tuple[int, str]]:
    for use in SYSTEM_USE.finditer(source.code):
        line_start = source.code.rfind("\n", 0, use.start()) + 1
        if use["call"] and MEMBER_OR_DECLARATION.search(source.code[line_start:use.start()]):
            continue
        spelt = next(text for text in use.groups() if text)
        yield line_of(source.code, use.start()), (
            f"{folder}/ may not use {spelt}. Read through the Root that is passed in, or take the "
            "value as an argument from app/."
        )


def deeds_on_the_host(inside: Path, source: CppSource) -> Iterator[tuple[int, str]]:
    for name, files in MAY_ACT_ON_THE_HOST.items():
        if inside.as_posix() in files:
            continue
        for use in re.finditer(rf"(?<!\w)(?:{name})(?!\w)", source.code):
            yield line_of(source.code, use.start()), (
                f"{inside} may not use {use[0]}: what comes from a tree could get there. Name a HostAction, or show in "
                "review that only the running system's own words do, and add the file to tools/check_layers.py."
            )


def dates_of_today(inside: Path, source: CppSource) -> Iterator[tuple[int, str]]:
    for use in DATE_OF_TODAY.finditer(source.code):
        yield line_of(source.code, use.start()), (
            f"{inside} may not ask the clock itself. Use time_of_looking() for what is shown, and time_of_change() for "
            "what is written."
        )


def host_paths(folder: str, source: CppSource) -> Iterator[tuple[int, str]]:
    for literal in source.literals:
        if not HOST_PATH.match(literal.text):
            continue
        yield literal.line, (
            f'{folder}/ may not name "{literal.text[:60]}". Let collect/ put the path, or what follows '
            "from it, into Facts."
        )


def main(arguments: list[str]) -> int:
    src = Path(arguments[0]) if arguments else Path(__file__).resolve().parent.parent / "src"
    tools = Path(__file__).resolve().parent
    found = [*violations(src), *violations_below(tools, tools / "cve-tables")]
    for complaint in found:
        print(complaint, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
