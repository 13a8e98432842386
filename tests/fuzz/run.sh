#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Fuzzes from the tests' own input where the folder has some: run.sh PROGRAM DICTIONARY FOLDER
# For twenty seconds and with the same seed each time, so that what one change does not break is not found in another; for
# STEWARD_FUZZ_SECONDS and with a seed of its own if that is set.
set -euo pipefail
program=$(realpath "$1") dictionary=$2 folder=$3 seconds=${STEWARD_FUZZ_SECONDS:-20}
seed=1
[ -z "${STEWARD_FUZZ_SECONDS-}" ] || seed=0 # libFuzzer takes one at random
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

mkdir corpus
if [ -d "$folder/machines" ]; then
    cp "$folder"/machines/*.yaml corpus
    # what stands between `== name` and `--` in the text files
    awk '/^== /{out = "corpus/" ++n ".yaml"; next} /^--$/{out = ""; next} out{print > out}' "$folder"/*.txt
fi
"$program" -seed=$seed -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -max_len=4096 -dict="$dictionary" -verbosity=0 \
    -print_final_stats=1 corpus 2>said || {
    cat said
    for found in crash-* timeout-* oom-* slow-unit-*; do
        [ ! -e "$found" ] || { echo "== $found, by base64 --decode:"; base64 "$found"; }
    done
    exit 1
}
tail -8 said
