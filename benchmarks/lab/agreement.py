#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Whether two runs of the lab rank combinations alike: agreement.py A/results.json B/results.json

Of each workload it takes all pairs of combinations. A pair differs where the medians of its leases per second, both runs
together, are more than 10 % apart; the runs agree on it if the same one is faster in both. Pairs that are closer are
ranked by chance, and nobody should choose between them. Exits with 1 where more than one in a thousand is ranked
otherwise.
"""
import itertools
import json
import math
import statistics
import sys

APART = 1.1
ALLOWED = 0.001


def read(path):
    """Of each workload with its threads and slots: the median leases per second of each combination."""
    rates = {}
    with open(path, encoding="utf-8") as file:
        for one in json.load(file)["results"]:
            place = rates.setdefault((one["workload"], one["threads"], one["slots"]), {})
            place[one["subject"]] = statistics.median(one["samples"]["leases_per_s"])
    return rates


def compare(first, second):
    """How many pairs differ, and which of these the runs rank otherwise."""
    differ, otherwise = 0, []
    for a, b in itertools.combinations(sorted(first.keys() & second.keys()), 2):
        in_first, in_second = math.log(first[a] / first[b]), math.log(second[a] / second[b])
        if abs(in_first + in_second) / 2 <= math.log(APART):
            continue
        differ += 1
        if in_first * in_second < 0:
            otherwise.append((a, b, math.exp(in_first), math.exp(in_second)))
    return differ, otherwise


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    first, second = read(sys.argv[1]), read(sys.argv[2])
    differ, otherwise = 0, []
    for place in [each for each in first if each in second]:
        here, other = compare(first[place], second[place])
        print(f"{'{}, {} on {}'.format(*place):<32} {here:>6} pairs differ, {len(other):>3} are ranked otherwise")
        for a, b, one, two in other[:3]:
            print(f"    {a} : {b}: {one:.2f}, then {two:.2f}")
        differ += here
        otherwise += other
    print(f"{len(otherwise)} of {differ} pairs that are more than 10 % apart are ranked otherwise")
    sys.exit(len(otherwise) > ALLOWED * differ)


if __name__ == "__main__":
    main()
