#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Writes the programs whose compilation is measured into a folder:
#   sources.sh FOLDER
# standard.cpp includes the standard headers that the core includes; manager_N.cpp includes the core and uses a manager
# of N resources: builds it, acquires each by name, through a lease and through an owner, and reports. In different_N.cpp
# each resource has an adapter type of its own, so that no two share a pool's code.
# standard_machine.cpp includes those of <steward/fsm.hpp>, too; machine_N.cpp runs a machine of N states, each of which
# needs a resource of its own and that of the next one, with a way to the state after it, one to the last, and one for errors.
# policies_N.cpp is different_8.cpp with N policies named beside the adapter, and database_N.cpp, http_N.cpp and so on use N
# resources of that adapter; of 0 they include its header alone.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
out=$1
mkdir -p "$out"

standard_headers() { # GREP'S OPTIONS
    grep -rhoE '^#include <[a-z_]+>' "$root/include" "$root/policies/include" --include='*.hpp' --exclude-dir=format \
        --exclude=format.hpp "$@" | sort -u
    echo 'int main() {}'
}
standard_headers --exclude-dir=fsm --exclude=fsm.hpp >"$out/standard.cpp"
standard_headers >"$out/standard_machine.cpp"

each() { # NUMBER FORMAT [BETWEEN]: the format for each number from 1, which stands for @
    local i
    for ((i = 1; i <= $1; ++i)); do
        [ "$i" = 1 ] || printf '%s' "${3-}"
        # shellcheck disable=SC2059
        printf "${2//@/$i}"
    done
}

uses() { # NUMBER: of the resources of a manager `all`, to the end of main
    printf '    auto owner = all.owner("test", 1);\n'
    each "$1" '    { auto lease = all.acquire<"r@">(); owner.acquire<"r@">(); }\n'
    printf '    return static_cast<int>(all.status().size());\n}\n'
}

manager() { # NUMBER KINDS [POLICIES]: of kinds, 0 is one adapter type, 1 one each
    local n=$1 kind=$2 policies=${3-', metrics::counters, ownership::tracked'}
    cat <<'END'
#include <steward/steward.hpp>

template <int Kind>
struct sessions {
    struct session {};
    struct settings {};
    using resource_type = session;
    explicit sessions(settings) {}
    session create() { return {}; }
};
using namespace steward;
template <fixed_string Name, int Kind>
END
    printf 'using usual = resource<Name, sessions<Kind>%s>;\nusing resources = manager<' "$policies"
    [ "$kind" = 0 ] || kind=@
    each "$n" "usual<\"r@\", $kind>" ', '
    printf '>;\n\nint main()\n{\n    resources all;\n'
    uses "$n"
}

for n in 1 4 8 16 32 64; do
    manager "$n" 0 >"$out/manager_$n.cpp"
    manager "$n" 1 >"$out/different_$n.cpp"
done

named=
manager 8 1 "" >"$out/policies_0.cpp"
n=0
for policy in 'locking::lock_free' 'pooling::arena<8>' 'health::circuit_breaker<3>' 'metrics::all<metrics::counters, metrics::histogram>' \
    'ownership::traced<>' 'waiting::first_come'; do
    named+=", $policy"
    manager 8 1 "$named" >"$out/policies_$((++n)).cpp"
done

adapter() { # HEADER TYPE NUMBER
    local n=$3
    printf '#include <steward/adapters/%s.hpp>\n#include <steward/steward.hpp>\n\nusing namespace steward;\n' "$1"
    if [ "$n" = 0 ]; then
        echo 'int main() {}'
        return
    fi
    printf 'template <fixed_string Name>\nusing one = resource<Name, adapters::%s>;\n\nint main()\n{\n    manager<' "$2"
    each "$n" 'one<"r@">' ', '
    printf '> all{'
    each "$n" 'one<"r@">::with({})' ', '
    printf '};\n'
    uses "$n"
}

for n in 0 1 4 16; do
    adapter database 'database<adapters::sqlite>' "$n" >"$out/database_$n.cpp"
    adapter filesystem filesystem "$n" >"$out/filesystem_$n.cpp"
    adapter http http "$n" >"$out/http_$n.cpp"
    adapter llm 'llm<adapters::openai>' "$n" >"$out/llm_$n.cpp"
    adapter redis redis "$n" >"$out/redis_$n.cpp"
done

machine() { # NUMBER OF STATES
    local n=$1 i
    cat <<'END'
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

struct session {
    int uses = 0;
};
struct sessions {
    struct settings {};
    using resource_type = session;
    explicit sessions(settings) {}
    session create() { return {}; }
};
struct data {
    int number = 0;
    bool ends = false;
};
using namespace steward;
using namespace steward::literals;
template <fixed_string Name>
using usual = resource<Name, sessions, metrics::counters, ownership::tracked>;
END
    printf 'using everything = catalog<'
    each "$n" 'usual<"r@">' ', '
    printf '>;\n'
    for ((i = 1; i < n; ++i)); do
        printf 'struct s%d {\n    using needs = steward::needs<"r%d", "r%d">;\n' "$i" "$i" "$((i + 1))"
        printf '    void operator()(data& d, auto& held) const { d.number += ++held["r%d"_r].uses; }\n};\n' "$i"
    done
    printf 'struct s%d {};\nstruct machine {\n    using states = steward::states<' "$n"
    each "$n" 's@' ', '
    printf '>;\n    using arcs = steward::arcs<'
    for ((i = 1; i < n; ++i)); do
        [ "$i" = 1 ] || printf ', '
        [ "$i" = "$((n - 1))" ] || printf 'arc<s%d, s%d, when<&data::ends>>, arc<s%d, s%d, on_error<std::bad_alloc>>, ' \
            "$i" "$n" "$i" "$n"
        printf 'arc<s%d, s%d>' "$i" "$((i + 1))"
    done
    printf '>;\n};\n\nint main()\n{\n    manager_for<machine, everything> all;\n'
    printf '    return run<machine>(all, data{}).data.number;\n}\n'
}

for n in 2 4 8 16 32 64; do
    machine "$n" >"$out/machine_$n.cpp"
done
