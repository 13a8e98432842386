#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# What including the core and using a manager costs a compiler at -O0, as a ratio to including the same standard
# headers; medians of interleaved repetitions:
#   benchmarks/compile_time/run.sh [REPETITIONS]
# Exits with 1 if a bound in the table is missed. In different_N no two resources have the same adapter type.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
repetitions=${1:-7}
"$root/scripts/setup.sh" build benchmark
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$here/sources.sh" "$work"

seconds() { # COMPILER FILE
    local start=$EPOCHREALTIME
    "$1" -std=c++23 -O0 -I"$root/include" -I"$root/policies/include" -c "$work/$2.cpp" -o "$work/$2.o"
    awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { print b - a }'
}

median() {
    sort -n "$1" | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'
}

failed=0
printf '%-12s %-18s %8s %8s %8s\n' compiler file seconds ratio allowed
for compiler in g++ clang++-19; do
    for ((i = 0; i < repetitions; ++i)); do
        for file in standard manager_8 manager_64 different_8 different_64 standard_machine machine_16 machine_64; do
            seconds "$compiler" "$file" >>"$work/$compiler.$file"
        done
    done
    for line in standard:1 manager_8:3 manager_64:12 different_8:3 different_64:12 \
        standard_machine:1 machine_16:6 machine_64:20; do
        file=${line%:*} limit=${line#*:}
        [[ $file != standard* ]] || unit=$(median "$work/$compiler.$file")
        awk -v c="$compiler" -v f="$file" -v s="$(median "$work/$compiler.$file")" -v u="$unit" -v l="$limit" 'BEGIN {
            missed = l != "" && s / u > l
            printf "%-12s %-18s %8.2f %8.2f %8s%s\n", c, f, s, s / u, l == "" ? "" : "<= " l, missed ? "  MISSED" : ""
            exit missed
        }' || failed=1
    done
done
exit $failed
