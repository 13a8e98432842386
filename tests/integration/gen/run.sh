#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Runs one case in a directory of its own: run.sh STEWARD-GEN CASE COMPILER OPTION...
# Exit status: 0 passed, 1 failed, 77 skipped, because something is not installed.
set -euo pipefail
gen=$(realpath "$1") case=$2
shift 2
compiler=("$@")

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

skip() { echo "skipped: $*" && exit 77; }
fail() { echo "failed: $*" >&2 && exit 1; }
# expect WHAT ACTUAL EXPECTED
expect() { [ "$2" = "$3" ] || fail "$1: expected '$3', got '$2'"; }
# expect_in WHAT TEXT PART
expect_in() { [[ $2 == *"$3"* ]] || fail "$1: expected '$3' in: $2"; }

# run STATUS ARGUMENTS...: sets out and err
run() {
    local expected=$1 status=0
    shift
    out=$("$gen" "$@" 2>err) || status=$?
    err=$(<err)
    expect "exit status of 'steward-gen $*' ($err)" "$status" "$expected"
}

# machine FUNCTION: a machine whose one transform is this
machine() {
    cat >machine.yaml <<END
name: counter
states:
  - name: count
    is_start: true
    is_end: true
    transform: $1
END
}
# compile_with DECLARATIONS: what a compiler says of a program that runs machine.yaml
compile_with() {
    run 0 machine.yaml -o machine.hpp
    cat >program.cpp <<END
$1
#include "machine.hpp"
int main()
{
    steward::simple_machine<counter::machine, counter::catalog> machine{counter::settings()};
    return machine.process(1).data;
}
END
    "${compiler[@]}" program.cpp 2>&1
}

header_of_a_machine() {
    machine '{type: custom, name: add_one}'
    run 0 machine.yaml
    local to_output=$out
    run 0 machine.yaml -o machine.hpp
    expect "output" "$out" ""
    expect "the same header in a file" "$(<machine.hpp)" "$to_output"
    expect "files" "$(ls)" "$(printf 'err\nmachine.hpp\nmachine.yaml')"
    compile_with 'void add_one(int& data) { ++data; }' >said || fail "$(<said)"
    expect "what the compiler says of the right program" "$(<said)" ""
}

machine_that_is_wrong() {
    machine '{type: custm, name: add_one}'
    echo "as it was" >machine.hpp
    run 1 machine.yaml -o machine.hpp
    expect "error" "$err" "machine.yaml:6:23: transform: type: expected custom or inline, got 'custm' (did you mean 'custom'?)"
    expect "the header" "$(<machine.hpp)" "as it was"
    run 1 missing.yaml
    expect "error" "$err" "missing.yaml:1:1: it cannot be read"
    mkdir folder.yaml
    run 1 folder.yaml
    expect "error" "$err" "folder.yaml:1:1: it cannot be read"
    machine '{type: custom, name: add_one}'
    run 1 machine.yaml -o no/such/folder/machine.hpp
    expect "error" "$err" "steward-gen: 'no/such/folder/machine.hpp' cannot be written"
}

output_to_other_than_a_plain_file() {
    machine '{type: custom, name: add_one}'
    run 0 machine.yaml
    local to_output=$out
    touch behind.hpp
    ln -s behind.hpp link.hpp
    run 0 machine.yaml -o link.hpp
    [ -L link.hpp ] || fail "the link is gone"
    expect "what the link leads to" "$(sed 's/behind.hpp/machine.hpp/;s/link.hpp/machine.hpp/' behind.hpp)" "$to_output"
    mkfifo pipe
    cat pipe >from_pipe &
    run 0 machine.yaml -o pipe
    wait $!
    [ -p pipe ] || fail "the pipe is gone"
    expect_in "what came through the pipe" "$(<from_pipe)" "namespace counter {"
    run 2 machine.yaml -o ./machine.yaml
    expect "error" "$err" "steward-gen: './machine.yaml' is the machine's file itself"
    expect_in "the machine" "$(<machine.yaml)" "name: counter"
}

