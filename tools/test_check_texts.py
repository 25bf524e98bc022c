#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Plants violations and sees that check_texts.py finds each, and nothing where nothing is."""

import tempfile
import unittest
from collections.abc import Callable, Iterable
from pathlib import Path

import check_texts

LICENSED = f"// {check_texts.LICENCE}\n"
LONG_BODY = "  step();\n" * check_texts.LONGEST_FUNCTION


def found_by(rule: Callable[[Path], Iterable[str]], name: str, text: str) -> list[str]:
    """In a tree that has this file alone."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return list(rule(Path(folder)))


def shown(name: str, text: str) -> list[str]:
    """What is wrong with the texts that the file shows."""
    return found_by(check_texts.unclear_texts, name, text)


def complaints(name: str, text: str) -> list[str]:
    return found_by(check_texts.violations, name, text)


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

    def test_an_example_that_is_not_what_is_shown(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            readme, expected = Path(folder, "README.md"), Path(folder, "expected")
            readme.write_text("```\n$ sudo kmodsec audit\nAct: 3 findings\n…\n45 passed\n```\n")
            expected.write_text("$ kmodsec audit\nAct: 3\n  findings\n\nmore\n45 passed\n")
            self.assertEqual(list(check_texts.stale_example(readme, expected)), [])
            expected.write_text("$ kmodsec audit\nAct: 4 findings\n45 passed\n")
            found = list(check_texts.stale_example(readme, expected))
            self.assertEqual(len(found), 1, found)
            self.assertIn("kmodsec audit Act: 3 findings", found[0])

    def test_words_that_an_administrator_would_not_say(self) -> None:
        for words in ("it was told to write", "what stands there", "kmodsec mends it", "write it anew", "a known hole", "each door is open",
                      "it is no file of a module", "x is none of a, b", "Who is root can write", "a key of his own", "users get at it",
                      "ignored without a word", "look whether it is there", "the initial RAM disk"):
            with self.subTest(words):
                found = shown("src/x.cpp", f'auto x = f("{words}");\n')
                self.assertEqual(len(found), 1, found)
                self.assertIn("src/x.cpp:1: shows", found[0])

    def test_words_that_are_fine(self) -> None:
        for words in ("there is no such module", "it is no longer read", "no stronger than its digest", "try kmodsec doors sctp"):
            with self.subTest(words):
                self.assertEqual(shown("src/x.cpp", f'auto x = f("{words}");\n'), [])

    def test_words_over_several_literals(self) -> None:
        self.assertIn("shows 'tells of'", shown("src/x.cpp", 'auto x =\n    "the log tells "\n    "of it";\n')[0])

    def test_what_is_no_text_of_the_program(self) -> None:
        self.assertEqual(shown("src/x.cpp", '// it was told so\n#include "a/told.hpp"\nauto x = "told";\n'), [])

    def test_the_form_of_a_check(self) -> None:
        check = 'Check x{{\n    .title = "{}",\n    .fault = "{}",\n    .remedy =\n        "{}",\n}};\n'
        self.assertEqual(shown("src/x.cpp", check.format("All is well", "A module is bad", "Remove the module.")), [])
        for fields, word in [(("All is well.", "A module is bad", "Remove it now."), "with a full stop"),
                             (("all is well", "A module is bad", "Remove it now."), "small letter"),
                             (("All is well", "Every module is good", "Remove it now."), "what is right"),
                             (("All is well", "A module " + "is bad " * 20 + "now", "Remove it now."), "more than"),
                             (("All is well", "A module is bad", "Remove it now"), "without its full stop")]:
            with self.subTest(word):
                found = shown("src/x.cpp", check.format(*fields))
                self.assertEqual(len(found), 1, found)
                self.assertIn(word, found[0])

    def test_texts_of_a_profile(self) -> None:
        profile = 'name = "x"\ntitle = "A list"\ndescription = "What it is."\n\n[[module]]\nname = "y"\nreason = "It has a hole"\n'
        found = shown("data/profiles/x.toml", profile)
        self.assertEqual([complaint.split(": ")[0] for complaint in found], ["data/profiles/x.toml:7"] * 2)

    def test_fixtures_are_left_alone(self) -> None:
        self.assert_clean("tests/trees/x/x.conf", "any thing \n")


if __name__ == "__main__":
    unittest.main()
