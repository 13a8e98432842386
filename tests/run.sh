#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Installs what is needed, builds everything and runs all tests:
#   tests/run.sh [gcc|clang|asan|optimized|tsan|proofs|fuzz]...      (gcc, if none is named)
# Each job has a build folder of its own under build/; that of proofs is clang's, of which it is a part: what Clang
# compiles without a sanitizer, equal instructions and what must not compile; that of fuzz is asan's: its fuzzers, for a
# quarter of an hour each. A second call sets nothing up again.
set -euo pipefail
cd "$(dirname "$0")/.."

[ $# -gt 0 ] || set -- gcc
scripts/setup.sh build test browser benchmark

run() {
    local preset=$1
    echo "== $preset: configure"
    cmake --preset "$preset"
    echo "== $preset: build"
    cmake --build --preset "$preset"
    echo "== $preset: test"
    ctest --preset "$preset" -j "$(nproc)"
}

for job in "$@"; do
    case $job in
    gcc)
        run ci-gcc
        cmake --build --preset ci-gcc --target all_verify_interface_header_sets
        ;;
    clang) run ci-clang ;;
    asan | optimized | tsan) run "$job" ;;
    proofs)
        cmake --preset ci-clang
        cmake --build --preset ci-clang --target steward.codegen.costs steward.codegen.sizes steward.tests.compile_fail
        ctest --preset ci-clang -j "$(nproc)" -R '^(codegen|compile_fail|compile_time)\.'
        ;;
    fuzz)
        cmake --preset asan
        cmake --build --preset asan --target steward.fuzz.{gen,flat_file,streams,providers}
        STEWARD_FUZZ_SECONDS=900 ctest --preset asan -j "$(nproc)" -R '^fuzz\.'
        ;;
    *)
        echo "usage: tests/run.sh [gcc|clang|asan|optimized|tsan|proofs|fuzz]..." >&2
        exit 2
        ;;
    esac
done
