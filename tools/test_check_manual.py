#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Plants differences between help and manual page and sees that check_manual.py finds each."""

import unittest

from check_manual import violations

TOP_HELP = """Usage: kmodsec [OPTIONS] [SUBCOMMAND]

Options:
  --version                   Show the version
  -h,--help                   Show this help
  --format FORMAT:{text,json}
                              How to answer

Subcommands:
  audit                       Judge this host
  list                        List the loaded modules
"""
VERB_HELPS = {"audit": "Options:\n  -h,--help   Show this help\n", "list": "Options:\n  --unused   Only unused\n"}
MANUAL = """# VERBS

*audit*
	Judge.

*list*
	List.

# OPTIONS

*--version*
	Version.

*-h*, *--help*
	Help.

*--format* _FORMAT_
	Format.

# OPTIONS OF LIST

*--unused*
	Unused.
"""


class CheckManual(unittest.TestCase):
    def assert_refused(self, manual: str, word: str) -> None:
        found = list(violations(manual, TOP_HELP, VERB_HELPS))
        self.assertEqual(len(found), 1, found)
        self.assertIn(word, found[0])

    def test_agreement(self) -> None:
        self.assertEqual(list(violations(MANUAL, TOP_HELP, VERB_HELPS)), [])

    def test_verb_missing_in_the_manual(self) -> None:
        self.assert_refused(MANUAL.replace("*audit*\n", "audit\n"), "verb audit of --help")

    def test_verb_that_is_gone(self) -> None:
        self.assert_refused(MANUAL.replace("*audit*\n", "*audit*\n\n*scan*\n"), "verb scan is not in --help")

    def test_option_missing_in_the_manual(self) -> None:
        self.assert_refused(MANUAL.replace("*--version*", "--version"), "option --version of --help")

    def test_option_that_is_gone(self) -> None:
        self.assert_refused(MANUAL.replace("*--version*", "*--version*\n\n*--colour* _WHEN_"), "option --colour WHEN")

    def test_section_that_is_there_twice(self) -> None:
        self.assert_refused(MANUAL + "\n# OPTIONS OF LIST\n\n*--unused*\n\tUnused.\n", "section OPTIONS OF LIST is there 2 times")

    def test_option_of_a_verb(self) -> None:
        self.assert_refused(MANUAL.replace("*--unused*", "--unused"), "list: option --unused of --help")


if __name__ == "__main__":
    unittest.main()
