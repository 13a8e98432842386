#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# What compiling costs, with each compiler: seconds and memory against the number of resources, states and policies, for each
# header, and the dearest templates:
#   benchmarks/compile_time/lab.sh [--quick] --output DIR
# DIR gets results.json and report.html. --quick measures each once (four minutes on an idle machine), else three times.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

folder=
repetitions=3
while [ $# -gt 0 ]; do
    case $1 in
    --quick) repetitions=1 ;;
    --output)
        folder=${2:?benchmarks/compile_time/lab.sh: --output needs a folder}
        shift
        ;;
    --output=*) folder=${1#--output=} ;;
    *)
        echo "usage: benchmarks/compile_time/lab.sh [--quick] --output DIR" >&2
        exit 2
        ;;
    esac
    shift
done
if [ -z "$folder" ]; then
    echo "benchmarks/compile_time/lab.sh: --output DIR says where the results go" >&2
    exit 2
fi
mkdir -p "$folder"

"$root/scripts/setup.sh" build benchmark
build=$root/build/benchmarks
{
    (cd "$root" && cmake --preset release -DSTEWARD_BUILD_TESTS=OFF -DSTEWARD_BUILD_EXAMPLES=OFF -B "$build")
    cmake --build "$build" --target steward.lab.report
} >&2
"$here/lab.py" "$root" "$folder/results.json" "$repetitions"
"$build/benchmarks/lab/report/steward.lab.report" "$folder/results.json" --output "$folder"
