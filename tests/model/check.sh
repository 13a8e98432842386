#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Has spin check a model: check.sh MODEL [-DOPTION...] passes|fails
# With -DFOR_EVER the model's claim is checked, under weak fairness, else assertions and end states. Works in a folder
# of its own below the current one. A search that was not complete, for want of memory or depth, proves nothing: it
# fails either way.
set -euo pipefail
model=$1 expected=${*: -1}
options=("${@:2:$#-2}")
work=$(mktemp -d "$PWD/model.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"

search=(-DSAFETY)
run=()
if [[ " ${options[*]-} " == *" -DFOR_EVER "* ]]; then
    search=(-DNFAIR=2)
    run=(-a -f)
fi
spin -a "${options[@]}" "$model" >generated 2>&1 || { cat generated >&2; exit 1; }
cc -O1 -w "${search[@]}" -DMEMLIM=2000 -o pan pan.c
./pan "${run[@]}" -m200000 >result 2>&1 || true

if ! grep -q 'errors: [0-9]' result || grep -qE 'max search depth too small|reached -DMEMLIM|out of memory' result; then
    cat result >&2
    exit 1
fi
grep -E '^pan:1:|errors:|states, stored|elapsed time' result
found=fails
! grep -q 'errors: 0$' result || found=passes
[ "$found" != "$expected" ] || exit 0

echo "$(basename "$model") ${options[*]-}: $found, and should not" >&2
if [ "$found" = fails ]; then
    cp "$model" "$(dirname "$model")/store_buffers.pml" .
    spin -t -p -g -l "${options[@]}" "$(basename "$model")" | tail -n 400 >&2
fi
exit 1
