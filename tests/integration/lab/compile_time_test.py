#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
import importlib.util
import json
import pathlib
import sys
import tempfile
import unittest
from unittest import mock

ROOT = pathlib.Path(sys.argv.pop(1))
spec = importlib.util.spec_from_file_location("lab", ROOT / "benchmarks/compile_time/lab.py")
lab = importlib.util.module_from_spec(spec)
spec.loader.exec_module(lab)


def event(detail, begin, duration):
    return {"ts": begin, "dur": duration, "args": {"detail": detail}}


class DearestTemplates(unittest.TestCase):
    def test_the_name_of_a_template_has_no_arguments(self):
        self.assertEqual(lab.without_arguments("a::pool<b<int>, (c)1>::take<d>"), "a::pool::take")

    def test_the_name_of_an_operator_is_kept(self):
        self.assertEqual(lab.without_arguments("a<int>::operator<=><b>"), "a::operator<=>")
        self.assertEqual(lab.without_arguments("a<int>::operator-><b>"), "a::operator->")
        self.assertEqual(lab.without_arguments("operator<<<char>"), "operator<<")

    def test_what_a_template_instantiates_is_not_its_own_time(self):
        times = lab.own_times([event("inner", 2, 3), event("outer", 0, 10), event("innermost", 3, 1), event("next", 10, 4)])
        self.assertEqual(sorted(times), [("inner", 2), ("innermost", 1), ("next", 4), ("outer", 7)])


class CompileTimeLab(unittest.TestCase):
    def test_a_run_says_what_each_compiler_took(self):
        series = [each for each in lab.SERIES if each[0] == "standard"]
        with (
            tempfile.TemporaryDirectory() as folder,
            mock.patch.object(lab, "SERIES", series),
            mock.patch.object(lab, "TRACED", ["policies_0"]),
            mock.patch.object(sys, "argv", ["lab.py", str(ROOT), f"{folder}/results.json", "1"]),
        ):
            lab.main()
            results = json.loads(pathlib.Path(folder, "results.json").read_text(encoding="utf-8"))
        self.assertEqual(len(results["compile"]), len(lab.COMPILERS))
        for each in results["compile"]:
            self.assertEqual((each["axis"], each["n"], len(each["seconds"])), ("resources", 0, 1))
            self.assertGreater(each["seconds"][0], 0)
            self.assertGreater(each["peak_mib"], 10)
        self.assertTrue(any(each["name"].startswith("steward::") for each in results["templates"]))


if __name__ == "__main__":
    unittest.main()
