#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""benchmarks/update_numbers.sh from outside: update_numbers_test.py PROGRAM [unittest's options]"""
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from page_case import HERE, PROGRAM, sample

SCRIPT = HERE.parents[2] / "benchmarks" / "update_numbers.sh"
PAGE = """# Numbers

before
<!-- lab:begin {0} -->
an old table
<!-- lab:end {0} -->
after
"""


class UpdateNumbers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="steward_update_numbers_")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.results = [sample(self.folder, "lab.json", "--peers", self.folder / "peers.json"), self.folder / "peers.json"]

    def page(self, text, name="page.md"):
        file = self.folder / name
        file.write_text(text, encoding="utf-8")
        return file

    def update(self, *files, results=None):
        return subprocess.run([SCRIPT, *(results or self.results), *files], env={**os.environ, "STEWARD_LAB_REPORT": PROGRAM},
                              capture_output=True, text=True, check=False)

    def test_a_table_takes_the_place_of_the_old_one_and_the_rest_stays(self):
        page = self.page(PAGE.format("peers"))
        self.assertEqual(self.update(page).stderr, "")
        text = page.read_text(encoding="utf-8")
        self.assertNotIn("an old table", text)
        self.assertTrue(text.startswith("# Numbers\n\nbefore\n<!-- lab:begin peers -->\n"))
        self.assertTrue(text.endswith("<!-- lab:end peers -->\nafter\n"))
        self.assertIn("| threads on slots | steward | HikariCP | deadpool | bb8 | puddle |", text)
        self.assertIn("| crowded blocking, 8 on 2 | **", text)
        self.assertIn("puddle is missing: go is not installed.", text)
        self.assertIn("Made on a made-up processor, 2 cores;", text)

    def test_several_files_and_tables_are_filled_at_once(self):
        pages = [self.page(PAGE.format("costs") + PAGE.format("peers")), self.page(PAGE.format("costs"), "other.md")]
        self.assertEqual(self.update(*pages).returncode, 0)
        self.assertIn("| metrics | `counters` | `none` | +0.", pages[0].read_text(encoding="utf-8"))
        self.assertIn("lab:begin peers", pages[0].read_text(encoding="utf-8"))
        self.assertIn("| locking | `mutex` | `none` | +", pages[1].read_text(encoding="utf-8"))

    def test_a_page_can_ask_for_one_axis_alone(self):
        page = self.page(PAGE.format("costs metrics") + PAGE.format("costs locking"))
        self.assertEqual(self.update(page).stderr, "")
        _, metrics, between, locking, _ = re.split(r"<!-- lab:(?:begin|end) costs [a-z]+ -->\n", page.read_text(encoding="utf-8"))
        self.assertIn("| policy | over | ns |", metrics)
        self.assertIn("| `counters` | `none` | +0.", metrics)
        self.assertNotIn("mutex", metrics)
        self.assertIn("Made on a made-up processor, 2 cores;", metrics)
        self.assertEqual(between, "after\n# Numbers\n\nbefore\n")
        self.assertIn("| `mutex` | `none` | +", locking)
        self.assertNotIn("counters", locking)

    def test_a_second_time_changes_nothing(self):
        page = self.page(PAGE.format("costs"))
        self.update(page)
        once = page.read_text(encoding="utf-8")
        self.update(page)
        self.assertEqual(page.read_text(encoding="utf-8"), once)

    def test_what_cannot_be_filled_is_named_and_nothing_is_written(self):
        for text, error in ((PAGE.format("poems"), ':4: the results have no table "poems"'),
                            (PAGE.format("costs poems"), ':4: the results have no table "costs poems"'),
                            (PAGE.format("costs metrics").replace("end costs metrics", "end costs"),
                             ":6: expected <!-- lab:begin costs --> before this"),
                            (PAGE.format("costs").replace("lab:end", "end"), ":4: expected <!-- lab:end costs --> after this"),
                            (PAGE.format("costs").replace("lab:begin", "begin"), ":6: expected <!-- lab:begin costs --> before this"),
                            ("no marks\n", ":1: expected a line <!-- lab:begin NAME -->")):
            with self.subTest(error=error):
                good, bad = self.page(PAGE.format("costs"), "good.md"), self.page(text, "bad.md")
                done = self.update(good, bad)
                self.assertEqual((done.returncode, done.stderr.strip()), (1, f"{bad}{error}"))
                self.assertEqual(bad.read_text(encoding="utf-8"), text)
                self.assertIn("an old table", good.read_text(encoding="utf-8"))

    def test_without_a_file_of_results_it_says_how_it_is_called(self):
        done = subprocess.run([SCRIPT, self.page("")], capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr.split(":")[0]), (2, "usage"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
