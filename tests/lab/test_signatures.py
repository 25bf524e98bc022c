# SPDX-License-Identifier: GPL-2.0-or-later
"""`kmodsec verify` and the kernel of the same boot say the same of thousands of changed signatures."""

import errno
import gzip
import json
import re
import unittest
from collections import Counter
from typing import Any, ClassVar

from lab import kernels, programs, signature_mutations, verdicts
from lab.testing import GuestTest

FOLDER = "/lab/mutations"

SOFT = {"unsigned module": "ENODATA", "module with unsupported crypto": "ENOPKG",
        "module with unavailable key": "ENOKEY"}
"""In the words of the kernel's log: what it takes for unsigned while signatures are not enforced."""

STEPS = {
    "load": "modprobe nlmon",
    "kernel": f"insert_all {FOLDER}/*",
    "verify": f"kmodsec verify {FOLDER}/* --format json | tr -d '\\n' | gzip -c",
}


def answer_of_kernel(line: str) -> tuple[str, str]:
    """Name, and the error by which the kernel refuses the signature; "" for one that it takes.

    The module is loaded already, so that EEXIST is said of what got past the signature.
    """
    name, number, reason = line.split("\t")
    error = "" if number in ("0", str(errno.EEXIST)) else errno.errorcode[int(number)]
    return name, SOFT.get(reason, error)


def answer_of_verify(module: dict[str, Any]) -> str:
    """The error that the verdict stands for; "unknown" where it leaves that open."""
    told = re.search(r"\((E[A-Z]+)\)$", module["reason"] or "")
    if told and module["status"] in ("malformed", "invalid"):
        return told[1]
    return {"valid": "", "untrusted": "ENOKEY", "unsigned": "ENODATA", "invalid": "EKEYREJECTED",
            "revoked": "EKEYREJECTED", "malformed": "EBADMSG"}.get(module["status"], "unknown")


def kind(error: str) -> str:
    """What matters of an error: a good signature, one that is taken for none, or one that is refused."""
    return "good" if not error else "none" if error in SOFT.values() else "refused"


class Signatures:
    """The classes below are the kernels."""

    flavour: ClassVar[str]
    fewest: ClassVar[dict[str, int]] = {"good": 250, "none": 100, "refused": 1500}
    """So that the comparison is one."""

    @classmethod
    def setUpClass(cls) -> None:
        kernel = kernels.kernel(cls.flavour)
        cls.made = signature_mutations.mutations(kernel)
        guest = verdicts.guest_with_owner(kernel)
        cls.steps = STEPS
        cls.options = {**guest, "modules": [*guest["modules"], "nlmon"],
                       "files": {f"{FOLDER}/{name}": made.file for name, made in cls.made.items()},
                       "programs": {"/usr/bin/insert_all": programs.built("insert_all", "-static", "-O2")}}
        super().setUpClass()

    def test_the_kernel_and_kmodsec_agree_on_every_one(self) -> None:
        kernel, ours = self.answers()
        self.assertEqual(set(kernel), set(self.made))
        self.assertEqual(set(ours), set(self.made))
        print(f"Kernel {self.flavour}, of {len(kernel)}: {dict(Counter(map(kind, kernel.values())))}")
        wrong = [f"{name} ({self.made[name].description}): kernel {kernel[name] or 'takes it'}, kmodsec "
                 f"{module['status']}: {module['reason']}" for name, module in ours.items()
                 if answer_of_verify(module) != "unknown" and kind(answer_of_verify(module)) != kind(kernel[name])]
        self.assertEqual(wrong, [], self.summary(kernel, ours))

    def test_little_is_left_open(self) -> None:
        kernel, ours = self.answers()
        unknown = [f"{self.made[name].description}: {module['reason']}" for name, module in ours.items()
                   if answer_of_verify(module) == "unknown"]
        self.assertLess(len(unknown), 60, unknown)
        for needed, count in self.fewest.items():
            self.assertGreater(Counter(map(kind, kernel.values()))[needed], count, self.summary(kernel, ours))

    def answers(self) -> tuple[dict[str, str], dict[str, dict]]:
        modules = json.loads(gzip.decompress(self.guest["verify"].stdout))["modules"]
        return (dict(answer_of_kernel(line) for line in self.guest["kernel"].lines),
                {module["path"].rsplit("/", 1)[1]: module for module in modules})

    def summary(self, kernel: dict[str, str], ours: dict[str, dict]) -> str:
        pairs = Counter((kernel[name] or "good", answer_of_verify(module) or "good") for name, module in ours.items())
        return "\n".join(f"{count:5} kernel {first}, kmodsec {second}"
                         for (first, second), count in pairs.most_common())


class Signatures61(Signatures, GuestTest):
    flavour = "6.1"


class Signatures612(Signatures, GuestTest):
    flavour = "6.12"


if __name__ == "__main__":
    unittest.main()
