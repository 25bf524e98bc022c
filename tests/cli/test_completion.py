# SPDX-License-Identifier: GPL-2.0-or-later
"""The completions of the shells offer what the program has, and have the shell expand nothing."""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from kmodsec_cli import PROGRAM, TREE, kmodsec
from machine import RELEASE, Machine, running

COMPLETIONS = TREE / "packaging/completions"

BASH = """
source {completions}/kmodsec.bash
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_kmodsec
printf '%s\\n' "${{COMPREPLY[@]}}"
"""

ZSH = """
compadd() {{ print -rl -- "${{(@)offered}}" }}
_files() {{ print -rl -- ":files" }}
words=("$@"); CURRENT=$#; PREFIX=${{words[-1]}}
source {completions}/_kmodsec
"""

FISH = """
source {completions}/kmodsec.fish
complete -C (string join ' ' -- $argv)
"""

SHELLS = {
    "bash": (["bash", "--norc", "-c"], BASH, ["bash"]),
    "zsh": (["zsh", "-f", "-c"], ZSH, ["zsh"]),
    "fish": (["fish", "--no-config", "-c"], FISH, []),
}

HOSTILE = ["$(touch {mark})", "`touch {mark}`", "x;touch {mark}", "x&&touch {mark}", "'", '"', "x'y", "$IFS", "*", "~", "a b",
           "<(touch {mark})", "--output=/etc/passwd", "-e", "x\\", "(touch {mark})", "{{a,b}}", "$((1/0))", "x\ttouch", "!!",
           "${{x:=`touch {mark}`}}", "\x1b[31m", "\xe9", ":files"]
PLAIN = ["loop", "nf_tables", "snd_hda_intel", "8021q"]
VERBS = ["audit", "unblock", "unload", "baseline", "help"]


def is_plain(word: str) -> bool:
    return word.isascii() and word.replace("_", "").replace("-", "").isalnum()


def asked(*words: str | Path) -> list[str]:
    """What the program itself answers to the scripts."""
    run = kmodsec("__complete", *words)
    return [line.split("\t")[0] for line in run.out.splitlines() if line]


