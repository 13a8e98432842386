#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Builds and runs the policy lab, every combination of policies under the same workloads, and makes a page of it.
#   benchmarks/lab.sh [--quick] --output DIR [--workload=burst] [--locking=lock_free,biased] ...
# DIR gets results.json, report.html and results.csv. --quick ends within three minutes on two cores. `--help` tells of the filters. With --check only
# a few combinations are built, and it exits with 1 where a ratio is out of its bounds.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

output=
target=steward.lab
arguments=()
while [ $# -gt 0 ]; do
    case $1 in
    --output)
        output=${2:?benchmarks/lab.sh: --output needs a folder}
        shift
        ;;
    --output=*) output=${1#--output=} ;;
    --check)
        target=steward.lab.check
        arguments+=("$1")
        ;;
    *) arguments+=("$1") ;;
    esac
    shift
done
case " ${arguments[*]-} " in
*" --help "* | *" --list "*) output= ;; # nothing is measured
*)
    if [ -z "$output" ]; then
        echo "benchmarks/lab.sh: --output DIR says where the results go" >&2
        exit 2
    fi
    mkdir -p "$output"
    arguments+=("--output=$(cd "$output" && pwd)/results.json")
    ;;
esac

"$root/scripts/setup.sh" build benchmark
(
    cd "$root"
    cmake --preset release -DSTEWARD_BUILD_TESTS=OFF -DSTEWARD_BUILD_EXAMPLES=OFF -B build/benchmarks >/dev/null
) >&2
cmake --build "$root/build/benchmarks" --target $target steward.lab.report >&2
built=$root/build/benchmarks/benchmarks/lab
status=0
"$built/$target" "${arguments[@]}" || status=$? # a bound that is missed is in the report, too
[ -z "$output" ] || [ $status -gt 1 ] || "$built/report/steward.lab.report" "$output/results.json" --output "$output"
exit $status
