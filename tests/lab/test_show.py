# SPDX-License-Identifier: GPL-2.0-or-later
"""`kmodsec show` agrees with modinfo on every module of a kernel, and with the kernel on what is loaded."""

import json
import os
import subprocess
import unittest
from collections import Counter
from pathlib import Path
from typing import ClassVar

from lab import kernels, programs
from lab.testing import GuestTest

Fields = Counter[tuple[str, str]]

LABEL_WIDTH = 16
LABELLED = (b"filename:", b"name:", b"parm:")
BEYOND_MODINFO = {"sig_status", "build-id", "compression", "sha256", "package", "cve", "known CVEs", "load paths",
                  "close it"}


class Modinfo:
    """The classes below are the kernels. Every field, in number and in value; nothing more than we say is ours."""

    flavour: ClassVar[str]
    at_least: ClassVar[int]

    @classmethod
    def setUpClass(cls) -> None:
        cls.kernel = kernels.kernel(cls.flavour)
        cls.names = sorted({*cls.kernel.path_of, *cls.kernel.builtin})
        cls.theirs = by_modinfo(cls.kernel, cls.names)
        cls.text = dict(zip(cls.names, by_text(show(cls.kernel, ["--signature", *cls.names])), strict=True))
        document = json.loads(show(cls.kernel, [*cls.names, "--format", "json"]))
        cls.json = {module["name"]: by_json(module) for module in document["modules"]}

    def test_all_modules_are_compared(self) -> None:
        self.assertGreater(len(self.kernel.path_of), self.at_least)
        self.assertEqual(set(self.kernel.path_of) - set(self.theirs), set())
        self.assertEqual(set(self.json), set(self.names))

    def test_builtin_modules_are_compared(self) -> None:
        """modinfo has no way to a built-in module whose name is an alias of a file: it shows that file."""
        not_found = self.kernel.builtin - set(self.theirs)
        self.assertEqual(not_found - set(self.kernel.aliases), set())
        self.assertGreater(len(self.kernel.builtin - not_found), 100)

    def test_text(self) -> None:
        for name, fields in self.theirs.items():
            with self.subTest(name):
                self.assertEqual(self.text[name], Counter({on_screen(field): n for field, n in fields.items()}))

    def test_json(self) -> None:
        for name, fields in self.theirs.items():
            with self.subTest(name):
                self.assertEqual(self.json[name], fields)


class Modinfo61(Modinfo, unittest.TestCase):
    flavour = "6.1"
    at_least = 4000


class Modinfo612(Modinfo, unittest.TestCase):
    """Its modules are compressed."""

    flavour = "6.12"
    at_least = 4200


def show(kernel: kernels.Kernel, words: list[str]) -> str:
    """Of a tree without the image of its kernel nobody can tell whom that trusts. No value is wrapped."""
    run = subprocess.run([programs.product(), "show", "--root", kernel.tree, *words], capture_output=True, check=False,
                         env={**os.environ, "COLUMNS": "65535"})
    if run.returncode not in (0, 3):
        raise RuntimeError(run.stderr.decode())
    return run.stdout.decode()


def by_modinfo(kernel: kernels.Kernel, names: list[str]) -> dict[str, Fields]:
    """Most records are KEY=VALUE; some keep the label of the screen. A module begins with its file or its name."""
    command = [programs.find("modinfo"), "-0", "-b", kernel.tree, "-k", kernel.release, *names]
    records = subprocess.run(command, capture_output=True, check=True).stdout.split(b"\0")
    modules: list[list[tuple[str, str]]] = []
    for record in filter(None, records):
        label = record.startswith(LABELLED)
        key, value = record.decode(errors="backslashreplace").split(":" if label else "=", 1)
        if label and (key == "name" or (key == "filename" and not value.endswith("(builtin)"))):
            modules.append([])
        modules[-1].append((key, value.lstrip(" ") if label else value))
    return {dict(fields)["name"]: Counter(comparable(field, kernel) for field in fields) for fields in modules}


def comparable(field: tuple[str, str], kernel: kernels.Kernel) -> tuple[str, str]:
    """Without the lines into which modinfo breaks a signature, and with paths as the system itself has them."""
    key, value = field
    if key == "signature":
        return key, value.replace("\n\t\t", "")
    return key, value.removeprefix(str(kernel.tree)) if key == "filename" else value


