#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""docs/errors.md names each code that steward has, and no other."""
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(sys.argv.pop(1))


def codes_in(header):
    """The enumerators of the enumerations of codes in a header."""
    text = re.sub(r"//[^\n]*", "", header.read_text(encoding="utf-8"))
    return {code for body in re.findall(r"enum class \w*errc \{(.*?)\}", text, re.DOTALL)
            for code in re.findall(r"\w+", body)}


class Errors(unittest.TestCase):
    def setUp(self):
        text = (ROOT / "docs/errors.md").read_text(encoding="utf-8")
        self.rows = [line for line in text.splitlines() if line.startswith("| ")]

    def test_each_code_of_the_core_and_of_machines_has_a_line(self):
        for header in ("error.hpp", "fsm/outcome.hpp"):
            codes = codes_in(ROOT / "include/steward" / header)
            self.assertGreater(len(codes), 4)
            for code in codes:
                with self.subTest(code=code):
                    self.assertTrue([row for row in self.rows if row.startswith(f"| `{code}` |")])

    def test_an_adapters_line_names_each_of_its_codes_and_no_other(self):
        headers = sorted(ROOT.glob("adapters/*/include/steward/adapters/*/error.hpp"))
        self.assertEqual(len(headers), 5)
        for header in headers:
            adapter = header.parent.name
            with self.subTest(adapter=adapter):
                row = next(row for row in self.rows if row.startswith(f"| {adapter} |"))
                exception, *codes = re.findall(r"`(\w+)`", row)
                self.assertEqual(exception, f"{adapter}_error")
                self.assertEqual(set(codes), codes_in(header))


unittest.main()
