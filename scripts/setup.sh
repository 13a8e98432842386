#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Installs what is needed, through apt, as root or with sudo:
#   scripts/setup.sh GROUP...
# where a group is build, test, browser, lint, reference, example, benchmark, peers or fresh_machine. Does nothing at all where
# everything is there.
set -euo pipefail

# Debian 12 has two versions of Boost, and by default the one that is too old.
boost=libboost-dev
! grep -qsx 'VERSION_ID="12"' /etc/os-release || boost=libboost1.81-dev

build="g++ cmake ninja-build ccache $boost libfmt-dev librange-v3-dev libsoci-dev libsqlite3-dev libyaml-cpp-dev nlohmann-json3-dev libcpp-httplib-dev libpq-dev libmariadb-dev libhiredis-dev libssl-dev"
test="python3-venv libgtest-dev libgmock-dev clang-19 libclang-rt-19-dev valgrind binutils sqlite3 unicode-data tzdata procps librapidcheck-dev spin redis-server postgresql mariadb-server-core mariadb-client-core nginx openssl"
# In it the pages of the policy lab are tested.
browser="chromium chromium-driver python3 fonts-dejavu-core"
reference="doxygen"
fresh_machine="debootstrap"
lint="clang-format-19 clang-tidy-19"
example="unicode-data tzdata"
benchmark="libbenchmark-dev clang-19"

# A toolchain of another language that is there already, from wherever it came, will do.
rust=cargo
! grep -qsx 'VERSION_ID="12"' /etc/os-release || rust="cargo-web rustc-web" # the other one is too old
peers=python3-venv
command -v go >/dev/null || peers+=" golang-go"
command -v cargo >/dev/null || peers+=" $rust"
command -v javac >/dev/null || peers+=" default-jdk-headless"
command -v mvn >/dev/null || peers+=" maven"

usage() {
    echo "usage: scripts/setup.sh GROUP... (build, test, browser, lint, reference, example, benchmark, peers, fresh_machine)" >&2
    exit 2
}

[ $# -gt 0 ] || usage
wanted=""
for group in "$@"; do
    case $group in
    build | test | browser | lint | reference | example | benchmark | peers | fresh_machine) wanted+=" ${!group}" ;;
    *) usage ;;
    esac
done

installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null || true)" = installed ]
}

if ! command -v dpkg-query >/dev/null; then
    echo "scripts/setup.sh: this is no Debian or Ubuntu; install the equivalents of these yourself:$wanted" >&2
    exit 0
fi

missing=()
for package in $wanted; do
    installed "$package" || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "scripts/setup.sh: missing: ${missing[*]}" >&2
        echo "install them as root: apt-get install ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi

echo "scripts/setup.sh: installing ${missing[*]}"
"${as_root[@]}" apt-get update -qq
unknown=()
for package in "${missing[@]}"; do
    apt-cache show "$package" >/dev/null 2>&1 || unknown+=("$package")
done
if [ ${#unknown[@]} -gt 0 ]; then
    echo "scripts/setup.sh: this distribution's packages do not have: ${unknown[*]}" >&2
    echo "Debian 12 and 13 and Ubuntu 24.04 have them; nothing was installed" >&2
    exit 1
fi

# Tests run the servers that they need themselves: the packages must start none, neither now nor at each boot.
# (mariadb-server-core is the programs alone.)
servers=()
for package in "${missing[@]}"; do
    case $package in redis-server | postgresql | nginx) servers+=("$package") ;; esac
done
install() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
policy=/usr/sbin/policy-rc.d
clusters=/etc/postgresql-common/createcluster.conf
no_cluster="create_main_cluster = false # while scripts/setup.sh installs"
made_policy=false
refused_cluster=false
undo() {
    ! $made_policy || "${as_root[@]}" rm -f "$policy"
    ! $refused_cluster || "${as_root[@]}" sed -i "\|^$no_cluster\$|d" "$clusters"
}
trap undo EXIT
if [ ${#servers[@]} -gt 0 ] && [ ! -e "$policy" ]; then
    made_policy=true
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    "${as_root[@]}" chmod 755 "$policy"
fi
if [[ " ${servers[*]} " == *" postgresql "* ]]; then
    # Its package makes a database cluster for the whole machine, unless the file that comes before it says otherwise.
    install postgresql-common
    refused_cluster=true
    echo "$no_cluster" | "${as_root[@]}" tee -a "$clusters" >/dev/null
fi
install "${missing[@]}"
if [ ${#servers[@]} -gt 0 ] && command -v systemctl >/dev/null; then
    "${as_root[@]}" systemctl --quiet disable "${servers[@]}"
fi
