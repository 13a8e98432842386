# SPDX-License-Identifier: BSL-1.0
#
# What the scripts that measure and make a report have in common. They source this, with `root` set.

build=$root/build/benchmarks

# take_output ARGUMENT...: `folder` is what --output says, `arguments` the others.
take_output() {
    folder=
    arguments=()
    while [ $# -gt 0 ]; do
        case $1 in
        --output)
            folder=${2:?$0: --output needs a folder}
            shift
            ;;
        --output=*) folder=${1#--output=} ;;
        *) arguments+=("$1") ;;
        esac
        shift
    done
}

# Makes the folder, which must have been named.
make_folder() {
    if [ -z "$folder" ]; then
        echo "$0: --output DIR says where the results go" >&2
        exit 2
    fi
    mkdir -p "$folder"
    folder=$(cd "$folder" && pwd)
}

# build_optimized TARGET...: builds these, without the tests and the examples.
build_optimized() {
    (cd "$root" && cmake --preset release -DSTEWARD_BUILD_TESTS=OFF -DSTEWARD_BUILD_EXAMPLES=OFF -B "$build" >/dev/null) >&2
    cmake --build "$build" --target "$@" >&2
}

# Makes the page of $folder/results.json.
make_report() {
    "$build/benchmarks/lab/report/steward.lab.report" "$folder/results.json" --output "$folder"
}
