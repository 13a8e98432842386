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

# shellcheck source=../report.sh
source "$root/benchmarks/report.sh"

take_output "$@"
repetitions=3
for each in "${arguments[@]}"; do
    case $each in
    --quick) repetitions=1 ;;
    *)
        echo "usage: benchmarks/compile_time/lab.sh [--quick] --output DIR" >&2
        exit 2
        ;;
    esac
done
make_folder

"$root/scripts/setup.sh" build benchmark
build_optimized steward.lab.report
"$here/lab.py" "$root" "$folder/results.json" "$repetitions"
make_report
