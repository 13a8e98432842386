#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Runs one case, a function of the file CASES, in a directory of its own:
#   run_case.sh CASES PROGRAM CASE
# Exit status: 0 passed, 1 failed, 77 skipped, because something is not installed.
set -euo pipefail
cases=$(realpath "$1")
program=$(realpath "$2")

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

skip() { echo "skipped: $*" && exit 77; }
fail() { echo "failed: $*" >&2 && exit 1; }

command -v sqlite3 >/dev/null || skip "there is no sqlite3 command"

# expect WHAT ACTUAL EXPECTED
expect() { [ "$2" = "$3" ] || fail "$1: expected '$3', got '$2'"; }
# expect_in WHAT TEXT PART
expect_in() { [[ $2 == *"$3"* ]] || fail "$1: expected '$3' in: $2"; }

query() { sqlite3 -readonly "$1" "$2"; }
# reported REPORT NAME: the number behind a name in the report
reported() { sed -n "s/^$2  *\([0-9,.]*\)\$/\1/p" <<<"$1" | tr -d ,; }

# run STATUS ARGUMENTS...: sets out and err
run() {
    local expected=$1 status=0
    shift
    out=$("$program" "$@" 2>"$scratch/err") || status=$?
    err=$(<"$scratch/err")
    expect "exit status of '$(basename "$program") $*' ($err)" "$status" "$expected"
}

# shellcheck source=/dev/null
source "$cases"
cd "$scratch"
"$3"
echo "passed: $3"
