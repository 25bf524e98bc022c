# SPDX-License-Identifier: GPL-2.0-or-later
"""The completions of the shells offer what the program has, and have the shell expand nothing."""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from kmodsec_cli import PROGRAM, TREE

COMPLETIONS = TREE / "packaging/completions"

BASH = """
source {completions}/kmodsec.bash
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_kmodsec
printf '%s\\n' "${{COMPREPLY[@]}}"
"""

ZSH = """
compadd() {{ print -rl -- "${{(@P)2}}" }}
_describe() {{ print -rl -- "${{(@P)2}}" }}
_files() {{ }}
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
           "${{x:=`touch {mark}`}}", "\x1b[31m", "\xe9"]
PLAIN = ["loop", "nf_tables", "snd-hda-intel", "8021q"]


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

    def name_modules(self, names: list[str]) -> None:
        """As if the folder of the running kernel's modules had these."""
        index = self.folder / "modules.dep"
        index.write_bytes(b"".join(b"kernel/" + name.encode("latin-1") + b".ko.xz: kernel/fat.ko\n" for name in names))
        sed = self.folder / "sed"
        sed.write_text(f'#!/bin/sh\ncase $3 in */modules.dep) set -- "$1" "$2" {index} ;; esac\nexec /usr/bin/sed "$@"\n')
        sed.chmod(0o755)

    def test_names_of_modules_are_offered_and_never_run(self) -> None:
        hostile = [name.format(mark=self.mark) for name in HOSTILE]
        self.name_modules([*hostile, *PLAIN, "x$(\ntouch " + str(self.mark) + "\n).ko"])
        for shell in SHELLS:
            for verb in ("load", "show", "deny"):
                with self.subTest(shell=shell, verb=verb):
                    offered = self.offered(shell, "kmodsec", verb, "")
                    self.assertLessEqual(set(PLAIN), set(offered))
                    self.assertFalse(self.mark.exists())
                    odd = [word for word in offered if not word.replace("_", "").replace("-", "").isalnum()
                           and word.rstrip("/") not in os.listdir(self.folder)]
                    self.assertEqual(odd, [])

    def test_what_is_typed_is_never_run(self) -> None:
        self.name_modules(PLAIN)
        for word in (f"$(touch {self.mark})", f"`touch {self.mark}`", "*", "'"):
            for words in (["kmodsec", word], ["kmodsec", "load", word], ["kmodsec", word, "-"]):
                with self.subTest(words):
                    self.offered("bash", *words)
                    self.assertFalse(self.mark.exists())

    def test_verbs(self) -> None:
        self.assertEqual(self.offered("bash", "kmodsec", "un"), ["unblock", "unload"])
        self.assertIn("audit", self.offered("bash", "kmodsec", ""))

    def test_options_are_those_of_the_verb(self) -> None:
        self.assertEqual(self.offered("bash", "kmodsec", "baseline", "--ag"), ["--against"])
        self.assertEqual(self.offered("bash", "kmodsec", "list", "--ag"), [])

    def test_actions_and_checks(self) -> None:
        self.assertEqual(self.offered("bash", "kmodsec", "baseline", "c"), ["create", "check"])
        self.assertIn("SIG-001", self.offered("bash", "kmodsec", "explain", "SIG"))

    def test_other_shells(self) -> None:
        for shell in ("zsh", "fish"):
            with self.subTest(shell):
                self.assertIn("SIG-001", self.offered(shell, "kmodsec", "explain", "SIG"))
                self.assertIn("create", self.offered(shell, "kmodsec", "baseline", "c"))


if __name__ == "__main__":
    unittest.main()
