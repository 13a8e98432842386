#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Each link of the documentation leads somewhere: to a file of the tree, and in it to a heading. None leads to a machine's path."""
import pathlib
import re
import sys
import unittest

from pages import pages_of

ROOT = pathlib.Path(sys.argv.pop(1))
PAGES = pages_of(ROOT)


def without_code(text):
    return re.sub(r"`[^`\n]*`", lambda code: code.group().replace("[", "("), re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def anchors_of(page):
    """What a heading is called in a link, as GitHub has it."""
    names = re.findall(r"^#+ (.+?)\s*$", re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", name.lower()).replace(" ", "-") for name in names}


class Links(unittest.TestCase):
    def test_there_are_pages(self):
        self.assertGreater(len(PAGES), 10)

    def test_each_leads_to_a_file_and_a_heading(self):
        for page in PAGES:
            for target in re.findall(r"\]\(([^()\s]+)\)", without_code(page.read_text(encoding="utf-8"))):
                with self.subTest(page=str(page.relative_to(ROOT)), link=target):
                    if target.startswith("https://"):
                        continue
                    self.assertNotRegex(target, r"^[/~]|^\w+:")
                    path, _, anchor = target.partition("#")
                    file = (page.parent / path).resolve() if path else page
                    self.assertTrue(file.exists())
                    if anchor:
                        self.assertIn(anchor, anchors_of(file))

    def test_each_page_is_reached_from_the_first(self):
        reached, waiting = set(), [ROOT / "README.md"]
        while waiting:
            page = waiting.pop()
            if page in reached:
                continue
            reached.add(page)
            for target in re.findall(r"\]\(([^()\s#]+\.md)", page.read_text(encoding="utf-8")):
                if not target.startswith("https:"):
                    waiting.append((page.parent / target).resolve())
        self.assertEqual({str(page.relative_to(ROOT)) for page in PAGES} - {str(page.relative_to(ROOT)) for page in reached}, set())


unittest.main()
