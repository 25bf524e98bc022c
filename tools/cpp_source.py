# SPDX-License-Identifier: GPL-2.0-or-later
"""A C++ file taken apart far enough to check house rules: includes, literals, code, functions."""

import re
from dataclasses import dataclass, field
from pathlib import Path

COMMENT_OR_LITERAL = re.compile(
    r"""//[^\n]*
      | /\*.*?\*/
      | R"(?P<mark>[^()\s\\]*)\((?P<raw>.*?)\)(?P=mark)"
      | "(?P<plain>(?:[^"\\\n]|\\.)*)"
      | (?<![0-9a-fA-F])'(?:[^'\\\n]|\\.)+'
    """,
    re.DOTALL | re.VERBOSE,
)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"(?P<ours>[^"\n]+)"|<(?P<others>[^>\n]+)>)', re.MULTILINE)
CONTAINER = re.compile(r"^\s*(?:template\s*<.*>\s*)?(?:inline\s+)?(?:namespace|class|struct|union|enum|extern)\b", re.DOTALL)


@dataclass
class Include:
    line: int
    name: str
    ours: bool


@dataclass
class Literal:
    line: int
    text: str


@dataclass
class Function:
    line: int
    length: int


@dataclass
class CppSource:
    """`code` has the length of the file: comments and literals are blanked, lines kept."""

    includes: list[Include] = field(default_factory=list)
    literals: list[Literal] = field(default_factory=list)
    code: str = ""


def read(path: Path) -> CppSource:
    return parse(path.read_text(encoding="utf-8"))


def parse(text: str) -> CppSource:
    source = CppSource()
    for found in INCLUDE.finditer(text):
        name = found["ours"] or found["others"]
        source.includes.append(Include(line_of(text, found.end()), name, found["ours"] is not None))
    without_includes = INCLUDE.sub(lambda found: blank(found[0]), text)
    source.literals = joined_literals(without_includes)
    source.code = COMMENT_OR_LITERAL.sub(lambda found: blank(found[0]), without_includes)
    return source


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def joined_literals(text: str) -> list[Literal]:
    """String literals; those that only white space or comments separate are one."""
    literals: list[Literal] = []
    previous_end = None
    for found in COMMENT_OR_LITERAL.finditer(text):
        content = found["raw"] if found["raw"] is not None else found["plain"]
        if content is None:
            continue
        between = "" if previous_end is None else COMMENT_OR_LITERAL.sub("", text[previous_end:found.start()])
        if previous_end is not None and not between.strip():
            literals[-1].text += content
        else:
            literals.append(Literal(line_of(text, found.start()), content))
        previous_end = found.end()
    return literals


def functions(source: CppSource) -> list[Function]:
    """Outermost blocks that follow a parameter list; what stands inside them counts with them."""
    found: list[Function] = []
    open_blocks: list[tuple[bool, int]] = []
    header_start = 0
    for brace in re.finditer(r"[{};]", source.code):
        if brace[0] == "{":
            inside = bool(open_blocks) and open_blocks[-1][0]
            header = source.code[header_start:brace.start()]
            is_function = inside or (")" in header and not CONTAINER.match(header))
            start = header_start + len(header) - len(header.lstrip())
            open_blocks.append((is_function, start))
        elif brace[0] == "}" and open_blocks:
            is_function, start = open_blocks.pop()
            if is_function and not (open_blocks and open_blocks[-1][0]):
                first, last = line_of(source.code, start), line_of(source.code, brace.start())
                found.append(Function(first, last - first + 1))
        header_start = brace.end()
    return found
