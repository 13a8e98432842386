#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Measures steward beside other libraries' pools, in one run:
#   benchmarks/peers/run.sh [--quick] --output DIR [--workload=NAMES] [--threads=NUMBERS] [--repetitions=N]
# Installs and builds what it needs, prints one table and writes DIR/results.json and DIR/report.html. What cannot be built
# is shown there as missing, with the reason. --quick ends within minutes, a whole run in half an hour. Wants an idle
# machine.
set -euo pipefail
peers=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$peers/../.." && pwd)

# shellcheck source=../report.sh
source "$root/benchmarks/report.sh"

take_output "$@"
make_folder
arguments+=("--output=$folder/results.json")

"$root/scripts/setup.sh" build benchmark
"$root/scripts/setup.sh" peers || echo "some peers will be missing" >&2

build_optimized steward.peers.{driver,steward,mutex,soci} steward.lab.report
for which in usual plain biased first_come; do
    arguments+=("--peer='$build/benchmarks/peers/steward.peers.steward' $which")
done
for name in mutex soci; do
    arguments+=("--peer='$build/benchmarks/peers/steward.peers.$name'")
done

need() {
    local command
    for command in "$@"; do
        command -v "$command" >/dev/null || { echo "$command is not installed" && return 1; }
    done
}

# Each folder's peer.sh says language and version, `commands` by id, and how to build them into $output.
other_peers() {
    local name output log id reason
    for name in hikaricp puddle deadpool bb8 dataknobs_fsm; do
        output=$build/peers/$name
        log=$output.log
        mkdir -p "$output"
        echo "building $name" >&2
        (
            cd "$peers/$name"
            # shellcheck source=/dev/null
            source ./peer.sh
            if build >"$log" 2>&1 </dev/null; then
                for id in "${!commands[@]}"; do
                    echo "--peer=${commands[$id]}"
                done
            else
                reason=$(grep -v '^ *$' "$log" | tail -n 1 | tr -d ';' | cut -c 1-200)
                for id in "${!commands[@]}"; do
                    echo "--missing=$id;$language;$version;it could not be built: $reason"
                done
            fi
        )
    done
}
mapfile -t others < <(other_peers)
"$build/benchmarks/peers/steward.peers.driver" "${arguments[@]}" "${others[@]}"
make_report
