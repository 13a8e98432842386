#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What compiling costs against the number of resources, states and policies: lab.py ROOT RESULTS.json [REPETITIONS]

Writes seconds and peak memory of each compiler, in the form of the policy lab, and the dearest templates as Clang's
-ftime-trace tells them. lab.sh makes a report of it. Repetitions are mixed at random; all compile at -O0.
"""
import collections
import datetime
import json
import os
import pathlib
import platform
import random
import re
import subprocess
import sys
import tempfile
import time

COMPILERS = ["g++", "clang++-19"]
TRACED_BY = COMPILERS[1]
DEAREST = 25
# What sources.sh calls them, what the report does, and what their number is of.
SERIES = [
    ("standard", "the standard headers alone", "resources"),
    ("manager", "steward.hpp", "resources"),
    ("different", "steward.hpp, an adapter each", "resources"),
    ("database", "adapters/database.hpp", "resources"),
    ("filesystem", "adapters/filesystem.hpp", "resources"),
    ("http", "adapters/http.hpp", "resources"),
    ("llm", "adapters/llm.hpp", "resources"),
    ("redis", "adapters/redis.hpp", "resources"),
    ("standard_machine", "the standard headers alone", "states"),
    ("machine", "steward/fsm.hpp", "states"),
    ("policies", "steward.hpp, 8 resources", "policies"),
]
TRACED = ["different_32", "machine_32"]


def version_of(compiler):
    said = subprocess.run([compiler, "-dumpfullversion", "-dumpversion"], capture_output=True, text=True, check=True)
    return f"{'Clang' if 'clang' in compiler else 'GCC'} {said.stdout.strip()}"


def this_machine():
    def value_in(file, key):
        for line in pathlib.Path(file).read_text(encoding="utf-8").splitlines():
            if line.startswith(key):
                return re.split("[:=]", line, maxsplit=1)[1].strip().strip('"')
        return "unknown"

    return {
        "cpu": value_in("/proc/cpuinfo", "model name"),
        "cores": os.cpu_count(),
        "system": f"{value_in('/etc/os-release', 'PRETTY_NAME')}, {platform.system()} {platform.release()}",
        "compiler": ", ".join(version_of(each) for each in COMPILERS),
        "when": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


class Sources:
    """The programs, and how they are compiled."""

    def __init__(self, root, folder):
        self.folder = folder
        subprocess.run([root / "benchmarks/compile_time/sources.sh", folder], check=True)
        headers = [root / each for each in ("include", "policies/include", "settings/include")]
        headers += sorted((root / "adapters").glob("*/include"))
        self.flags = ["-std=c++23", "-O0", *(f"-I{each}" for each in headers)]
        self.series = {}
        for name, header, axis in SERIES:
            for file in folder.glob(f"{name}*.cpp"):
                if match := re.fullmatch(f"{name}(?:_([0-9]+))?", file.stem):
                    self.series[file.stem] = (header, axis, int(match[1] or 0))

    def compile(self, compiler, name, *more):
        """Seconds, and the most memory of the compiler in MiB."""
        command = [compiler, *self.flags, *more, "-c", self.folder / f"{name}.cpp", "-o", self.folder / f"{name}.o"]
        began = time.monotonic()
        process = subprocess.Popen(command)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise subprocess.CalledProcessError(process.returncode, command)
        return seconds, usage.ru_maxrss / 1024


def measure(sources, repetitions):
    costs = collections.defaultdict(list)
    runs = [(compiler, name) for compiler in COMPILERS for name in sources.series]
    for i in range(repetitions):
        random.shuffle(runs)
        for at, (compiler, name) in enumerate(runs):
            costs[compiler, name].append(sources.compile(compiler, name))
            if sys.stderr.isatty():
                print(f"\r\033[K{i * len(runs) + at + 1} of {repetitions * len(runs)}", end="", file=sys.stderr)
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    return [
        {
            "header": header,
            "compiler": version_of(compiler),
            "axis": axis,
            "n": n,
            "seconds": [round(seconds, 3) for seconds, _ in costs[compiler, name]],
            "peak_mib": round(max(peak for _, peak in costs[compiler, name])),
        }
        for compiler, name in sorted(costs)
        for header, axis, n in [sources.series[name]]
    ]


def without_arguments(name):
    """The name of a template: what stands in angle brackets is what differs between its uses."""
    kept, depth = "", 0
    for part in re.findall(r"operator(?:<=>|<<=?|>>=?|<=?|>=?|->\*?)|->|.", name):
        if part == ">":
            depth -= 1
        elif part == "<":
            depth += 1
        elif depth == 0:
            kept += part
    return kept


def own_times(events):
    """Each instantiation with its own time, without those of what it instantiates; in microseconds."""
    open_ones = []
    for event in sorted(events, key=lambda each: (each["ts"], -each["dur"])):
        while open_ones and open_ones[-1]["ts"] + open_ones[-1]["dur"] <= event["ts"]:
            done = open_ones.pop()
            yield done["args"]["detail"], done["own"]
        event["own"] = event["dur"]
        if open_ones:
            open_ones[-1]["own"] -= event["dur"]
        open_ones.append(event)
    for done in open_ones:
        yield done["args"]["detail"], done["own"]


def dearest_templates(sources):
    seconds, times = collections.Counter(), collections.Counter()
    for program in TRACED:
        sources.compile(TRACED_BY, program, "-ftime-trace", "-ftime-trace-granularity=0")
        trace = json.loads((sources.folder / f"{program}.json").read_text(encoding="utf-8"))
        found = [e for e in trace["traceEvents"] if e["name"] in ("InstantiateClass", "InstantiateFunction")]
        for detail, own in own_times(found):
            name = without_arguments(detail)
            seconds[name] += own / 1e6
            times[name] += 1
    return [{"name": name, "seconds": round(most, 5), "count": times[name]} for name, most in seconds.most_common(DEAREST)]


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    root, results = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    repetitions = int(sys.argv[3]) if len(sys.argv) == 4 else 3
    with tempfile.TemporaryDirectory() as folder:
        sources = Sources(root, pathlib.Path(folder))
        whole = {
            "lab": 1,
            "machine": this_machine(),
            "quick": repetitions == 1,
            "subjects": [],
            "results": [],
            "compile": measure(sources, repetitions),
            "templates": dearest_templates(sources),
        }
    results.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
