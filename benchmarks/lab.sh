#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Builds and runs the policy lab, every combination of policies under the same workloads, and makes a page of it.
#   benchmarks/lab.sh [--quick] --output DIR [--workload=burst] [--locking=lock_free,biased] ...
# DIR gets results.json, report.html and results.csv. --quick ends within three minutes on two cores. `--help` tells of the
# filters. With --check only a few combinations are built, and it exits with 1 where a ratio is out of its bounds.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

# shellcheck source=report.sh
source "$root/benchmarks/report.sh"

take_output "$@"
target=steward.lab
measures=yes
for each in "${arguments[@]}"; do
    case $each in
    --check) target=steward.lab.check ;;
    --help | --list) measures= ;;
    esac
done
if [ $measures ]; then
    make_folder
    arguments+=("--output=$folder/results.json")
fi

"$root/scripts/setup.sh" build benchmark
build_optimized $target steward.lab.report
status=0
"$build/benchmarks/lab/$target" "${arguments[@]}" || status=$? # a bound that is missed is in the report, too
[ -z "$measures" ] || [ $status -gt 1 ] || make_report
exit $status
