#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""steward.lab.report --agreement: its exit code says whether two runs agree."""
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
            files[-1].write_text(json.dumps({
                "lab": 1,
                "machine": {"cpu": "c", "cores": 2, "system": "s", "compiler": "c", "when": "w"},
                "quick": True,
                "subjects": [{"id": name, "kind": "steward", "axes": {"locking": name}, "bytes_per_slot": 8}
                             for name in rates],
                "results": [{"subject": name, "workload": "hot_loop", "threads": 1, "slots": 1,
                             "samples": {"leases_per_s": [each + n for n in range(5)]}}
                            for name, each in rates.items()]}), encoding="utf-8")
        done = subprocess.run([PROGRAM, "--agreement", *files], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout


class Agreement(unittest.TestCase):
    def test_the_same_order_agrees(self):
        code, text = agreement({"a": 900, "b": 500}, {"a": 800, "b": 600})
        self.assertEqual(code, 0)
        self.assertIn("Of 1 pairs", text)
        self.assertIn("rank 0 otherwise", text)

    def test_what_is_close_may_change_places(self):
        code, text = agreement({"a": 1000, "b": 1040}, {"a": 1040, "b": 1000})
        self.assertEqual(code, 0)
        self.assertIn("Of 0 pairs", text)

    def test_what_is_far_apart_may_not(self):
        code, text = agreement({"a": 1010, "b": 1000}, {"a": 1000, "b": 1400})
        self.assertEqual(code, 1)
        self.assertIn("    a : b: 1.01, then 0.71", text)


unittest.main()
