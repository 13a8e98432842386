#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The report in headless Chromium: report_test.py PROGRAM [unittest's options]"""
import json
import pathlib
import re
import subprocess

import page_case
from page_case import PROGRAM, PageCase, ReadableByAll, sample

HOT = "table-hot_loop"
CROWD = "workload-crowded_blocking"


class Report(ReadableByAll, PageCase):
    @classmethod
    def make(cls, folder):
        peers = pathlib.Path(folder) / "peers.json"
        lab = sample(folder, "lab.json", "--peers", peers)
        subprocess.run([PROGRAM, "lab.json", "peers.json", "--output", "."], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        cls.results = json.loads(lab.read_text(encoding="utf-8"))
        return pathlib.Path(folder) / "report.html"

    def sort_by(self, table, label):
        self.click(f"[...document.querySelectorAll('#{table} th button')].find((each) => each.textContent === '{label}')")

    def uncheck(self, *names):
        for name in names:
            self.click(f"document.querySelector(`input[name=\"{name}\"]`)")

    def choose(self, where, value, index=0):
        self.browser.run("const select = document.querySelectorAll(arguments[0])[arguments[2]]; select.value = arguments[1];"
                         "select.dispatchEvent(new Event('change'))", f"{where} .controls select", value, index)

    def recommended(self, workload):
        return self.browser.run("return document.querySelector(`#workload-${arguments[0]} .recommendation`).innerText", workload)

    def text(self, selector):
        return self.browser.run("return document.querySelector(arguments[0]).innerText", selector)

    def compile_plots(self, part):
        return self.browser.run(f"return [...document.querySelectorAll('#compile svg[role=img] {part}')]"
                                ".map((each) => each.textContent)")

    def test_there_is_a_section_for_each_workload_and_a_link_to_it(self):
        workloads = list(dict.fromkeys(each["workload"] for each in self.results["results"]))
        self.assertEqual(self.browser.run("return [...document.querySelectorAll('#workloads > section')].map((each) => each.id)"),
                         [f"workload-{name}" for name in workloads])
        self.assertEqual(self.browser.run("return [...document.querySelectorAll('nav a')].map((each) => each.hash)"),
                         ["#peers"] + [f"#workload-{name}" for name in workloads] + ["#costs", "#compile"])

    def test_the_machine_and_a_quick_run_are_said(self):
        for file in ("lab.json", "peers.json"):
            self.assertRegex(self.text("#machine"), file + ": a made-up processor, 2 cores;.* a quick run")
        self.assertNotIn("different machines", self.text("#machine"))

    def test_a_combination_that_two_files_measured_is_there_twice_under_its_file(self):
        self.click(f"document.querySelector('#{HOT} + .controls button')")
        names = self.cells(HOT, 1)
        self.assertEqual([names.count(name) for name in ("lock_free · bounded", "lock_free · bounded (peers.json)")], [1, 1])

    def test_the_peers_table_has_a_row_a_place_and_a_column_a_subject(self):
        heads = self.browser.run("return [...document.querySelectorAll('#peers-table th')].map((each) => each.innerText.trim())")
        self.assertEqual([head.rstrip("▲▼") for head in heads], ["Workload", "steward", "HikariCP", "deadpool", "bb8", "puddle"])
        places = self.cells("peers-table", 0)
        self.assertEqual(len(places), 10)
        self.assertEqual(places[:2], ["hot loop, 1 on 1", "hot loop, 2 on 2"])
        self.assertEqual(set(self.cells("peers-table", 5)), {"missing"})
        self.assertIn("puddle is missing: go is not installed", self.text("#peers"))

    def test_the_peers_table_marks_where_steward_stands(self):
        self.assertRegex(self.cells("peers-table", 1)[0], r"M first$")
        self.assertRegex(self.text("#peers"), r"steward, leases/s: first in \d+ of 10")
        self.choose("#peers", "4")
        self.assertRegex(self.cells("peers-table", 1)[0], r"(ns|µs|ms)( first| within 3 %| [\d.]+ ×(, within noise)?)$")
        self.assertIn("longest", self.text("#peers-table caption"))

    def test_percentiles_are_judged_only_where_holders_block(self):
        self.choose("#peers", "2")
        judged = {place: "first" in cell or "within" in cell or "×" in cell
                  for place, cell in zip(self.cells("peers-table", 0), self.cells("peers-table", 1))}
        self.assertTrue(judged["crowded blocking, 8 on 2"])
        self.assertFalse(judged["hot loop, 1 on 1"])

    def test_a_note_stands_beside_the_tables_it_explains(self):
        note = "Who computes leaves no processor to <others>."
        self.assertIn("crowded computing, 8 on 2 note 1", self.cells("peers-table", 0))
        self.assertIn(note, self.text("#peers ol"))
        self.assertIn(note, self.text("#workload-crowded_computing .note"))
        self.choose("#workload-crowded_computing", "1") # 16 threads
        self.assertIsNone(self.browser.run("return document.querySelector('#workload-crowded_computing .note')"))

    def test_compiling_is_drawn_against_each_axis_with_its_numbers_for_those_who_cannot_see_them(self):
        self.assertEqual(self.browser.run("return [...document.querySelectorAll('#compile h3')].map((each) => each.innerText)"),
                         ["Against the number of resources", "Against the number of states"])
        said = self.compile_plots("desc")
        self.assertEqual(len(said), 6)
        self.assertIn("steward.hpp: 0 resources 1.11 s, 8 resources 1.27 s", said[0])
        self.assertIn("32 resources 296 MiB", said[2])
        self.assertIn("fsm.hpp, g++ 12.2: 0 states 1.11 s", said[4])

    def test_each_compiler_has_its_own_plot_of_headers_where_they_are_too_many_for_one_with_the_dearest_first(self):
        self.assertEqual(self.compile_plots("title"),
                         [f"{what} against resources, {compiler}" for what in ("Seconds", "Peak memory in MiB")
                          for compiler in ("g++ 12.2", "clang++ 19.1")]
                         + ["Seconds against states", "Peak memory in MiB against states"])
        for said in self.compile_plots("desc")[:2]:
            self.assertEqual(re.findall(r"(\w+\.hpp):", said), ["http.hpp", "redis.hpp", "steward.hpp", "llm.hpp"])
        scales = self.browser.run("return [...document.querySelectorAll('#compile svg[role=img]')].map((each) => "
                                  "[...each.querySelectorAll('text[text-anchor=end]')].map((text) => text.textContent).join())")
        self.assertEqual(scales[0], scales[1])

    def test_the_dearest_templates_come_first(self):
        self.assertEqual(self.cells("templates-table", 0)[0], "boost::hana::detail::some_template<0>")
        self.assertEqual(len(self.cells("templates-table", 0)), 10)

    def test_what_there_is_no_data_for_is_left_out(self):
        for file, sections in (("lab.json", ["filters", "costs"]), ("empty.json", [])):
            with self.subTest(file=file):
                folder = self.page.parent
                empty = {**self.results, "subjects": [], "results": []}
                (folder / "empty.json").write_text(json.dumps(empty), encoding="utf-8")
                subprocess.run([PROGRAM, file, "--output", "alone"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
                self.browser.open(folder / "alone" / "report.html")
                self.assertEqual(self.browser.run("return ['peers', 'filters', 'costs', 'compile'].filter((id) => document.getElementById(id))"),
                                 sections)

    def test_the_table_is_ranked_by_rate_and_shows_the_first_ten(self):
        self.assertEqual([rank.split()[0] for rank in self.cells(HOT, 0)], [str(i) for i in range(1, 11)])

    def test_all_are_shown_when_asked_and_the_missing_come_last(self):
        self.click(f"document.querySelector('#{HOT} + .controls button')")
        names = self.cells(HOT, 1)
        self.assertEqual(len(names), 121 + 3 + 1)
        self.assertIn("missing: go is not installed", names[-1])

    def test_a_press_sorts_and_a_second_one_turns_the_order(self):
        self.click(f"document.querySelector('#{HOT} + .controls button')")
        ranks = lambda: [int(each.split()[0]) for each in self.cells(HOT, 0) if each]
        self.sort_by(HOT, "Rank")
        self.assertEqual(ranks(), list(range(124, 0, -1)))
        self.sort_by(HOT, "Combination")
        names = self.cells(HOT, 1)
        self.assertEqual(names, self.browser.run("return arguments[0].toSorted((a, b) => a.localeCompare(b))", names))
        self.sort_by(HOT, "leases/s")
        self.assertEqual(ranks(), list(range(1, 125)))
        self.assertEqual(self.browser.run(f"return [...document.querySelectorAll('#{HOT} th[aria-sort]')]"
                                          ".map((each) => [each.innerText.trim(), each.ariaSort])"), [["leases/s", "descending"]])

    def test_a_missing_subject_stays_last_in_any_order(self):
        self.click(f"document.querySelector('#{HOT} + .controls button')")
        for label in ("p99", "p99", "leases/s", "leases/s"):
            self.sort_by(HOT, label)
            self.assertIn("missing", self.cells(HOT, 1)[-1])

    def test_the_keyboard_sorts(self):
        self.browser.run(f"document.querySelectorAll('#{HOT} th button')[1].focus()")
        self.browser.press("enter")
        self.assertEqual(self.browser.run(f"return document.querySelectorAll('#{HOT} th')[1].ariaSort"), "ascending")
        self.browser.press("space")
        self.assertEqual(self.browser.run(f"return document.querySelectorAll('#{HOT} th')[1].ariaSort"), "descending")

    def test_on_a_phone_a_choice_sorts(self):
        self.browser.show_as(390)
        self.assertFalse(self.browser.run(f"return document.querySelector('#{HOT} thead').checkVisibility()"))
        self.choose("#workload-hot_loop", "1", index=1)
        names = self.cells(HOT, 1)
        self.assertEqual(names, sorted(names, key=str.lower))

    def test_a_filter_leaves_out_its_policy_everywhere(self):
        self.uncheck("locking=biased", "locking=none", "peer=HikariCP")
        self.assertEqual(self.browser.run("return document.querySelector('[role=status]').innerText"), "73 of 121 combinations shown.")
        for workload in ("hot_loop", "crowded_blocking"):
            self.click(f"document.querySelector('#table-{workload} + .controls button')")
            names = self.cells(f"table-{workload}", 1)
            self.assertEqual(len(names), 73 + 2 + 1)
            self.assertFalse([name for name in names if name.startswith(("biased", "no locking", "HikariCP"))])
            self.assertNotIn("biased", self.recommended(workload))
        self.assertNotIn("biased", self.browser.run("return document.querySelector('#workload-hot_loop .heat').innerText"))
        self.assertNotIn("biased", self.browser.run("return document.querySelector('#workload-hot_loop .legend').innerText"))

    def test_the_space_key_filters(self):
        self.browser.run("document.querySelector('input[name=\"locking=mutex\"]').focus()")
        self.browser.press("space")
        self.assertEqual(self.browser.run("return document.querySelector('[role=status]').innerText"), "97 of 121 combinations shown.")

    def test_show_all_brings_everything_back(self):
        self.uncheck("locking=biased", "metrics=none")
        self.click("document.querySelector('#filters .controls button')")
        self.assertEqual(self.browser.run("return document.querySelector('[role=status]').innerText"), "121 of 121 combinations shown.")

    def test_filters_that_leave_nothing_say_so(self):
        self.uncheck("metrics=none", "metrics=counters")
        self.assertIn("No combination is left", self.recommended("hot_loop"))
        self.assertIsNone(self.browser.run("return document.querySelector('#workload-hot_loop .heat')"))

    def test_the_order_stays_when_filters_change(self):
        self.sort_by(HOT, "Combination")
        self.uncheck("pooling=transient")
        self.assertEqual(self.browser.run(f"return document.querySelectorAll('#{HOT} th')[1].ariaSort"), "ascending")

    def test_the_recommendation_has_its_reason(self):
        self.uncheck("locking=none")
        said = self.recommended("crowded_blocking")
        self.assertRegex(said, r"For 8 threads on 2 slots take (lock_free|biased|mutex|spin) · ")
        self.assertIn("within 3\u202f% of the highest", said)
        self.assertRegex(said, r"lowest p99: [\d.]+\u202f(µs|ms)")
        self.assertRegex(said, r"dearer for a lease when idle|cheapest of them when nobody else asks")
        self.assertRegex(said, r"It has [\d.]+\u202f× the rate of the fastest peer, .*; the longest wait is .* against ")

    def test_another_number_of_threads_shows_its_numbers(self):
        before = self.cells("table-crowded_blocking", 2)
        self.choose(f"#{CROWD}", "1")
        self.assertIn("For 16 threads on 4 slots take", self.recommended("crowded_blocking"))
        self.assertNotEqual(self.cells("table-crowded_blocking", 2), before)

    def test_the_heat_map_has_each_locking_and_pooling(self):
        heads = self.browser.run("return [...document.querySelectorAll('#workload-hot_loop .heat th')].map((each) => each.innerText)")
        self.assertEqual(set(heads), {"none", "mutex", "spin", "lock_free", "biased", "bounded", "arena", "transient"})
        best = self.browser.run("return [...document.querySelectorAll('#workload-hot_loop .heat-5')].map((each) => each.innerText)")
        self.assertTrue(any("1.00\u202f×" in each for each in best))

    def test_the_heat_map_shows_p99_when_asked(self):
        self.browser.run("const select = document.querySelector(arguments[0]); select.value = 'p99_ns';"
                         "select.dispatchEvent(new Event('change'))", f"#{CROWD} .heat-figure select")
        self.assertRegex(self.browser.run(f"return document.querySelector('#{CROWD} .heat td.heat-5').innerText"), "(µ|m)s")
        self.assertEqual(self.browser.run("return document.activeElement.value"), "p99_ns")

    def test_the_curves_say_their_numbers_to_those_who_cannot_see_them(self):
        said = self.browser.run(f"return document.querySelector('#{CROWD} svg[role=img] desc').textContent")
        self.assertEqual(said.count("p99.9"), 6)
        self.assertEqual(self.browser.run(f"return document.querySelectorAll('#{CROWD} .legend li').length"), 6)

    def test_each_axis_has_its_costs_over_none(self):
        self.assertEqual(set(self.cells("costs-table", 0)), {"locking", "pooling", "health", "metrics", "ownership"})
        rows = dict(zip(self.cells("costs-table", 1), self.cells("costs-table", 2)))
        self.assertEqual((rows["mutex"], rows["counters"], rows["bounded"]), ("none", "none", "arena"))
        costs = dict(zip(self.cells("costs-table", 1), self.cells("costs-table", 5)))
        self.assertEqual(costs["counters"], "+32")


if __name__ == "__main__":
    page_case.main()
