#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Fuzzes for a minute, from the tests' own input where the folder has some: run.sh PROGRAM DICTIONARY FOLDER [SECONDS]
set -euo pipefail
program=$(realpath "$1") dictionary=$2 folder=$3 seconds=${4:-60}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

mkdir corpus
if [ -d "$folder/machines" ]; then
    cp "$folder"/machines/*.yaml corpus
    # what stands between `== name` and `--` in the text files
    awk '/^== /{out = "corpus/" ++n ".yaml"; next} /^--$/{out = ""; next} out{print > out}' "$folder"/*.txt
fi
"$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -max_len=4096 -dict="$dictionary" -verbosity=0 \
    -print_final_stats=1 corpus 2>said || {
    cat said
    for found in crash-* timeout-* oom-* slow-unit-*; do
        [ ! -e "$found" ] || { echo "== $found"; cat "$found"; }
    done
    exit 1
}
tail -8 said
