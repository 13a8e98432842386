#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Writes the programs whose compilation is measured into a folder:
#   sources.sh FOLDER
# standard.cpp includes the standard headers that the core includes; manager_N.cpp includes the core and uses a manager
# of N resources: builds it, acquires each by name, through a lease and through an owner, and reports. In different_N.cpp
# each resource has an adapter type of its own, so that no two share a pool's code.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
out=$1
mkdir -p "$out"

{
    grep -rhoE '^#include <[a-z_]+>' "$root/include" "$root/policies/include" --include='*.hpp' --exclude-dir=format \
        --exclude=format.hpp | sort -u
    echo 'int main() {}'
} >"$out/standard.cpp"

manager() { # NUMBER KINDS: 0 for one adapter type, 1 for one each
    local n=$1 kind=$2 i
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
using usual = resource<Name, sessions<Kind>, metrics::counters, ownership::tracked>;
END
    printf 'using resources = manager<'
    for ((i = 1; i <= n; ++i)); do
        [ "$i" = 1 ] || printf ', '
        printf 'usual<"r%d", %d>' "$i" "$((kind * i))"
    done
    printf '>;\n\nint main()\n{\n    resources all;\n    auto owner = all.owner("test", 1);\n'
    for ((i = 1; i <= n; ++i)); do
        printf '    { auto lease = all.acquire<"r%d">(); owner.acquire<"r%d">(); }\n' "$i" "$i"
    done
    printf '    return static_cast<int>(all.status().size());\n}\n'
}

for n in 8 16 32 64; do
    manager "$n" 0 >"$out/manager_$n.cpp"
    manager "$n" 1 >"$out/different_$n.cpp"
done
