# SPDX-License-Identifier: GPL-2.0-or-later
"""Where answers go, in which colour, and with which exit code."""

import json
import os
import stat

from kmodsec_cli import AT_ONE_TIME, CLEAN, ESCAPE, FAILED, FINDINGS, INCOMPLETE, VERBS, CliTest, kmodsec, kmodsec_on_terminal
from machine import image, running


class Help(CliTest):
    def test_version(self) -> None:
        for option in ("--version", "-V"):
            run = kmodsec(option)
            self.assertEqual((run.code, run.err), (CLEAN, ""))
            self.assertRegex(run.out, r"\Akmodsec \d+\.\d+\.\d+\n\Z")

    def test_help_names_every_verb(self) -> None:
        run = kmodsec("--help")
        self.assertEqual((run.code, run.err), (CLEAN, ""))
        for verb in VERBS:
            self.assertIn(f"  {verb} ", run.out)

    def test_help_of_each_verb(self) -> None:
        for verb in VERBS:
            for words in ((verb, "--help"), (verb, "-h"), ("help", verb)):
                with self.subTest(words):
                    run = kmodsec(*words)
                    self.assertEqual((run.code, run.err), (CLEAN, ""))
                    self.assertIn(f"Usage: kmodsec {verb} ", run.out)
                    self.assertGreaterEqual(run.out.split("Examples")[1].count("  kmodsec "), 2)

    def test_help_shows_the_common_options_that_apply(self) -> None:
        for verb, option, applies in [("audit", "--fail-on", True), ("audit", "--root", True), ("doors", "--snapshot", True),
                                      ("list", "--fail-on", False), ("explain", "--root", False), ("freeze", "--root", False)]:
            with self.subTest(verb, option=option):
                self.assertEqual(option in kmodsec("help", verb).out, applies)

    def test_help_shows_what_a_verb_answers_in(self) -> None:
        for verb, formats in [("list", "text, json"), ("checks", "text, json, markdown"), ("events", "text, json, ndjson")]:
            with self.subTest(verb):
                self.assertIn(f"How to answer: {formats}\n", kmodsec("help", verb).out)

    def test_own_options_come_first(self) -> None:
        shown = kmodsec("help", "audit").out
        self.assertLess(shown.index("\n  --verbose"), shown.index("\n  --format"))
        self.assertLess(shown.index("\n  --format"), shown.index("Examples"))

    def test_help_fits_a_terminal(self) -> None:
        for words in ([], *([verb] for verb in VERBS)):
            with self.subTest(words):
                self.assertLessEqual(max(map(len, kmodsec("help", *words).out.splitlines())), 80)

    def test_help_has_no_colour_on_a_terminal_that_has_none(self) -> None:
        self.assertNotIn(ESCAPE, kmodsec_on_terminal("--help", TERM="dumb").out)


class Colour(CliTest):
    def setUp(self) -> None:
        self.words = ("audit", "--root", running(self))

    def test_none_in_a_pipe(self) -> None:
        self.assertNotIn(ESCAPE, kmodsec(*self.words).out)

    def test_some_on_a_terminal(self) -> None:
        self.assertIn(ESCAPE, kmodsec_on_terminal(*self.words).out)

    def test_none_on_a_terminal_that_has_none(self) -> None:
        self.assertNotIn(ESCAPE, kmodsec_on_terminal(*self.words, TERM="dumb").out)

    def test_none_where_the_user_wants_none(self) -> None:
        self.assertNotIn(ESCAPE, kmodsec_on_terminal(*self.words, NO_COLOR="1").out)
        self.assertNotIn(ESCAPE, kmodsec_on_terminal(*self.words, "--color", "never").out)

    def test_an_empty_no_color_says_nothing(self) -> None:
        self.assertIn(ESCAPE, kmodsec_on_terminal(*self.words, NO_COLOR="").out)

    def test_asked_for(self) -> None:
        self.assertIn(ESCAPE, kmodsec(*self.words, "--color", "always", NO_COLOR="1").out)

    def test_json_has_none(self) -> None:
        self.assertNotIn(ESCAPE, kmodsec(*self.words, "--format", "json", "--color", "always").out)

    def test_colour_carries_no_meaning_alone(self) -> None:
        coloured = kmodsec(*self.words, "--color", "always", **AT_ONE_TIME).out
        for code in ("0", "1", "2", "31", "32", "33", "1;31"):
            coloured = coloured.replace(f"{ESCAPE}[{code}m", "")
        self.assertEqual(coloured, kmodsec(*self.words, "--color", "never", **AT_ONE_TIME).out)

    def test_hostile_names_cannot_paint(self) -> None:
        """The list is as long as the one of a machine that is sound."""
        machine = running(self)
        words = ("list", "--root", machine, "--color", "never")
        sound = kmodsec_on_terminal(*words, size=(1000, 50)).out
        machine.install("loop", license=f"{ESCAPE}[31mGPL\nfake line")
        shown = kmodsec_on_terminal(*words, size=(1000, 50)).out
        self.assertNotIn(ESCAPE, shown)
        self.assertIn("\\x1b[31mGPL", shown)
        self.assertEqual(len(shown.splitlines()), len(sound.splitlines()))


