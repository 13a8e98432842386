#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The comparison of two runs in headless Chromium: comparison_test.py PROGRAM [unittest's options]"""
import pathlib
import subprocess

import page_case
from page_case import PROGRAM, PageCase, ReadableByAll, sample

TABLE = "changes-table"


class Comparison(ReadableByAll, PageCase):
    @classmethod
    def make(cls, folder):
        before = sample(folder, "before.json")
        after = sample(folder, "after.json", "--seed", "2", "--slower", "spin", "1.5")
        subprocess.run([PROGRAM, "--compare", before, after], check=True, stdout=subprocess.DEVNULL)
        return pathlib.Path(folder) / "comparison.html"

    def choose(self, label, text):
        self.browser.run("const label = [...document.querySelectorAll('#filters label')].find((each) => each.firstChild.data === arguments[0]);"
                         "const select = label.querySelector('select');"
                         "select.value = [...select.options].find((each) => each.text === arguments[1]).value;"
                         "select.dispatchEvent(new Event('change'))", label, text)

    def show_all(self):
        self.click(f"document.querySelector('#{TABLE} + .controls button:not([hidden])') ?? document.body")

    def test_what_became_slower_is_marked_and_comes_first(self):
        self.choose("Workload", "hot loop")
        self.choose("Measure", "leases/s")
        self.choose("Verdict", "changed")
        self.show_all()
        subjects = self.cells(TABLE, 1)
        self.assertEqual(len([name for name in subjects if name.startswith("spin")]), 48) # 24 combinations, 2 places
        self.assertLess(len(subjects), 48 + 10) # the procedure lets some chance through
        self.assertIn("changed, worse", self.cells(TABLE, 0)[0])

    def test_what_did_not_change_is_within_noise(self):
        self.choose("Measure", "allocations")
        self.show_all()
        self.assertEqual(set(self.cells(TABLE, 0)), {"within noise"})

    def test_each_ratio_has_its_interval(self):
        self.assertRegex(self.cells(TABLE, 6)[0], r"^[\d.]+\u202f× [\d.]+ … [\d.]+$")

    def test_a_choice_that_leaves_less_says_how_much(self):
        self.choose("Measure", "p99")
        said = self.browser.run("return document.querySelector('#filters [role=status]').innerText")
        self.assertRegex(said, r"^\d+ of \d+ comparisons shown\.$")

    def test_the_statistics_and_both_runs_are_said(self):
        text = self.browser.run("return document.body.innerText")
        for each in ("Mann-Whitney", "bootstrap", "Benjamini and Hochberg", "before.json", "after.json", "atomic exchange took"):
            self.assertIn(each, text)

    def test_the_head_sorts(self):
        self.click(f"document.querySelectorAll('#{TABLE} th button')[6]")
        ratios = [float(each.split("\u202f")[0]) for each in self.cells(TABLE, 6)]
        self.assertEqual(ratios, sorted(ratios, reverse=True))


if __name__ == "__main__":
    page_case.main()
