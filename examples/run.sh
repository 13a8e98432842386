#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Installs what is needed, builds the main job and runs it with the arguments given:
#   examples/run.sh [--input FILE] [--database FILE] [--workers N] ... (--help for all)
# or, where Boost.Ext SML is installed or STEWARD_SML_INCLUDE_DIR says where it is, the example of a machine of that library:
#   examples/run.sh sml [DATABASE]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

example=etl
if [ "${1:-}" = sml ]; then
    example=sml
    shift
fi

"$root/scripts/setup.sh" build example
(
    cd "$root"
    cmake --preset release -DSTEWARD_BUILD_TESTS=OFF -DSTEWARD_BUILD_BENCHMARKS=OFF \
        ${STEWARD_SML_INCLUDE_DIR:+"-DSTEWARD_SML_INCLUDE_DIR=$STEWARD_SML_INCLUDE_DIR"} -B build/examples >/dev/null
) >&2
if [ "$example" = sml ] && ! cmake --build "$root/build/examples" --target help | grep -q "^steward.examples.sml:"; then
    echo "examples/run.sh: skipped: there is no Boost.Ext SML here (say where by STEWARD_SML_INCLUDE_DIR)" >&2
    exit 0
fi
cmake --build "$root/build/examples" --target "steward.examples.$example" >&2
exec "$root/build/examples/examples/$example/steward.examples.$example" "$@"
