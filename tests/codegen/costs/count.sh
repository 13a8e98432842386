#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Counts instructions with callgrind, in one run: count.sh PROGRAM BUDGET [--update]
# A slot without locking may cost 2 % more than the slot by hand; the usual lease and the usual owner, 2 % more than the
# budget in the tree, if there is one for this compiler's version.
set -euo pipefail
program=$1 budget=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
valgrind --tool=callgrind --callgrind-out-file="$work/out" "$program" >/dev/null 2>&1
callgrind_annotate --inclusive=yes --threshold=100 "$work/out" >"$work/functions" 2>/dev/null

declare -A count
for function in slot_by_hand slot_of_steward lease_usual owner_usual; do
    count[$function]=$(awk -v f=":$function " 'index($0 " ", f) { gsub(",", "", $1); print $1; exit }' "$work/functions")
    [ -n "${count[$function]}" ] || { echo "callgrind did not see $function" >&2; exit 1; }
done

if [ "${3:-}" = --update ]; then
    for function in lease_usual owner_usual; do
        echo "$function ${count[$function]}"
    done >"$budget"
fi

failed=0
compare() { # FUNCTION INSTRUCTIONS ALLOWED
    local note=""
    if (($2 * 100 > $3 * 102)); then
        note="  MORE THAN 2 % OVER"
        failed=1
    fi
    printf '%-16s %7d instructions for 1000 uses, allowed %7d + 2 %%%s\n' "$1" "$2" "$3" "$note"
}

compare slot_of_steward "${count[slot_of_steward]}" "${count[slot_by_hand]}"
if [ -e "$budget" ]; then
    while read -r function allowed; do
        compare "$function" "${count[$function]}" "$allowed"
    done <"$budget"
else
    echo "no budget for this compiler: there is no ${budget##*/} (make it with --update)"
fi
exit $failed
