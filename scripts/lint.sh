#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Checks the form (clang-format, the license's line) and the substance (clang-tidy) of our own sources. tests/contract stays as it was given.
#   scripts/lint.sh [--format | --analyze]
# With --format only the form: clang-tidy looks through all headers for each file, a quarter of an hour. With --analyze Clang's
# static analyzer looks, too, which takes four times as long, and at what includes what steward-gen makes, for which the
# adapters have to be built.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh build test benchmark lint
mapfile -t sources < <(git ls-files '*.hpp' '*.cpp' ':!tests/contract/*')
clang-format-19 --dry-run -Werror "${sources[@]}"
# Each file names its license, but those that have no comments, and what came as it is.
mapfile -t unnamed < <(git ls-files ':!tests/contract/*' ':!tests/unit/gen/machines/*' ':!*.json' ':!*.lock' ':!*.sum' \
    ':!*budget*.txt' ':!tests/unit/gen/*.txt' ':!tests/fuzz/*' ':!*.in' ':!LICENSE' |
    xargs grep -L 'SPDX-License-Identifier: BSL-1.0')
if [ ${#unnamed[@]} -gt 0 ]; then
    echo "scripts/lint.sh: no SPDX-License-Identifier: ${unnamed[*]}" >&2
    exit 1
fi
[ "${1-}" != --format ] || exit 0

cmake --preset ci-clang >/dev/null
checks=-clang-analyzer-*
left_out=steward.examples.etl_from_yaml
if [ "${1-}" = --analyze ]; then
    cmake --build --preset ci-clang --target $left_out.generated
    checks=
    left_out=
fi
mkdir -p build/lint
python3 - "$left_out" <<'EOF' >build/lint/units.txt
import json, os, re, sys

left_out = sys.argv[1]
looked_at = re.compile("(adapters|settings|tools|examples|benchmarks/(lab|peers|pools))/")
with open("build/ci-clang/compile_commands.json") as file:
    commands = [c for c in json.load(file)
                if looked_at.match(os.path.relpath(c["file"])) and not (left_out and f"/{left_out}.dir/" in c["command"])]
with open("build/lint/compile_commands.json", "w") as file:
    json.dump(commands, file)
print(*sorted({c["file"] for c in commands}), sep="\n")
EOF
xargs -P "$(nproc)" -n 4 clang-tidy-19 -p build/lint --quiet --checks="$checks" --warnings-as-errors='*' \
    <build/lint/units.txt
