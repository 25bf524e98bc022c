# SPDX-License-Identifier: GPL-2.0-or-later
"""An option that an answer names is one of the verb that was asked, or of the command that is offered with it."""

import re
from collections.abc import Iterator
from functools import cache

from kmodsec_cli import TREE, CliTest, kmodsec
from machine import RELEASE, Machine, image, running
from test_exit_codes import verbs_of_help

OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
COMMAND = re.compile(r"\bkmodsec ([a-z]+)\b(.*?)(?=\. |['`,;)\n]|$)")


@cache
def verbs() -> frozenset[str]:
    return frozenset(verbs_of_help())


@cache
def options_of(verb: str) -> frozenset[str]:
    return frozenset(OPTION.findall(kmodsec("help", verb).out)) | {"--help"}


@cache
def all_options() -> frozenset[str]:
    return frozenset().union(*(options_of(verb) for verb in verbs()))


def wrong_options(verb: str, answer: str, given: tuple[str, ...]) -> list[str]:
    """Options of other programs are none of ours; a bare one is that of the verb that was asked."""
    wrong = [f"{verb}: {option}" for option in OPTION.findall(COMMAND.sub("", answer))
             if option in all_options() and option not in options_of(verb) and option not in given]
    for offered, words in COMMAND.findall(answer):
        if offered in verbs():
            wrong += [f"{offered}: {option}" for option in OPTION.findall(words) if option not in options_of(offered)]
    return wrong


def golden_answers() -> Iterator[tuple[str, str, str]]:
    """The name of each tree, with the verb and the answer of each command."""
    for expected in sorted((TREE / "tests/trees").glob("*/expected")):
        for answer in re.split(r"^\$ kmodsec ?", expected.read_text(), flags=re.MULTILINE)[1:]:
            command, _, text = answer.partition("\n")
            if "json" not in command:
                yield expected.parent.name, (command.split() or ["status"])[0], text


class OfferedOptions(CliTest):
    def assert_offers(self, verb: str, answer: str, *given: str) -> None:
        self.assertEqual(wrong_options(verb, answer, given), [], answer)

    def machine(self) -> Machine:
        """With a file system that is not mounted, and changes that are longer than a screen."""
        names = [f"m{number}" for number in range(60)]
        machine = running(self).write("/etc/fstab", "UUID=AB /boot/efi vfat umask=0077 0 1\n")
        listed = machine.folder / f"lib/modules/{RELEASE}/modules.dep"
        listed.write_text(listed.read_text() + "".join(f"kernel/{name}.ko:\n" for name in names))
        return machine.write("/etc/kmodsec/policy.toml", f"[deny]\nmodules = {names}\n".replace("'", '"'))

    def test_of_the_golden_trees(self) -> None:
        for tree, verb, answer in golden_answers():
            with self.subTest(tree, verb=verb):
                self.assert_offers(verb, answer)

    def test_of_verbs_that_plan(self) -> None:
        machine = self.machine()
        for words in (["plan"], ["apply", "--dry-run"], ["apply", "--yes"], ["history"], ["revert", "--dry-run"],
                      ["deny", "loop", "--dry-run"], ["allow", "m1", "--dry-run"],
                      ["unblock", "m1", "--for", "1h", "--reason", "test", "--dry-run"],
                      ["load", "loop", "--persist", "--dry-run"], ["unload", "loop", "--dry-run"],
                      ["learn", "propose"], ["learn", "ready"], ["learn", "show"], ["profiles"], ["revert", "--yes"],
                      ["load", "loop", "--persist", "--dry-run"]):
            with self.subTest(words[0]):
                run = kmodsec(*words, "--root", machine)
                self.assert_offers(words[0], run.out + run.err)

    def test_of_verbs_that_look(self) -> None:
        machine = self.machine()
        for words in (["status"], ["audit"], ["list"], ["show", "loop"], ["verify", "--all"], ["doors", "--open"], ["cves"],
                      ["events"], ["data", "show"], ["baseline", "check", "--store", machine.folder / "none.db"]):
            with self.subTest(words[0]):
                run = kmodsec(*words, "--root", machine)
                self.assert_offers(words[0], run.out + run.err)

    def test_of_refusals(self) -> None:
        """What is refused for another module of the policy is done with the option that is offered."""
        for words in (["plan"], ["apply"], ["deny", "--profile", "cis-level-1"], ["allow", "loop"],
                      ["unblock", "loop", "--for", "1h", "--reason", "test"], ["load", "loop", "--persist"]):
            how = {"plan": [], "load": ["--dry-run"]}.get(words[0], ["--yes"])
            with self.subTest(words[0]):
                machine = running(self).write("/etc/kmodsec/policy.toml", '[deny]\nmodules = ["loop", "fat"]\n')
                run = kmodsec(*words, *how, "--root", machine)
                self.assertIn("--override fat", run.out + run.err)
                self.assert_offers(words[0], run.out + run.err)
                done = kmodsec(*words, "--override", "fat", *how, "--root", machine)
                self.assertEqual(done.err.count("unknown option"), 0, done.err)
                self.assertNotIn("to do it all the same", done.err)

    def test_of_errors(self) -> None:
        machine = image(self)
        for verb in sorted(verbs()):
            for words in ([], ["--no-such-option"], ["no-such-word"], ["--snapshot", "/dev/null"]):
                with self.subTest(verb, words=words):
                    run = kmodsec(verb, *words, "--root", machine)
                    self.assert_offers(verb, run.err, "--root", *words)

    def test_of_every_check(self) -> None:
        """Its prose is about options of other programs as well."""
        for check in re.findall(r"^([A-Z]+-[0-9]{3})\b", kmodsec("checks").out, re.MULTILINE):
            with self.subTest(check):
                self.assert_offers("explain", kmodsec("explain", check).out, *all_options())
