# SPDX-License-Identifier: GPL-2.0-or-later
"""What the program refuses: one specific line, exit code 2, nothing on stdout."""

import json
import tempfile
from pathlib import Path

from kmodsec_cli import CLEAN, VERBS, CliTest, kmodsec
from machine import image, running


ARGUMENTS = {"show": ["loop"], "load": ["loop"], "unload": ["loop"], "explain": ["SIG-001"]}


class CommandLine(CliTest):
    def test_unknown_verb_gets_the_nearest(self) -> None:
        self.assertIn("did you mean audit?", self.refused("audt"))

    def test_unknown_verb_that_is_like_none(self) -> None:
        line = self.refused("frobnicate-everything")
        self.assertIn("frobnicate-everything", line)
        self.assertNotIn("did you mean", line)

    def test_help_of_help(self) -> None:
        self.assertEqual(kmodsec("help", "help").out, kmodsec("help").out)

    def test_help_of_an_unknown_verb(self) -> None:
        self.assertIn("did you mean audit?", self.refused("help", "audt"))

    def test_unknown_option_gets_the_nearest(self) -> None:
        self.assertIn("did you mean --format?", self.refused("audit", "--formt", "json"))
        self.assertIn("did you mean --unused?", self.refused("list", "--unusd"))

    def test_unknown_value_gets_the_nearest(self) -> None:
        self.assertIn("did you mean json?", self.refused("audit", "--format", "jsn"))

    def test_a_severity_where_none_counts(self) -> None:
        for verb in ("list", "show", "events", "plan", "checks"):
            with self.subTest(verb):
                self.assertIn("means nothing", self.refused(verb, *ARGUMENTS.get(verb, []), "--fail-on", "high"))

    def test_options_that_mean_nothing_to_a_verb(self) -> None:
        for words, reason in [(["checks", "--root", "/"], "means nothing to 'checks'"), (["explain", "SIG-001", "--jobs", "2"], "means nothing"),
                              (["freeze", "--kernel", "6.1"], "running kernel only"), (["history", "--snapshot", "x"], "not a snapshot"),
                              (["profiles", "--cert", "x"], "means nothing"), (["baseline", "show", "--snapshot", "x"], "not a snapshot")]:
            with self.subTest(words):
                self.assertIn(reason, self.refused(*words))

    def test_a_limit_bounds_every_verb(self) -> None:
        for words in (["checks"], ["explain", "SIG-001"]):
            self.assertEqual(kmodsec(*words, "--limit", "seconds=60").code, CLEAN)

    def test_no_word_of_a_parser(self) -> None:
        """Each kind of error that the parser of the command line knows."""
        for words, line in [
            (["explain", "SIG-001", "surplus"], "ID: takes one value only"),
            (["show"], "MODULE: is required and missing"),
            (["unblock", "loop"], "--for: is required and missing"),
            (["baseline"], "ACTION: is required and missing; it is one of create, check, accept, show, sign"),
            (["freeze", "--level"], "--level: needs a value; it is one of signatures, lockdown, all"),
            (["audit", "--jobs", "many"], "--jobs: takes a number"),
            (["audit", "--jobs", "-3"], "--jobs: takes a number"),
            (["audit", "--jobs", "99999999999"], "--jobs: takes a number"),
            (["audit", "--jobs="], "--jobs: needs a value"),
            (["list", "--kernel"], "--kernel: needs a value"),
            (["list", "--kernel", "a", "--kernel", "b"], "--kernel: takes one value only"),
            (["audit", "--fail-on", "low", "--fail-on", "high"], "--fail-on: takes one value only"),
            (["list", "--unused=5"], "--unused: takes no value"),
            (["list", "--unused=abc"], "--unused: takes no value"),
            (["list", "--quiet=false"], "--quiet: takes no value"),
            (["--version=x"], "--version: takes no value"),
            (["checks", "--help=x"], "--help: takes no value"),
            (["checks", ""], "'': unexpected argument; see 'kmodsec help checks'"),
            ([""], "'': unknown verb; see 'kmodsec help'"),
            (["audit", "list"], "list: unexpected argument; see 'kmodsec help audit'"),
            (["-x"], "-x: unknown option; see 'kmodsec help'"),
            (["checks", "-q"], "-q: unknown option; see 'kmodsec help checks'"),
            (["freeze", "--level", "non"], "--level: non is not one of signatures, lockdown, all"),
        ]:
            with self.subTest(words):
                self.assertEqual(self.refused(*words), line)

    def test_unknown_action_gets_the_nearest(self) -> None:
        self.assertIn("creat is not one of create, check, accept, show, sign; did you mean create?", self.refused("baseline", "creat"))
        self.assertIn("did you mean import?", self.refused("data", "improt"))

    def test_unknown_profile_gets_the_nearest(self) -> None:
        machine = running(self)
        for words in (["deny", "--profile"], ["doors", "--profile"], ["profiles"]):
            with self.subTest(words):
                self.assertIn("cis-lvel-1: no such profile; did you mean cis-level-1?", self.refused(*words, "cis-lvel-1", "--root", machine))

    def test_unknown_option(self) -> None:
        for verb in VERBS:
            with self.subTest(verb):
                self.assertIn("--no-such-option", self.refused(verb, *ARGUMENTS.get(verb, []), "--no-such-option"))

    def test_two_dashes_end_the_options(self) -> None:
        machine = running(self)
        for words in (["show", "--", "loop"], ["verify", "--", "loop"], ["doors", "--", "loop"], ["list", "--"]):
            with self.subTest(words):
                self.assertIn("loop", kmodsec(words[0], "--root", machine, *words[1:]).out)
        self.assertIn("SIG-001", kmodsec("explain", "--", "SIG-001").out)
        self.assertIn("--unused: unexpected argument", self.refused("list", "--", "--unused"))

    def test_unexpected_argument(self) -> None:
        for verb in ("audit", "list", "snapshot", "checks"):
            with self.subTest(verb):
                self.assertIn("surplus", self.refused(verb, "surplus"))
        self.assertIn("ID", self.refused("explain", "SIG-001", "surplus"))

    def test_missing_argument(self) -> None:
        self.assertIn("MODULE", self.refused("show"))
        self.assertIn("ID", self.refused("explain"))

    def test_option_without_its_value(self) -> None:
        self.assertIn("--kernel", self.refused("list", "--kernel"))

    def test_words_that_an_option_does_not_take(self) -> None:
        for option, word in [("--format", "yaml"), ("--fail-on", "urgent"), ("--color", "sometimes")]:
            with self.subTest(option):
                self.assertIn(option, self.refused("audit", option, word))

    def test_markdown_is_for_the_list_of_checks(self) -> None:
        machine = running(self)
        for words in (["audit"], ["list"], ["show", "loop"], ["snapshot"]):
            with self.subTest(words):
                self.assertIn("markdown", self.refused(*words, "--root", machine, "--format", "markdown"))
        self.assertIn("markdown is not one of text, json", self.refused("explain", "SIG-001", "--format", "markdown"))

    def test_options_of_list_belong_to_list(self) -> None:
        for option in ("--unused", "--tainted", "--unsigned", "--on-disk"):
            with self.subTest(option):
                self.assertIn(option, self.refused("audit", option))

    def test_two_machines_at_once(self) -> None:
        self.assertIn("--snapshot", self.refused("audit", "--root", "/", "--snapshot", "file"))

    def test_hostile_words_are_escaped(self) -> None:
        line = self.refused("au\x1b[31mdit\nsecond line")
        self.assertNotIn("\x1b", line)


