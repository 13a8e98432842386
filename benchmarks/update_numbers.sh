#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Puts the lab's tables into Markdown files, with the machine that they were made on:
#   benchmarks/update_numbers.sh RESULTS.json... FILE.md...
# A table goes between the lines <!-- lab:begin NAME --> and <!-- lab:end NAME -->, where NAME is peers, costs, or costs and
# one axis (costs locking). Nothing is written if a file has no such lines, or asks for a table that the results do not have.
# STEWARD_LAB_REPORT names a steward.lab.report that is built already.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

results=()
files=()
for word in "$@"; do
    case $word in
    *.json) results+=("$word") ;;
    *.md) files+=("$word") ;;
    *) results=() && break ;;
    esac
done
if [ ${#results[@]} -eq 0 ] || [ ${#files[@]} -eq 0 ]; then
    echo "usage: benchmarks/update_numbers.sh RESULTS.json... FILE.md..." >&2
    exit 2
fi

report=${STEWARD_LAB_REPORT-}
if [ -z "$report" ]; then
    # shellcheck source=report.sh
    source "$root/benchmarks/report.sh"
    "$root/scripts/setup.sh" build >&2
    build_optimized steward.lab.report
    report=$build/benchmarks/lab/report/steward.lab.report
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$report" "${results[@]}" --markdown >"$folder/tables"
if [ ! -s "$folder/tables" ]; then
    echo "benchmarks/update_numbers.sh: the results have no table: they need a hot loop or peers" >&2
    exit 1
fi
for i in "${!files[@]}"; do
    awk '
        function fail(line, what) {
            print FILENAME ":" line ": " what >"/dev/stderr"
            failed = 1
            exit 1
        }
        {
            is_begin = $0 ~ /^<!-- lab:begin [a-z_]+( [a-z_]+)? -->$/
            is_end = $0 ~ /^<!-- lab:end [a-z_]+( [a-z_]+)? -->$/
            marked = NF == 5 ? $3 " " $4 : $3
        }
        NR == FNR {
            if (is_begin) name = marked
            tables[name] = tables[name] $0 "\n"
            next
        }
        is_begin {
            if (inside != "") fail(FNR, "expected <!-- lab:end " inside " --> before this")
            if (!(marked in tables)) fail(FNR, "the results have no table \"" marked "\"")
            inside = marked
            begin = FNR
            printf "%s", tables[inside]
            any = 1
            next
        }
        is_end {
            if (marked != inside) fail(FNR, "expected <!-- lab:begin " marked " --> before this")
            inside = ""
            next
        }
        inside == "" { print }
        END {
            if (failed) exit 1
            if (inside != "") fail(begin, "expected <!-- lab:end " inside " --> after this")
            if (!any) fail(1, "expected a line <!-- lab:begin NAME -->")
        }
    ' "$folder/tables" "${files[i]}" >"$folder/$i"
done
for i in "${!files[@]}"; do
    cat "$folder/$i" >"${files[i]}"
done
