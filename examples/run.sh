#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Installs what is needed, builds an example and runs it with the arguments given:
#   examples/run.sh [etl] [--input FILE] [--database FILE] [--workers N] ...   the main job (--help for all)
#   examples/run.sh enrich [--api-url URL] [--llm-url URL] [--workers N] ...   file, HTTP, language model, database
#   examples/run.sh sml [DATABASE]   a machine of Boost.Ext SML, which is installed or where STEWARD_SML_INCLUDE_DIR says
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

example=etl
case ${1:-} in
etl | enrich | sml)
    example=$1
    shift
    ;;
esac

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
