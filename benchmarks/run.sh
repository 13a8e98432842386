#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Builds and runs the benchmarks: one table of ratios, all measured in one run, interleaved, medians of 11 repetitions
# (25 where threads wait). Without arguments those of the database adapter follow, which start a server.
#   benchmarks/run.sh [--json FILE] [Google Benchmark's options]
# Exits with 1 and marks the line when a bound given in the table is missed.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh build test benchmark
cmake --preset release -DSTEWARD_BUILD_TESTS=OFF -DSTEWARD_BUILD_EXAMPLES=OFF -B build/benchmarks >/dev/null
missed=0
for area in pools databases; do
    cmake --build build/benchmarks --target steward.benchmarks.$area >&2
done
build/benchmarks/benchmarks/steward.benchmarks.pools "$@" || missed=1
[ $# -gt 0 ] || build/benchmarks/benchmarks/steward.benchmarks.databases || missed=1
exit $missed
