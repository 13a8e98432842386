# SPDX-License-Identifier: BSL-1.0
"""What the tests of both pages share: the page is made from sample results, opened, and must be readable for everybody."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from browser import Browser

HERE = pathlib.Path(__file__).parent
PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else ""
PICTURES = os.environ.get("STEWARD_TEST_PICTURES") # a folder for screenshots, if somebody wants to look


def sample(folder, name, *arguments):
    file = pathlib.Path(folder) / name
    subprocess.run([sys.executable, HERE / "sample.py", file, *arguments], check=True)
    return file


class PageCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="steward_lab_report_")
        cls.page = cls.make(cls.folder.name)
        cls.browser = Browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.folder.cleanup()

    def setUp(self):
        self.browser.show_as(1280)
        self.browser.open(self.page)

    def tearDown(self):
        self.assertEqual(self.browser.console(), [])

    def cells(self, table, column):
        """The texts of a column, top to bottom."""
        return self.browser.run("return [...document.querySelectorAll(`#${arguments[0]} tbody tr`)]"
                                ".map((row) => row.cells[arguments[1]].innerText.trim())", table, column)

    def click(self, script):
        self.browser.run(f"({script}).click()")

    def picture(self, name):
        if PICTURES:
            self.browser.screenshot(pathlib.Path(PICTURES) / f"{name}.png")


class ReadableByAll:
    """Tests of both pages."""

    def test_the_page_needs_nothing_from_elsewhere(self):
        self.assertEqual(self.browser.run("return performance.getEntriesByType('resource').map((each) => each.name)"
                                          ".filter((name) => !name.startsWith('data:'))"), [])

    def test_each_text_and_curve_has_contrast_enough_in_light_in_dark_and_in_print(self):
        for scheme, media in (("light", "screen"), ("dark", "screen"), ("dark", "print")):
            with self.subTest(scheme=scheme, media=media):
                self.browser.show_as(1280, scheme=scheme, media=media)
                found = self.browser.run((HERE / "accessibility.js").read_text(encoding="utf-8"))
                self.assertGreater(found["checked"], 100)
                self.assertEqual(found["wrong"], [])
                self.picture(f"{type(self).__name__}_{scheme}_{media}")

    def test_dark_is_dark(self):
        ground = "return getComputedStyle(document.body).backgroundColor"
        light = self.browser.run(ground)
        self.browser.show_as(1280, scheme="dark")
        self.assertNotEqual(self.browser.run(ground), light)

    def test_nothing_scrolls_sideways_on_a_phone(self):
        for width in (390, 320):
            self.browser.show_as(width)
            self.assertEqual(self.browser.run("return document.documentElement.scrollWidth"), width)
            outside = self.browser.run(
                "return [...document.querySelectorAll('main *')].filter((each) => each.checkVisibility()"
                " && each.getBoundingClientRect().right > arguments[0] + 0.5)"
                ".map((each) => each.outerHTML.slice(0, 80))", width)
            self.assertEqual(outside, [])
            cut = self.browser.run(
                "return [...document.querySelectorAll('main *')].filter((each) => each.scrollWidth > each.clientWidth + 1"
                " && getComputedStyle(each).display !== 'inline' && each.clientWidth > 0 && !each.closest('svg'))"
                ".map((each) => each.outerHTML.slice(0, 80))")
            self.assertEqual(cut, [])
        self.browser.show_as(390)
        self.picture(f"{type(self).__name__}_phone")

    def test_each_control_has_a_name(self):
        for width in (1280, 390):
            self.browser.show_as(width)
            controls = [each for each in self.browser.find("button, select, input, a[href], svg[role=img]")]
            self.assertGreater(len(controls), 10)
            sample_of_them = controls[:60]
            for each in sample_of_them:
                visible = self.browser.run("return arguments[0].checkVisibility()", {
                    "element-6066-11e4-a52e-4f735466cecf": each})
                if visible:
                    self.assertNotEqual(self.browser.label(each).strip(), "")

    def test_the_keyboard_reaches_each_control_and_shows_where_it_is(self):
        wanted = self.browser.run("return document.querySelectorAll('button, select, input, a[href]').length")
        self.browser.run("document.querySelectorAll('button, select, input, a[href]').forEach((each) =>"
                         " each.addEventListener('focus', () => { each.dataset.reached = getComputedStyle(each).outlineStyle; }))")
        hidden = self.browser.run("return [...document.querySelectorAll('button, select, input, a[href]')]"
                                  ".filter((each) => !each.checkVisibility()).length")
        for _ in range(0, wanted + 5, 20):
            self.browser.press(*["tab"] * 20)
        reached = self.browser.run("return [...document.querySelectorAll('[data-reached]')].map((each) => each.dataset.reached)")
        self.assertEqual(len(reached), wanted - hidden)
        self.assertNotIn("none", reached)

    def test_the_skip_link_leads_to_the_results(self):
        self.browser.press("tab", "enter")
        self.assertEqual(self.browser.run("return document.activeElement.id"), "main")

    def test_print_leaves_out_what_only_a_screen_can_use(self):
        self.browser.show_as(800, media="print")
        self.assertFalse(self.browser.run("return document.getElementById('filters').checkVisibility()"))


def main():
    if not shutil.which("chromedriver") or not shutil.which("chromium"):
        print("skipped: there is no chromium with chromedriver (scripts/setup.sh browser)")
        sys.exit(77)
    unittest.main(verbosity=2)
