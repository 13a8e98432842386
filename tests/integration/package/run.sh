#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Builds and runs a consumer's project outside of the tree:
#   run.sh COMPILER BUILD
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
compiler=$1 build=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here"/consumer/* "$here"/../../../adapters/http/src/httplib_sizes.hpp "$work"

cmake --install "$build" --prefix "$work/installed" >/dev/null
cmake -S "$work" -B "$work/build" -G Ninja -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_BUILD_TYPE=Debug \
    -DCMAKE_PREFIX_PATH="$work/installed"
build_and_run() {
    cmake --build "$work/build" --target consumer
    "$work/build/consumer" | tee "$work/said"
}
build_and_run
# the machine is made anew when its file changes, and only then
grep -qx "counted to 2" "$work/said"
sed -i 's/data += 1/data += 10/' "$work/counter.yaml"
build_and_run
grep -qx "counted to 11" "$work/said"
cmake --build "$work/build" --target consumer | grep -q "no work to do"
