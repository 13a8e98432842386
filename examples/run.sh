#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Installs what is needed, builds the main job and runs it with the arguments given:
#   examples/run.sh [--input FILE] [--database FILE] [--workers N] ... (--help for all)
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

"$root/scripts/setup.sh" build example
(
    cd "$root"
    cmake --preset release -DSTEWARD_BUILD_TESTS=OFF -DSTEWARD_BUILD_BENCHMARKS=OFF -B build/examples >/dev/null
    cmake --build build/examples --target steward.examples.etl
) >&2
exec "$root/build/examples/examples/etl/steward.examples.etl" "$@"
