# SPDX-License-Identifier: GPL-2.0-or-later
"""Which modules a request leads to, and in which order: `kmodsec doors --alias` beside `modprobe --resolve-alias`."""

import json
import subprocess
import unittest
from collections.abc import Iterable
from typing import ClassVar

from lab import kernels, programs

SOME = 25


class Resolved:
    """The classes below are the kernels. modprobe names a module once for each alias that leads to it; we, once."""

    flavour: ClassVar[str]

    @classmethod
    def setUpClass(cls) -> None:
        cls.kernel = kernels.kernel(cls.flavour)
        cls.requests = requests_of(cls.kernel)
        asked = [word for request in cls.requests for word in ("--alias", request)]
        command = [programs.product(), "doors", "--root", cls.kernel.tree, "--format", "json", *asked]
        answer = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
        cls.ours = [once(module["name"] for module in request["modules"]) for request in answer["requests"]]

    def test_many_lead_to_several_modules(self) -> None:
        self.assertEqual(len(self.ours), len(self.requests))
        self.assertGreater(sum(len(modules) > 1 for modules in self.ours), 300)

    def test_the_same_modules_in_the_same_order(self) -> None:
        for request, modules in zip(self.requests, self.ours, strict=True):
            with self.subTest(request):
                self.assertEqual(modules, resolved(self.kernel, request))


class Resolved61(Resolved, unittest.TestCase):
    flavour = "6.1"


class Resolved612(Resolved, unittest.TestCase):
    flavour = "6.12"


def requests_of(kernel: kernels.Kernel) -> list[str]:
    """Some of the aliases and some of those that several modules have, as they stand there and as a device would ask."""
    plain = [alias for alias in kernel.aliases if not set("[?") & set(alias)]
    shared = [alias for alias in plain if len(kernel.aliases[alias]) > 1]
    chosen = once([*plain[::SOME * 2], *shared[::SOME // 8]])
    return once(alias.replace("*", "0") if number % 2 else alias for number, alias in enumerate(chosen))


def resolved(kernel: kernels.Kernel, request: str) -> list[str]:
    command = [programs.find("modprobe"), "-d", kernel.tree, "-S", kernel.release, "--resolve-alias", request]
    return once(subprocess.run(command, capture_output=True, check=False).stdout.decode().split())


def once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


if __name__ == "__main__":
    unittest.main()