called_wrongly() {
    run 0 --help
    expect_in "help" "$out" "usage: steward-gen MACHINE.yaml"
    for arguments in "" "a.yaml b.yaml" "--diagrams a.yaml" "a.yaml -o"; do
        # shellcheck disable=SC2086 # several arguments
        run 2 $arguments
        expect_in "usage" "$err" "usage: steward-gen MACHINE.yaml [-o FILE] [--diagram]"
        expect "output" "$out" ""
    done
}

missing_function() {
    machine '{type: custom, name: orders::add_one}'
    if said=$(compile_with 'namespace orders {}'); then fail "it compiled"; fi
    expect_in "error" "$said" "machine.yaml:6:"
    expect_in "error" "$said" "add_one"
}

uncallable_function() {
    machine '{type: custom, name: add_one}'
    if said=$(compile_with 'struct other {}; void add_one(other&, int) {}'); then fail "it compiled"; fi
    expect_in "error" "$said" "steward-gen: a function of the machine can be called neither with (data, resources) nor with (data)"
    expect_in "error" "$said" "machine.yaml:6:"
    if said=$(compile_with 'const char* add_one(int&) { return ""; }'); then fail "it compiled"; fi
    expect_in "error" "$said" "steward-gen: a transform returns nothing, or the new data"
}

uncalled_lambda() {
    machine '{type: custom, name: add_one}'
    sed -i 's/    transform: .*/    validators: [{type: inline, code: "(([](int\&) { return false; }))"}]/' machine.yaml
    if said=$(compile_with ''); then fail "it compiled"; fi
    expect_in "error" "$said" "steward-gen: a condition is true or false; a lambda is all of its code, a pointer needs != nullptr"
}

wrong_code() {
    machine '{type: inline, code: data.count += 1}'
    if said=$(compile_with ''); then fail "it compiled"; fi
    expect_in "error" "$said" "machine.yaml:6:"
    machine "
      type: inline
      code: |
        data += 1;
        data += nothing_of_that_name;"
    if said=$(compile_with ''); then fail "it compiled"; fi
    expect_in "error" "$said" "machine.yaml:10:"
    expect_in "error" "$said" "nothing_of_that_name"
    machine "{type: inline, code: data += 1; // counts}"
    sed -i 's/ data += 1.*/ "data += 1; \/\/ counts"}/' machine.yaml
    said=$(compile_with '') || fail "$said"
    machine "
      type: inline
      code: |-


        data += nothing_of_that_name;"
    if said=$(compile_with ''); then fail "it compiled"; fi
    expect_in "error" "$said" "machine.yaml:11:"
}

names_of_others() {
    # neither the C library's names, nor macros, nor the user's own functions are in the way
    cat >machine.yaml <<'END'
name: read
states:
  - name: EOF
    is_start: true
    arcs: [{target: "really??!", condition: {type: custom, name: check}}]
  - {name: "really??!", is_end: true, transform: {type: inline, code: "if (check(data + 1)) data += 1"}}
END
    run 0 machine.yaml -o machine.hpp
    cat >program.cpp <<'END'
#include <unistd.h>
#include <cstdio>
bool check(const int& data) { return data > 0; }
#include "machine.hpp"
int main()
{
    steward::simple_machine<read_::machine, read_::catalog> machine;
    return machine.process(1).data;
}
END
    said=$("${compiler[@]}" -Wall -Wextra -Wshadow -Werror program.cpp 2>&1) || fail "$said"
    expect "what the compiler says" "$said" ""
}

diagrams() {
    machine '{type: custom, name: add_one}'
    run 0 machine.yaml --diagram
    expect "Mermaid's first line" "$(head -1 <<<"$out")" "stateDiagram-v2"
    run 0 --diagram machine.yaml -o machine.dot
    command -v dot >/dev/null || skip "there is no dot command"
    dot -Tsvg machine.dot >machine.svg 2>said
    expect "what Graphviz says" "$(<said)" ""
    expect_in "the drawing" "$(<machine.svg)" ">count<"
}

"$case"
echo "passed: $case"
