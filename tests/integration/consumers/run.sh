#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Copies the consumers' gallery out of the tree, and builds and runs it in one way:
#   run.sh COMPILER SOURCE BUILD find_package|add_subdirectory|fetch_content|pkg_config|core_alone [OPTIONS OF CMAKE]...
set -euo pipefail
compiler=$1 source=$2 build=$3 way=$4
shift 4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$source"/examples/consumers/* "$work"
cd "$work"

fail() { echo "failed: $*" >&2 && exit 1; }
install() { cmake --install "$build" --prefix "$work/installed" >/dev/null; }
with_cmake() {
    cmake -S "$way" -B built -G Ninja -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_BUILD_TYPE=Debug "$@"
    cmake --build built --target notes
    notes=built/notes
}

case $way in
find_package)
    install
    with_cmake -DCMAKE_PREFIX_PATH="$work/installed" "$@"
    ;;
add_subdirectory)
    with_cmake -DSTEWARD_SOURCE_DIR="$source" "$@"
    ! ninja -C built -t targets all | grep -E '^steward\.(tests|examples|benchmarks)' || fail "our own targets are in its build"
    ;;
fetch_content)
    tar -czf steward.tar.gz -C "$source" --exclude=./build --exclude=./.git --transform 's,^\.,steward,' .
    with_cmake -DSTEWARD_ARCHIVE="file://$work/steward.tar.gz" "$@"
    ;;
pkg_config)
    install
    PKG_CONFIG_PATH=$(dirname "$(find "$work/installed" -name steward.pc)") CXX=$compiler \
        make -C pkg_config
    notes=pkg_config/notes
    ;;
*)
    echo "usage: run.sh COMPILER SOURCE BUILD find_package|add_subdirectory|fetch_content|pkg_config [OPTIONS]" >&2
    exit 2
    ;;
esac

"$notes" "buy milk" >/dev/null
said=$("$notes" "call home")
[ "$said" = $'buy milk\ncall home' ] || fail "$way: it said: $said"
echo "passed: $way"