class Subjects(CliTest):
    def test_unknown_module_gets_the_nearest(self) -> None:
        line = self.refused("show", "vfaat", "--root", running(self))
        self.assertIn("vfaat", line)
        self.assertIn("did you mean vfat?", line)

    def test_one_unknown_module_among_several(self) -> None:
        self.assertIn("vfaat", self.refused("show", "loop", "vfaat", "--root", running(self)))

    def test_a_file_that_is_not_there(self) -> None:
        self.assertIn("/no/such.ko", self.refused("show", "/no/such.ko", "--root", running(self)))

    def test_unknown_kernel_gets_the_nearest(self) -> None:
        line = self.refused("list", "--kernel", "6.1.0-8-test", "--root", image(self))
        self.assertIn("6.1.0-8-test", line)
        self.assertIn("did you mean 6.1.0-9-test?", line)

    def test_unknown_check_gets_the_nearest(self) -> None:
        self.assertIn("did you mean", self.refused("explain", "KERNEL-01"))


class Places(CliTest):
    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory(prefix="kmodsec-cli-")
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)

    def test_root_that_is_not_there(self) -> None:
        self.assertIn("no-such-folder", self.refused("audit", "--root", self.folder / "no-such-folder"))

    def test_root_that_is_no_machine(self) -> None:
        self.assertIn("no machine", self.refused("audit", "--root", self.folder))

    def test_root_that_is_a_file(self) -> None:
        file = self.folder / "file"
        file.touch()
        self.assertIn("file", self.refused("audit", "--root", file))

    def test_output_that_cannot_be_written(self) -> None:
        for place in (self.folder, self.folder / "no-such-folder" / "file", "/dev/full"):
            with self.subTest(place):
                self.assertIn(str(place), self.refused("checks", "--output", place))

    def test_snapshot_that_is_not_there(self) -> None:
        self.assertIn("no-such-file", self.refused("audit", "--snapshot", self.folder / "no-such-file"))

    def test_snapshot_that_is_none(self) -> None:
        file = self.folder / "file"
        for content in ("", "not json", "[]", "{}", '{"schema": "kmodsec.audit/1"}', '{"schema": "kmodsec.snapshot/2"}'):
            with self.subTest(content):
                file.write_text(content)
                self.assertIn("not a snapshot", self.refused("audit", "--snapshot", file))

    def test_snapshot_of_another_version(self) -> None:
        file = self.folder / "file"
        for schema in ("kmodsec.snapshot/1", "kmodsec.snapshot/999"):
            with self.subTest(schema):
                file.write_text(json.dumps({"schema": schema, "facts": {}}))
                self.assertIn(schema, self.refused("audit", "--snapshot", file))

    def test_damaged_snapshot(self) -> None:
        file = self.folder / "file"
        file.write_text('{"schema": "kmodsec.snapshot/2", "facts": {"loaded": {"value": 7}}}')
        self.assertIn("damaged", self.refused("audit", "--snapshot", file))
