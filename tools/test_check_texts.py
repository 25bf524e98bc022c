#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Plants violations and sees that check_texts.py finds each, and nothing where nothing is."""

import tempfile
import unittest
from pathlib import Path

import check_texts

LICENSED = f"// {check_texts.LICENCE}\n"
LONG_BODY = "  step();\n" * check_texts.LONGEST_FUNCTION


def complaints(name: str, text: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return list(check_texts.violations(Path(folder)))


class CheckTexts(unittest.TestCase):
    def assert_refused(self, name: str, text: str, word: str) -> None:
        found = complaints(name, text)
        self.assertEqual(len(found), 1, found)
        self.assertIn(word, found[0])

    def assert_clean(self, name: str, text: str) -> None:
        self.assertEqual(complaints(name, text), [])

    def test_clean_file(self) -> None:
        self.assert_clean("src/x.cpp", LICENSED + "int f() { return 1; }\n")

    def test_licence(self) -> None:
        self.assert_refused("src/x.cpp", "int f();\n", "licence")
        self.assert_refused("run", "#!/bin/sh\n", "licence")
        self.assert_clean("docs/x.md", "# Title\n")

    def test_blanks_and_last_line(self) -> None:
        self.assert_refused("docs/x.md", "one \ntwo\n", "docs/x.md:1: ends in blanks")
        self.assert_refused("docs/x.md", "one", "newline")

    def test_a_page_that_names_a_source_which_is_not_there(self) -> None:
        self.assert_refused("docs/x.md", "first\n`format/elf.cpp` reads it\n", "docs/x.md:2: names format/elf.cpp")
        self.assert_refused("docs/x.md", "`src/checks/x.cpp`\n", "names src/checks/x.cpp")
        self.assert_clean("docs/x.md", "`elf.cpp` and `src/checks/NAME.cpp`\n")

    def test_unfinished_business(self) -> None:
        self.assert_refused("src/x.cpp", LICENSED + "// TO" + "DO later\n", "x.cpp:2: announces")

    def test_long_file(self) -> None:
        lines = "int x;\n" * check_texts.LONGEST_FILE
        self.assert_refused("src/x.cpp", LICENSED + lines, "longer than")
        self.assert_clean("tests/x.cpp", LICENSED + lines)

    def test_long_function(self) -> None:
        opening = LICENSED + "namespace n {\n"
        self.assert_refused("src/x.cpp", opening + "void f(int a) {\n" + LONG_BODY + "}\n}\n", "x.cpp:3: a function of 62")
        self.assert_refused("src/x.hpp", opening + "struct S {\n  S() : a(1) {\n" + LONG_BODY + "}\n};\n}\n", "x.hpp:4: a function")

    def test_long_tables_and_classes_are_no_functions(self) -> None:
        rows = '  {1, "}{"},\n' * 100
        self.assert_clean("src/x.cpp", LICENSED + "constexpr Row rows[] = {\n" + rows + "};\n")
        members = "  int f(int a) { return a; }\n" * 100
        self.assert_clean("src/x.cpp", LICENSED + "class C : public D {\n" + members + "};\n")

    def test_fixtures_are_left_alone(self) -> None:
        self.assert_clean("tests/trees/x/x.conf", "any thing \n")


if __name__ == "__main__":
    unittest.main()
