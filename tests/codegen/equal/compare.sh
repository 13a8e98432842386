#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Compiles a proof at -O2 and compares its functions' instructions: compare.sh COMPILER FILE INCLUDE...
# `by_hand` and `through_steward` must be the same, `with_counters` must be another.
set -euo pipefail
compiler=$1 file=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$compiler" -std=c++23 -O2 -fno-asynchronous-unwind-tables -ffunction-sections "${@/#/-I}" -c "$file" -o "$work/proof.o"

# The instructions of one function and what they refer to: without addresses, labels of constants, and padding.
instructions() {
    objdump -dr --no-show-raw-insn --disassemble="$1" "$work/proof.o" \
        | sed -nE '/^[0-9a-f]+ <'"$1"'>:/,/^$/ p' \
        | sed -E '1d; /^$/d; s/^[[:space:]]*[0-9a-f]+:[[:space:]]*//; s/\.LCPI[0-9]+_/.LCPI_/' \
        | sed -E 's/[0-9a-f]* ?<'"$1"'(\+0x[0-9a-f]+)?>/<\1>/; /^(nop|data16|cs nop|xchg +%ax,%ax)/d'
}

for function in by_hand through_steward with_counters; do
    instructions "$function" >"$work/$function"
    [ -s "$work/$function" ] || { echo "$file: there is no $function in the object file" >&2; exit 1; }
done
if ! diff -u "$work/by_hand" "$work/through_steward"; then
    echo "$file: going through steward gives other instructions than by hand" >&2
    exit 1
fi
if cmp -s "$work/by_hand" "$work/with_counters"; then
    echo "$file: even a counting manager gives the same instructions: the comparison compares nothing" >&2
    exit 1
fi
echo "$(wc -l <"$work/by_hand") equal instructions"
