#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Checks the form (clang-format) and the substance (clang-tidy) of our own sources. tests/contract stays as it was given.
#   scripts/lint.sh [--analyze]
# With --analyze Clang's static analyzer looks at them, too, which takes four times as long.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh build test benchmark lint
checks=-clang-analyzer-*
[ "${1-}" != --analyze ] || checks=
mapfile -t sources < <(git ls-files '*.hpp' '*.cpp' ':!tests/contract/*')
clang-format-19 --dry-run -Werror "${sources[@]}"
cmake --preset ci-clang >/dev/null
cmake --build --preset ci-clang --target steward.examples.etl_from_yaml.generated
mapfile -t units < <(git ls-files 'adapters/*.cpp' 'settings/*.cpp' 'tools/*.cpp' 'examples/*.cpp' 'benchmarks/lab/*.cpp' 'benchmarks/peers/*.cpp' 'benchmarks/pools/*.cpp' |
    while read -r file; do # what is built here
        ! grep -qF "/$file\"" build/ci-clang/compile_commands.json || echo "$file"
    done)
printf '%s\n' "${units[@]}" | xargs -P "$(nproc)" -n 4 clang-tidy-19 -p build/ci-clang --quiet --checks="$checks" \
    --warnings-as-errors='*'