def on_screen(field: tuple[str, str]) -> tuple[str, str]:
    """A value stays in its line, without blanks at its end; modinfo lets it begin new ones."""
    return field[0], field[1].replace("\n", "\\n").replace("\t", "\\t").rstrip(" ")


def by_text(text: str) -> list[Fields]:
    """The gaps come behind the last."""
    modules = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("? "))
    return [_by_block(block) for block in modules.rstrip("\n").split("\n\n")]


def _by_block(block: str) -> Fields:
    fields: list[tuple[str, str]] = []
    for line in block.split("\n")[1:]:
        if line.startswith(" " * LABEL_WIDTH):
            fields[-1] = (fields[-1][0], fields[-1][1] + line[LABEL_WIDTH:])
        else:
            label = line.split(":", 1)[0]
            fields.append((label, line[max(LABEL_WIDTH, len(label) + 1):]))
    return Counter(field for field in fields if field[0] not in BEYOND_MODINFO)


def by_json(module: dict) -> Fields:
    info, signature = module["info"], module["signature"]
    fields = [(key, value) for key, values in info.items() if key not in ("parm", "parmtype") for value in values]
    fields += [("parm", value) for value in parameters(info.get("parm", []), info.get("parmtype", []))]
    if module["builtin"]:
        fields += [("name", module["name"]), ("filename", "(builtin)")]
    else:
        fields += [("filename", module["path"]), ("sig_id", signature["id_type"]), ("signer", signature["signer"]),
                   ("sig_key", signature["key_id"]), ("sig_hashalgo", signature["hash_algorithm"]),
                   ("signature", signature["value"])]
    return Counter(fields)


def parameters(described: list[str], typed: list[str]) -> list[str]:
    """NAME:TEXT (TYPE), or NAME:TYPE when nobody described it."""
    texts = {text.split(":", 1)[0]: text for text in described}
    types = dict(text.split(":", 1) for text in typed)
    told = [f"{text} ({types[name]})" if name in types else text for name, text in texts.items()]
    return told + [f"{name}:{kind}" for name, kind in types.items() if name not in texts]


class Modversions:
    """The classes below are the kernels. Line for line what `modprobe --dump-modversions` prints, of every module."""

    flavour: ClassVar[str]

    def test_every_module(self) -> None:
        kernel = kernels.kernel(self.flavour)
        blocks = show(kernel, ["--modversions", *kernel.path_of]).split("\n\n")
        self.assertEqual(len(blocks), len(kernel.path_of))
        for (name, path), block in zip(kernel.path_of.items(), blocks, strict=True):
            with self.subTest(name):
                self.assertEqual(block.rstrip("\n"), f"{name}\n{dumped(kernel.modules / path)}".rstrip("\n"))


class Modversions61(Modversions, unittest.TestCase):
    flavour = "6.1"


class Modversions612(Modversions, unittest.TestCase):
    flavour = "6.12"


def dumped(file: Path) -> str:
    command = [programs.find("modprobe"), "--dump-modversions", file]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


LOADED = "$(cut -d ' ' -f 1 /proc/modules)"
PARAMETERS = """
for file in /sys/module/*/parameters/*; do
    module=${file#/sys/module/}
    ! value=$(cat "$file" 2>/dev/null) || printf '%s\\t%s\\t%s\\n' "${module%%/*}" "${file##*/}" "$value"
done
"""


