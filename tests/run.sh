#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Installs what is needed, builds everything and runs all tests:
#   tests/run.sh [gcc|clang|proofs|optimized|asan|tsan|headers|fuzz]...      (gcc, if none is named)
# What a submission takes: gcc, clang (with the address and undefined behaviour sanitizers, without the examples), and proofs
# (what Clang compiles without a sanitizer: equal instructions and what must not compile). Where the same tests run on many
# combinations of policies, gcc and clang build every fourth of them each.
# What takes longer: optimized and asan (the same tests with GCC at -O2 and with Clang and its sanitizers, on all
# combinations), tsan (the thread sanitizer), headers (each compiles alone), fuzz (asan's fuzzers, for a quarter of an
# hour each). Each has a build folder of its own under build/. A second call sets nothing up again.
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
    gcc) run ci-gcc ;;
    clang) run ci-asan ;;
    optimized | asan | tsan) run "$job" ;;
    proofs)
        cmake --preset ci-clang
        cmake --build --preset ci-clang --target steward.codegen.costs steward.codegen.sizes steward.tests.compile_fail
        ctest --preset ci-clang -j "$(nproc)" -R '^(codegen|compile_fail|compile_time)\.'
        ;;
    headers)
        cmake --preset ci-gcc
        cmake --build --preset ci-gcc --target all_verify_interface_header_sets
        ;;
    fuzz)
        cmake --preset asan
        cmake --build --preset asan --target steward.fuzz.{gen,flat_file,streams,providers}
        STEWARD_FUZZ_SECONDS=900 ctest --preset asan -j "$(nproc)" -R '^fuzz\.'
        ;;
    *)
        echo "usage: tests/run.sh [gcc|clang|proofs|optimized|asan|tsan|headers|fuzz]..." >&2
        exit 2
        ;;
    esac
done
