#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes results of the lab that no machine has measured: sample.py FILE [--peers FILE] [--slower POLICY FACTOR] [--seed N]

They look like real ones: what a policy costs adds up, repetitions scatter by some percent, a peer is missing. With --peers
these are in a file of their own, beside one combination, with notes and what compiling costs."""
import argparse
import itertools
import json
import random

AXES = {
    "locking": {"none": 0.6, "mutex": 9.5, "spin": 8.1, "lock_free": 5.2, "biased": 1.1},
    "pooling": {"bounded": 0.9, "arena": 0.3, "transient": 31.0},
    "health": {"none": 0, "on_borrow": 2.4},
    "metrics": {"none": 0, "counters": 0.5},
    "ownership": {"none": 0, "tracked": 0.4},
    "waiting": {"overtaking": 0},
}
BYTES = {"counters": 32, "tracked": 16, "on_borrow": 8}
PEERS = {"HikariCP": ("5.1.0", "Java", 62), "deadpool": ("0.12.1", "Rust", 118), "bb8": ("0.8.5", "Rust", 140)}
HOLDS = {"hot_loop": 0, "short_hold": 1000, "long_hold": 100_000, "crowded_computing": 5000, "crowded_blocking": 100_000}
PLACES = {"hot_loop": [(1, 1), (2, 2)], "short_hold": [(1, 1), (2, 2)], "long_hold": [(1, 1), (2, 2)],
          "crowded_computing": [(8, 2), (16, 4)], "crowded_blocking": [(8, 2), (16, 4)]}
EXCHANGE = 4.6
BESIDE = "lock_free,bounded,none,none,none,overtaking"
NOTES = [{"workload": "crowded_computing", "threads": 8, "text": "Who computes leaves no processor to <others>."}]


def samples(chance, own, workload, threads, slots, fairness):
    """Of one subject in one place: `own` nanoseconds a lease and, where threads wait, how unfairly they do."""
    taken = {key: [] for key in ("leases_per_s", "p50_ns", "p99_ns", "p999_ns", "max_ns", "allocations_per_lease", "exchange_ns")}
    for _ in range(7):
        noise = chance.lognormvariate(0, 0.02)
        each = (own + HOLDS[workload]) * noise
        wait = each * (threads / slots - 1) if threads > slots else own
        taken["leases_per_s"].append(min(threads, slots) * 1e9 / each)
        taken["p50_ns"].append(max(wait, own) * 0.9)
        tail = fairness if threads > slots else 2
        taken["p99_ns"].append(max(wait, own) * tail * chance.lognormvariate(0, 0.05))
        taken["p999_ns"].append(taken["p99_ns"][-1] * 1.7)
        taken["max_ns"].append(taken["p999_ns"][-1] * chance.uniform(2, 6))
        taken["allocations_per_lease"].append(0)
        taken["exchange_ns"].append(EXCHANGE * chance.lognormvariate(0, 0.01))
    return {key: [float(f"{number:.6g}") for number in numbers] for key, numbers in taken.items()}


def measured(chance, name, own, scale, fairness, is_possible=lambda threads: True):
    return [{"subject": name, "workload": workload, "threads": threads, "slots": slots,
             "samples": samples(chance, own * scale(threads), workload, threads, slots, fairness)}
            for workload, places in PLACES.items() for threads, slots in places if is_possible(threads)]


def combinations(chance, slower, only=""):
    subjects, results = [], []
    for policies in itertools.product(*AXES.values()):
        axes = dict(zip(AXES, policies))
        name = ",".join(policies)
        if only not in ("", name):
            continue
        subjects.append({"id": name, "kind": "steward", "axes": axes,
                         "bytes_per_slot": 64 + sum(BYTES.get(policy, 0) for policy in policies)})
        own = sum(AXES[axis][policy] for axis, policy in axes.items())
        if slower and slower[0] in policies:
            own *= float(slower[1])
        results += measured(chance, name, own, lambda threads: 1, {"mutex": 9, "spin": 14}.get(axes["locking"], 3),
                            lambda threads, locking=axes["locking"]: threads == 1 or locking != "none")
    return subjects, results


def peers(chance):
    subjects, results = [], []
    for name, (version, language, own) in PEERS.items():
        subjects.append({"id": name, "kind": "peer", "version": version, "language": language})
        results += measured(chance, name, own, lambda threads: 1 + 0.7 * (threads > 1), 40)
    subjects.append({"id": "puddle", "kind": "peer", "version": "2.2.2", "language": "Go", "missing": "go is not installed"})
    return subjects, results


def compiling():
    costs = [{"header": header, "compiler": compiler, "axis": axis, "n": n,
              "seconds": [start + each * n, start + each * n + 0.02], "peak_mib": 200 + 3 * n}
             for compiler, start in (("g++ 12.2", 1.1), ("clang++ 19.1", 0.9))
             for header, axis, each in (("steward.hpp", "resources", 0.02), ("http.hpp", "resources", 0.04),
                                        ("redis.hpp", "resources", 0.03), ("llm.hpp", "resources", 0.01),
                                        ("fsm.hpp", "states", 0.05)) for n in (0, 8, 16, 32)]
    templates = [{"name": f"boost::hana::detail::some_template<{i}>", "seconds": 0.4 / (i + 1), "count": 12 * i + 1}
                 for i in range(12)]
    return {"notes": NOTES, "compile": costs, "templates": templates}


def write(name, subjects, results, **more):
    machine = {"cpu": "a made-up processor", "cores": 2, "system": "Linux 6.1", "compiler": "GCC 12.2.0",
               "when": "2026-11-28T09:00:00Z"}
    with open(name, "w", encoding="utf-8") as file:
        json.dump({"lab": 1, "machine": machine, "quick": True, "subjects": subjects, "results": results, **more}, file)


def main():
    words = argparse.ArgumentParser()
    words.add_argument("file")
    words.add_argument("--peers")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--slower", nargs=2, metavar=("POLICY", "FACTOR"))
    given = words.parse_args()
    chance = random.Random(given.seed)
    subjects, results = combinations(chance, given.slower)
    more_subjects, more_results = peers(chance)
    if not given.peers:
        write(given.file, subjects + more_subjects, results + more_results)
        return
    write(given.file, subjects, results)
    beside_subjects, beside_results = combinations(chance, None, BESIDE)
    write(given.peers, beside_subjects + more_subjects, beside_results + more_results, **compiling())


if __name__ == "__main__":
    main()
