#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Builds and runs the benchmarks: one table of ratios, all measured in one run, interleaved, medians of 11 repetitions
# (25 where threads wait).
#   benchmarks/run.sh [--json FILE] [Google Benchmark's options]
# Exits with 1 and marks the line when a bound given in the table is missed.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh build benchmark
cmake --preset release -DSTEWARD_BUILD_TESTS=OFF -DSTEWARD_BUILD_EXAMPLES=OFF -B build/benchmarks >/dev/null
cmake --build build/benchmarks --target steward.benchmarks.pools >&2
exec build/benchmarks/benchmarks/steward.benchmarks.pools "$@"
