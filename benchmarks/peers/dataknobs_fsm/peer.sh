# SPDX-License-Identifier: BSL-1.0
# shellcheck shell=bash disable=SC2034
language=Python
version=$(sed -n 's/^dataknobs-fsm==\([0-9.]*\).*/\1/p' requirements.txt)
declare -A commands=([dataknobs-fsm]="$output/bin/python $PWD/main.py")
build() {
    need python3 || return
    # The hashes are those of its wheels.
    [ "$(python3 -c 'import sys; print(*sys.version_info[:2], sep=".")')" = 3.11 ] ||
        { echo "its packages are pinned for Python 3.11, and this is $(python3 --version)" && return 1; }
    [ -e "$output/complete" ] && cmp -s requirements.txt "$output/complete" && return
    python3 -m venv "$output" &&
        "$output/bin/pip" install --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all: \
            -r requirements.txt &&
        cp requirements.txt "$output/complete"
}