class OutputFile(CliTest):
    def setUp(self) -> None:
        self.machine = running(self)
        self.file = self.machine.folder / "answer"
        self.words = ("list", "--root", self.machine, "--format", "json")

    def test_the_answer_goes_there(self) -> None:
        piped = kmodsec(*self.words, **AT_ONE_TIME)
        run = kmodsec(*self.words, "--output", self.file, **AT_ONE_TIME)
        self.assertEqual((run.code, run.out, self.file.read_text()), (piped.code, "", piped.out))

    def test_what_was_there_is_replaced_whole(self) -> None:
        self.file.write_text("x" * 1_000_000)
        kmodsec(*self.words, "--output", self.file)
        json.loads(self.file.read_text())

    def test_only_the_owner_may_read_it(self) -> None:
        kmodsec(*self.words, "--output", self.file)
        self.assertEqual(stat.S_IMODE(self.file.stat().st_mode), 0o600)

    def test_nothing_is_left_behind(self) -> None:
        before = {*os.listdir(self.machine.folder), "answer"}
        kmodsec(*self.words, "--output", self.file)
        self.assertEqual(set(os.listdir(self.machine.folder)), before)

    def test_a_file_has_no_colour(self) -> None:
        kmodsec_on_terminal("audit", "--root", self.machine, "--output", self.file)
        self.assertNotIn(ESCAPE, self.file.read_text())


class Conversation(CliTest):
    def setUp(self) -> None:
        self.machine = running(self).without("/proc/sys/kernel/tainted")

    def test_gaps_are_named_on_stderr(self) -> None:
        run = kmodsec("audit", "--root", self.machine)
        self.assertRegex(run.err, r"\Akmodsec: .*/proc/sys/kernel/tainted.*\n\Z")

    def test_quiet(self) -> None:
        loud, quiet = kmodsec("audit", "--root", self.machine), kmodsec("audit", "--root", self.machine, "--quiet")
        self.assertEqual(quiet.err, "")
        self.assertEqual((quiet.code, quiet.out), (loud.code, loud.out))

    def test_quiet_does_not_hide_errors(self) -> None:
        self.refused("show", "no-such-module", "--root", self.machine, "--quiet")

    def test_no_progress_where_stderr_is_no_terminal(self) -> None:
        self.assertEqual(kmodsec("list", "--root", image(self), "--on-disk").err, "")


class ExitCodes(CliTest):
    """On facts that do not depend on who runs the test: files of a temporary tree are the user's."""

    def setUp(self) -> None:
        self.machine = running(self)
        self.taken = self.machine.folder / "snapshot.json"
        self.snapshot = self.document("snapshot", "--root", self.machine)
        facts = self.snapshot["facts"]
        facts["writable"] = {"value": {"found": [], "unseen": []}}
        facts["kernel"]["modprobe_helper"]["value"]["guards"] = []
        for file in facts["trees"][0]["files"]["value"]:
            file["package"] = {"value": {"name": "linux-image", "version": "1", "level": "db-match"}}
        for program in facts["programs"]["value"]:
            program["package"] = {"value": {"name": "kmod", "version": "1", "level": "db-match"}}

    def code(self, *options: str) -> int:
        self.taken.write_text(json.dumps(self.snapshot))
        return kmodsec("audit", "--snapshot", self.taken, *options).code

    def test_nothing_found(self) -> None:
        self.assertEqual(self.code(), CLEAN)

    def test_found(self) -> None:
        self.snapshot["facts"]["kernel"]["lockdown"] = {"value": "none"}
        self.snapshot["facts"]["kernel"]["sig_enforce"] = {"value": False}
        self.assertEqual(self.code(), FINDINGS)

    def test_found_below_what_was_asked_for(self) -> None:
        self.snapshot["facts"]["kernel"]["secure_boot"] = {"value": "disabled"}
        self.assertEqual(self.code("--fail-on", "critical"), CLEAN)
        self.assertEqual(self.code("--fail-on", "low"), FINDINGS)

    def test_nothing_found_but_not_all_seen(self) -> None:
        self.snapshot["facts"]["kernel"]["taint"] = {
            "unseen": {"kind": "denied", "subject": "/proc/sys/kernel/tainted", "reason": "permission denied"}
        }
        self.assertEqual(self.code(), INCOMPLETE)

    def test_a_finding_outweighs_a_gap(self) -> None:
        self.test_nothing_found_but_not_all_seen()
        self.test_found()

    def test_failed(self) -> None:
        self.snapshot["facts"]["loaded"] = {"value": "damaged"}
        self.assertEqual(self.code(), FAILED)
