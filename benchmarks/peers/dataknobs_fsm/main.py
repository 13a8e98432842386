# SPDX-License-Identifier: BSL-1.0
"""dataknobs-fsm's resource manager with a pool, used as its states use it: under an owner's name.

The pool is filled from the beginning: below that size it first waits out the time before it makes another resource.
"""

import importlib.metadata
import json
import sys
import threading
import time

from dataknobs_fsm.resources.base import BaseResourceProvider
from dataknobs_fsm.resources.manager import ResourceManager
from dataknobs_fsm.resources.pool import PoolConfig


class Session:
    def __init__(self):
        self.uses = 0


class Sessions(BaseResourceProvider):
    def acquire(self, **_):
        return Session()

    def release(self, resource):
        pass


class Histogram:
    """The same buckets as in ../cpp/histogram.hpp."""

    def __init__(self):
        self.counts = {}
        self.longest = 0

    def add(self, time_ns):
        shift = max(0, time_ns.bit_length() - 8)
        bucket = shift * 128 + (time_ns >> shift)
        self.counts[bucket] = self.counts.get(bucket, 0) + 1
        self.longest = max(self.longest, time_ns)

    def merge(self, other):
        for bucket, count in other.counts.items():
            self.counts[bucket] = self.counts.get(bucket, 0) + count
        self.longest = max(self.longest, other.longest)


class Log:
    def __init__(self):
        self.waits = Histogram()
        self.leases = 0


def nothing():
    pass


def compute(span_ns):
    end = time.perf_counter_ns() + span_ns
    while time.perf_counter_ns() < end:
        pass


def on_threads(count, span, work):
    """Runs work(stop, log, owner) on each thread; returns their logs and the time that it took."""
    logs = [Log() for _ in range(count)]
    begin = threading.Barrier(count + 1)
    stop = threading.Event()

    def body(number):
        begin.wait()
        work(stop, logs[number], f"owner_{number}")

    threads = [threading.Thread(target=body, args=(i,)) for i in range(count)]
    for each in threads:
        each.start()
    begin.wait()
    began = time.perf_counter_ns()
    time.sleep(span)
    stop.set()
    for each in threads:
        each.join()
    return logs, time.perf_counter_ns() - began


def lend_each(manager, threads, span, hold):
    def work(stop, log, owner):
        while not stop.is_set():
            asked = time.perf_counter_ns()
            held = manager.acquire("db", owner)
            log.waits.add(time.perf_counter_ns() - asked)
            log.leases += 1
            held.uses += 1
            hold()
            manager.release("db", owner)

    return on_threads(threads, span, work)


def hot_loop(manager, threads, span):
    """Untimed leases for the throughput, then single ones for the times, as in the other languages."""

    def work(stop, log, owner):
        while not stop.is_set():
            for _ in range(20):
                manager.acquire("db", owner).uses += 1
                manager.release("db", owner)
            log.leases += 20

    logs, busy = on_threads(threads, span * 3 / 4, work)
    timed, _ = lend_each(manager, threads, span / 4, nothing)
    for mine, its in zip(logs, timed):
        mine.waits = its.waits
    return logs, busy


def run(manager, workload, threads, span):
    if workload == "hot_loop":
        return hot_loop(manager, threads, span)
    hold = {
        "short_hold": lambda: compute(1_000),
        "crowded_computing": lambda: compute(5_000),
    }.get(workload, lambda: time.sleep(100e-6))  # long_hold, crowded_blocking
    return lend_each(manager, threads, span, hold)


def answer(line):
    workload, threads, slots, milliseconds = line.split()
    threads, slots, span = int(threads), int(slots), int(milliseconds) / 1e3
    manager = ResourceManager()
    manager.register_provider("db", Sessions("db"), PoolConfig(min_size=slots, max_size=slots))
    run(manager, workload, threads, span / 5)
    logs, busy = run(manager, workload, threads, span)
    waits = Histogram()
    for each in logs:
        waits.merge(each.waits)
    return {
        "leases": sum(each.leases for each in logs),
        "busy_ns": busy,
        "max_ns": waits.longest,
        "waits": sorted(waits.counts.items()),
    }


def main():
    version = importlib.metadata.version("dataknobs-fsm")
    identity = {"id": "dataknobs-fsm", "kind": "peer", "version": version, "language": "Python"}
    print(json.dumps(identity), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(line)), flush=True)


main()