class Completion(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kmodsec-completion-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.mark = self.folder / "mark"
        (self.folder / "kmodsec").symlink_to(PROGRAM)

    def offered(self, shell: str, *words: str) -> list[str]:
        if shutil.which(shell) is None:
            self.skipTest(f"there is no {shell}")
        start, script, name = SHELLS[shell]
        done = subprocess.run(
            [*start, script.format(completions=COMPLETIONS), *name, *words], capture_output=True, check=True, cwd=self.folder,
            env={"PATH": f"{self.folder}:{os.environ['PATH']}", "HOME": str(self.folder), "LC_ALL": "C.UTF-8"},
        )
        return [line.split("\t")[0] for line in done.stdout.decode(errors="replace").splitlines() if line]

    def machine_with(self, names: list[str]) -> Machine:
        machine = running(self)
        rows = b"".join(b"kernel/" + name.encode("latin-1") + b".ko.xz:\n" for name in names)
        return machine.write(f"/lib/modules/{RELEASE}/modules.dep", rows)

    def test_names_of_modules_are_offered_and_never_run(self) -> None:
        hostile = [name.format(mark=self.mark) for name in HOSTILE]
        machine = str(self.machine_with([*hostile, *PLAIN, "x$(\ntouch " + str(self.mark) + "\n).ko"]))
        for shell in SHELLS:
            for words in (["load"], ["show"], ["deny"], ["unblock"], ["events", "--module"], ["deny", "--override"]):
                with self.subTest(shell=shell, words=words):
                    offered = self.offered(shell, "kmodsec", words[0], "--root", machine, *words[1:], "")
                    self.assertLessEqual(set(PLAIN), set(offered))
                    self.assertFalse(self.mark.exists())
                    self.assertEqual([word for word in offered if not is_plain(word)], [])

    def test_what_is_typed_is_never_run(self) -> None:
        for word in (f"$(touch {self.mark})", f"`touch {self.mark}`", "*", "'"):
            for words in (["kmodsec", word], ["kmodsec", "load", word], ["kmodsec", word, "-"], ["kmodsec", "audit", "--root", word, ""]):
                with self.subTest(words):
                    self.offered("bash", *words)
                    self.assertFalse(self.mark.exists())

    def test_the_shells_offer_the_same(self) -> None:
        machine = str(running(self))
        for words in (["a"], ["baseline", "c"], ["explain", "SIG"], ["audit", "--format", ""], ["audit", "--fail-on", "h"],
                      ["doors", "--root", machine, "--profile", "cis"], ["list", "--root", machine, "--kernel", ""]):
            with self.subTest(words):
                expected = [word for word in asked(*words) if word.startswith(words[-1])]
                self.assertNotEqual(expected, [])
                for shell in SHELLS:
                    offered = [word for word in self.offered(shell, "kmodsec", *words) if word.startswith(words[-1])]
                    self.assertEqual(sorted(offered), sorted(expected), shell)

    def test_options_in_every_shell(self) -> None:
        for shell in SHELLS:
            with self.subTest(shell):
                self.assertIn("--against", self.offered(shell, "kmodsec", "baseline", "--ag"))
                self.assertNotIn("--against", self.offered(shell, "kmodsec", "list", "--"))

    def test_a_value_behind_a_sign(self) -> None:
        """bash takes the sign for a word of its own."""
        self.assertEqual(self.offered("bash", "kmodsec", "audit", "--fail-on", "=", "hi"), ["high"])
        self.assertEqual(self.offered("bash", "kmodsec", "audit", "--color", "="), ["auto", "always", "never"])
        for shell in ("zsh", "fish"):
            with self.subTest(shell):
                self.assertIn("--fail-on=high", self.offered(shell, "kmodsec", "audit", "--fail-on=hi"))

    def test_files_where_a_file_is_asked_for(self) -> None:
        (self.folder / "host.json").touch()
        self.assertIn(":files", self.offered("zsh", "kmodsec", "audit", "--snapshot", ""))
        self.assertIn("host.json", self.offered("fish", "kmodsec", "audit", "--snapshot", "ho"))


class Offered(unittest.TestCase):
    def test_verbs(self) -> None:
        self.assertLessEqual(set(VERBS), set(asked("")))
        self.assertLessEqual(set(VERBS), set(asked("help", "")))
        self.assertEqual(asked("audit", ""), [])

    def test_nothing_typed(self) -> None:
        self.assertLessEqual(set(VERBS), set(asked()))

    def test_options_are_those_of_the_verb(self) -> None:
        self.assertIn("--against", asked("baseline", "-"))
        self.assertNotIn("--against", asked("list", "--"))
        self.assertNotIn("--fail-on", asked("list", "--"))
        self.assertIn("--version", asked("-"))

    def test_no_options_behind_two_dashes(self) -> None:
        self.assertEqual(asked("list", "--", "-"), [])

    def test_values_of_options(self) -> None:
        for words, values in [
            (["audit", "--fail-on"], ["low", "medium", "high", "critical"]),
            (["audit", "--color"], ["auto", "always", "never"]),
            (["list", "--format"], ["text", "json"]),
            (["checks", "--format"], ["text", "json", "markdown"]),
            (["baseline", "--format"], ["text", "json", "ndjson", "sha256sum"]),
            (["freeze", "--level"], ["signatures", "lockdown", "all"]),
            (["events", "--since"], ["today", "yesterday", "boot"]),
            (["unblock", "--for"], ["30m", "2h", "1d"]),
            (["audit", "--limit"], ["none", "bytes=64G", "entries=1000000", "seconds=600"]),
            (["audit", "--output"], [":files"]), (["audit", "--root"], [":files"]),
        ]:
            with self.subTest(words):
                self.assertEqual(asked(*words, ""), values)
        self.assertIn("--fail-on=high", asked("audit", "--fail-on=h"))

    def test_every_value_that_is_offered_is_taken(self) -> None:
        machine = running(self)
        for option in ("--format", "--color", "--fail-on", "--limit"):
            for value in asked("audit", option, ""):
                with self.subTest(option, value=value):
                    self.assertNotEqual(kmodsec("audit", "--root", machine, option, value).code, 2)

    def test_actions_come_first_and_files_after_them(self) -> None:
        self.assertEqual(asked("baseline", ""), ["create", "check", "accept", "show", "sign"])
        self.assertEqual(asked("baseline", "--store", "x", ""), ["create", "check", "accept", "show", "sign"])
        self.assertEqual(asked("baseline", "accept", ""), [":files"])
        self.assertEqual(asked("data", ""), ["show", "import", "sign"])

    def test_modules_of_the_record(self) -> None:
        machine = running(self)
        folder = machine.folder / "var/lib/kmodsec"
        folder.mkdir(parents=True, exist_ok=True)
        kmodsec("learn", "record", "--root", machine, "--store", folder / "usage.db")
        self.assertEqual(asked("learn", "--root", machine, "forget", ""), ["fat", "loop", "vfat"])
        self.assertEqual(asked("learn", "import", ""), [":files"])
        self.assertEqual(asked("learn", ""), ["record", "show", "forget", "import", "propose", "ready"])

    def test_what_the_host_has(self) -> None:
        machine = running(self)
        self.assertLessEqual({"loop", "fat", "vfat", "ext4"}, set(asked("show", "--root", machine, "")))
        self.assertEqual(sorted(asked("unload", "--root", machine, "")), ["fat", "loop", "vfat"])
        self.assertEqual(asked("audit", "--root", machine, "--kernel", ""), [RELEASE])
        self.assertIn("cis-level-1", asked("profiles", "--root", machine, ""))
        self.assertIn("SIG-001", asked("explain", ""))
        self.assertEqual(asked("show", "./driver"), [":files"])

    def test_what_the_policy_denies_can_be_allowed(self) -> None:
        machine = running(self).write("/etc/kmodsec/policy.toml", '[deny]\nmodules = ["loop"]\n')
        self.assertEqual(asked("allow", "--root", machine, ""), ["loop"])

    def test_a_host_that_cannot_be_read_offers_nothing(self) -> None:
        self.assertEqual(asked("show", "--root", "/no/such/folder", ""), [])


if __name__ == "__main__":
    unittest.main()
