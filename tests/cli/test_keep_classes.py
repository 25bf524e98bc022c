# SPDX-License-Identifier: GPL-2.0-or-later
"""The shipped classes of modules that are kept, and the page that lists them."""

import re
import tomllib
import unittest
from pathlib import Path

TREE = Path(__file__).resolve().parents[2]


class KeepClasses(unittest.TestCase):
    def test_the_page_lists_each_with_its_title(self) -> None:
        page = (TREE / "docs/learn.md").read_text()
        rows = dict(re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", page.split("### Classes")[1].split("\n##")[0], re.MULTILINE))
        titles = {}
        for path in (TREE / "data/keep-classes").glob("*.toml"):
            titles[path.stem] = tomllib.loads(path.read_text())["title"].lower()
        self.assertEqual({name: title.lower() for name, title in rows.items()}, titles)


if __name__ == "__main__":
    unittest.main()
