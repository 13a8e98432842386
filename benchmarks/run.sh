#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Builds and runs the benchmarks: one table of ratios, all measured in one run, interleaved, medians of 11 repetitions
# (25 where threads wait). Without arguments those of the database adapter and of the HTTP services follow, which start
# servers.
#   benchmarks/run.sh [--json FILE] [Google Benchmark's options]
# Exits with 1 and marks the line when a bound given in the table is missed.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh build test benchmark
cmake --preset release -DSTEWARD_BUILD_TESTS=OFF -DSTEWARD_BUILD_EXAMPLES=OFF -B build/benchmarks >/dev/null
missed=0
for area in pools databases services; do
    cmake --build build/benchmarks --target steward.benchmarks.$area >&2
done
build/benchmarks/benchmarks/steward.benchmarks.pools "$@" || missed=1
if [ $# -eq 0 ]; then
    for area in databases services; do
        build/benchmarks/benchmarks/steward.benchmarks.$area || missed=1
    done
fi
exit $missed
