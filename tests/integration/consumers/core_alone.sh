#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# A consumer of the core alone links nothing but the standard library and threads, and includes nobody else's headers
# but Boost's:
#   core_alone.sh COMPILER BUILD
set -euo pipefail
compiler=$1 build=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$build" --prefix "$work/installed" >/dev/null

mkdir "$work/consumer"
cat >"$work/consumer/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.25)
project(consumer LANGUAGES CXX)
find_package(steward REQUIRED)
add_executable(consumer main.cpp)
target_link_libraries(consumer PRIVATE steward::steward)
END
cat >"$work/consumer/main.cpp" <<'END'
#include <steward/fsm.hpp>
#include <steward/steward.hpp>
#include <steward/testing.hpp>

using numbers = steward::resource<"numbers", steward::adapters::value<int>, steward::pooling::bounded<0, 2>,
                                  steward::metrics::counters, steward::ownership::tracked>;

int main()
{
    steward::manager<numbers> resources{numbers::with(7)};
    return *resources.acquire<"numbers">() == 7 ? 0 : 1;
}
END
cmake -S "$work/consumer" -B "$work/built" -G Ninja -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_BUILD_TYPE=Debug \
    -DCMAKE_PREFIX_PATH="$work/installed" -DCMAKE_CXX_COMPILER_LAUNCHER= >/dev/null
ninja -C "$work/built" -d keepdepfile >/dev/null
"$work/built/consumer"

depfile=$(find "$work/built" -name '*.cpp.o.d')
grep -q 'steward/manager\.hpp' "$depfile" || { echo "failed: no list of includes in $depfile" >&2 && exit 1; }
foreign=$(tr ' ' '\n' <"$depfile" | grep -Ei '/(soci|fmt|range|nlohmann|yaml-cpp|hiredis|openssl|benchmark|postgresql|mysql|mariadb)/|httplib\.h|sqlite3\.h' || true)
[ -z "$foreign" ] || { echo "failed: the core includes $foreign" >&2 && exit 1; }

needed=$(readelf -d "$work/built/consumer" | sed -n 's/.*(NEEDED).*\[\(.*\)\.so.*/\1/p')
for library in $needed; do
    case $library in
    libstdc++ | libm | libgcc_s | libc | libpthread | ld-linux*) ;;
    *) echo "failed: it links $library" >&2 && exit 1 ;;
    esac
done
echo "passed: includes $(tr ' ' '\n' <"$depfile" | grep -c '/steward/') of steward's headers; links" $needed
