#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Counts the template instantiations of managers of 8, 16 and 32 resources, of one kind and of as many kinds, and of
# machines of as many states (Clang's -ftime-trace, the same on every machine with the same headers), and compares them
# with the budget in the tree, if there is one for this version of the standard library:
#   instantiations.sh [--update]
# Exits with 1 if one is more than 3 % over its budget, or if they grow faster than linearly.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
compiler=${CLANG:-clang++-19}
library=$(echo '#include <version>' | "$compiler" -std=c++23 -x c++ -E -dM - | awk '$2 == "_GLIBCXX_RELEASE" { print $3 }')
budgets=$here/budget-libstdc++-$library.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$here/sources.sh" "$work"
declare -A count
for kind in manager different machine; do
    for n in 8 16 32; do
        file=${kind}_$n
        "$compiler" -std=c++23 -O0 -I"$root/include" -I"$root/policies/include" -ftime-trace \
            -ftime-trace-granularity=0 -c "$work/$file.cpp" -o "$work/$file.o"
        count[$file]=$(grep -oE '"name":"Instantiate(Class|Function)"' "$work/$file.json" | wc -l)
    done
done

if [ "${1:-}" = --update ]; then
    for kind in manager different machine; do
        for n in 8 16 32; do
            echo "${kind}_$n ${count[${kind}_$n]}"
        done
    done >"$budgets"
fi

failed=0
for file in "${!count[@]}"; do
    budget=$(awk -v f="$file" '$1 == f { print $2 }' "$budgets" 2>/dev/null || true)
    over=""
    if ((count[$file] * 100 > ${budget:-${count[$file]}} * 103)); then
        over="  MORE THAN 3 % OVER"
        failed=1
    fi
    printf '%-14s %7d instantiations, budget %7s%s\n' "$file" "${count[$file]}" "${budget:-none}" "$over"
done > >(sort)
wait $!
[ -e "$budgets" ] || echo "no budget for this standard library: there is no ${budgets##*/} (make it with --update)"

# Linear: what 16 more resources cost is at most twice what 8 more cost, give or take 3 %.
for kind in manager different machine; do
    if (((count[${kind}_32] - count[${kind}_16]) * 100 > 2 * (count[${kind}_16] - count[${kind}_8]) * 103)); then
        echo "$kind: the number of instantiations grows faster than linearly"
        failed=1
    fi
done
exit $failed