class Live:
    """The classes below are the kernels."""

    steps = {
        "load": "modprobe dummy numdummies=2; modprobe loop max_part=3; modprobe vfat;"
                " modprobe kmodsec_lab_clean level=7 label=word; modprobe -a snd_dummy netconsole",
        "modules": "cat /proc/modules",
        "parameters": PARAMETERS,
        "show": f"kmodsec show {LOADED} --format json",
        "text": f"kmodsec show {LOADED}",
        "user": "su tester -c 'kmodsec show dummy --format json'",
        "on disk": "kmodsec show udf --format json",
        "on disk text": "kmodsec show udf",
        "builtin": "kmodsec show tcp_cubic",
        "builtin json": "kmodsec show tcp_cubic --format json",
        "near": "kmodsec show dumy",
        "far": "kmodsec show no_such_module_anywhere",
        "alias": "kmodsec show rtnl-link-dummy --format json",
    }
    modules = ["dummy", "loop", "vfat", "snd_dummy", "netconsole", "udf", "kmodsec_lab_clean"]

    def shown(self, step: str = "show") -> dict[str, dict]:
        return {module["name"]: module for module in self.guest[step].json["modules"]}

    def by_kernel(self) -> dict[str, list[str]]:
        """name size refcount users state address (linux: kernel/module/procfs.c)"""
        return {line.split()[0]: line.split() for line in self.guest["modules"].lines}

    def test_the_stage_is_set(self) -> None:
        self.succeeded("load", "show", "text", "user", "builtin", "alias")
        self.assertIn(self.guest["on disk"].exit_code, (0, 3), "3 where the tables are older than the kernel")
        self.assertLessEqual({*self.modules} - {"udf"}, set(self.by_kernel()))

    def test_references_users_and_addresses_are_the_kernels(self) -> None:
        found = {name: (module["refcount"], sorted(module["used_by"]), module["address"])
                 for name, module in self.shown().items()}
        kernel = {name: (int(row[2]), sorted(row[3].strip("-,").split(",") if row[3] != "-" else []), row[5])
                  for name, row in self.by_kernel().items()}
        self.assertEqual(found, kernel)
        self.assertEqual(found["fat"][:2], (1, ["vfat"]))
        self.assertNotIn("0x0000000000000000", {address for _, _, address in found.values()})

    def test_text_tells_references_users_and_addresses(self) -> None:
        blocks = {block.split(" ", 1)[0]: by_label(block) for block in self.guest["text"].output.split("\n\n")}
        for name, row in self.by_kernel().items():
            with self.subTest(name):
                users = [user for user in row[3].split(",") if user not in ("", "-")]
                self.assertEqual([blocks[name].get(label, []) for label in ("refcount", "address")], [[row[2]], [row[5]]])
                self.assertTrue(blocks[name]["used by"][0].startswith(", ".join(users[:4])), blocks[name])

    def test_live_parameters_are_those_of_sysfs(self) -> None:
        sysfs: dict[str, dict[str, str]] = {name: {} for name in self.by_kernel()}
        for module, name, value in (line.split("\t") for line in self.guest["parameters"].lines):
            if module in sysfs:
                sysfs[module][name] = value
        seen = {name: {key: value for key, value in module["parameters"].items() if value is not None}
                for name, module in self.shown().items()}
        self.assertEqual(seen, sysfs)
        self.assertEqual(seen["kmodsec_lab_clean"], {"level": "7", "label": "word"})
        self.assertEqual(seen["loop"]["max_part"], "3")

    def test_an_address_that_the_kernel_hides_is_none(self) -> None:
        self.assertIsNone(self.shown("user")["dummy"]["address"])

    def test_a_module_that_is_only_on_disk(self) -> None:
        udf = self.shown("on disk")["udf"]
        self.assertEqual((udf["loaded"], udf["builtin"], udf["refcount"], udf["parameters"]), (False, False, None, None))
        self.assertEqual(self.guest["on disk text"].lines[0], "udf  on disk")

    def test_a_builtin_module(self) -> None:
        self.assertEqual(self.guest["builtin"].lines[0], "tcp_cubic  built into the kernel")
        self.assertEqual(by_label(self.guest["builtin"].output)["filename"], ["(builtin)"])
        module = self.shown("builtin json")["tcp_cubic"]
        self.assertEqual((module["builtin"], module["loaded"], module["path"]), (True, False, None))

    def test_an_absent_name_is_refused_with_the_nearest(self) -> None:
        self.assertEqual((self.guest["near"].exit_code, self.guest["near"].output), (2, ""))
        self.assertIn("did you mean dummy?", self.guest["near"].stderr)

    def test_a_name_that_is_near_to_none_is_refused(self) -> None:
        self.assertEqual((self.guest["far"].exit_code, self.guest["far"].output), (2, ""))
        self.assertNotIn("did you mean", self.guest["far"].stderr)

    def test_an_alias_leads_to_the_loaded_module(self) -> None:
        self.assertTrue(self.shown("alias")["dummy"]["loaded"])


class On61(Live, GuestTest):
    options = {"kernel": "6.1", "modules": Live.modules}


class On612(Live, GuestTest):
    options = {"kernel": "6.12", "modules": Live.modules}


def by_label(block: str) -> dict[str, list[str]]:
    rows: dict[str, list[str]] = {}
    for line in block.splitlines()[1:]:
        rows.setdefault(line.split(":", 1)[0], []).append(line[LABEL_WIDTH:])
    return rows


if __name__ == "__main__":
    unittest.main()
