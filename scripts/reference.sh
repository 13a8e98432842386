#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Makes the reference of the public headers as HTML (Doxygen, see docs/Doxyfile), and fails with its warnings if there is any:
# a public name without a comment, a parameter or a reference that is not there.
#   scripts/reference.sh [--output DIR]
# DIR is build/reference if none is given; begin at its html/index.html.
set -euo pipefail
here=$PWD
cd "$(dirname "$0")/.."

output=build/reference
case ${1-} in
--output)
    [ $# -eq 2 ] || { echo "usage: scripts/reference.sh [--output DIR]" >&2; exit 2; }
    output=$2
    [[ $output = /* ]] || output=$here/$output
    ;;
"") ;;
*)
    echo "usage: scripts/reference.sh [--output DIR]" >&2
    exit 2
    ;;
esac

scripts/setup.sh reference
[ "$output" != build/reference ] || rm -rf "$output"
mkdir -p "$output"
warnings=$output/warnings.txt
{
    cat docs/Doxyfile
    printf 'OUTPUT_DIRECTORY = "%s"\n' "$output"
} | doxygen - 2>"$warnings"
if [ -s "$warnings" ]; then
    sed "s|^$PWD/||" "$warnings" >&2
    echo "scripts/reference.sh: warnings of Doxygen" >&2
    exit 1
fi
