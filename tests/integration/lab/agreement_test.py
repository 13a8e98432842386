#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv.pop(1)


def agreement(*runs):
    """Its exit code and text, for runs that are the leases per second of each combination."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for i, rates in enumerate(runs):
            files.append(pathlib.Path(folder) / f"{i}.json")
            results = [{"subject": name, "workload": "hot_loop", "threads": 1, "slots": 1,
                        "samples": {"leases_per_s": each}} for name, each in rates.items()]
            files[-1].write_text(json.dumps({"results": results}), encoding="utf-8")
        done = subprocess.run([sys.executable, PROGRAM, *files], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout


class Agreement(unittest.TestCase):
    def test_the_same_order_agrees(self):
        code, text = agreement({"a": [90, 100, 900], "b": [50]}, {"a": [80], "b": [60]})
        self.assertEqual(code, 0)
        self.assertIn("0 of 1 pairs", text)

    def test_what_is_close_may_change_places(self):
        code, text = agreement({"a": [100], "b": [104]}, {"a": [104], "b": [100]})
        self.assertEqual(code, 0)
        self.assertIn("0 of 0 pairs", text)

    def test_what_is_far_apart_may_not(self):
        code, text = agreement({"a": [100], "b": [99]}, {"a": [100], "b": [140]})
        self.assertEqual(code, 1)
        self.assertIn("a : b: 1.01, then 0.71", text)


unittest.main()
