#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# README.md's two commands where nothing is installed: in a bare Debian 12, which debootstrap makes, as root and as a user with
# sudo; and what they say to a user without it. Needs root, and the network.
#   tests/fresh_machine/run.sh [root_example|user_example|user_without_sudo|root_tests|user_tests]...   (the first three, if none)
# The cases named tests build everything and run all tests, which takes half an hour each.
set -euo pipefail
source=$(cd "$(dirname "$0")/../.." && pwd)

fail() { echo "failed: $*" >&2 && exit 1; }
[ "$(id -u)" -eq 0 ] || { echo "tests/fresh_machine/run.sh: only root can make and enter another root" >&2 && exit 1; }
"$source/scripts/setup.sh" fresh_machine

work=$(mktemp -d)
leave() {
    for place in proc dev; do
        umount --recursive "$work/machine/$place" 2>/dev/null || umount --lazy "$work/machine/$place" 2>/dev/null || true
    done
    rm -rf --one-file-system "${work:?}/machine"
}
trap 'leave; rm -rf --one-file-system "$work"' EXIT

# The bare root, once; where packages come from is this machine's business.
mirror=$(cat /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null |
    sed -n 's/^URIs: *//p; s/^deb \(\[[^]]*\] \)\?\(http[^ ]*\).*/\2/p' | sed -n 1p || true)
[ -n "$mirror" ] || fail "this machine's apt has no sources that could be used"
debootstrap --variant=minbase bookworm "$work/bare" "$mirror" >"$work/debootstrap.log" ||
    { tail "$work/debootstrap.log" >&2 && fail "debootstrap"; }
rm -f "$work/bare/etc/apt/sources.list"
cp -r /etc/apt/sources.list.d /etc/apt/apt.conf.d "$work/bare/etc/apt/"
[ ! -e /etc/apt/sources.list ] || cp /etc/apt/sources.list "$work/bare/etc/apt/"
cp /etc/resolv.conf /etc/hosts "$work/bare/etc/"
[ ! -e /etc/pip.conf ] || cp /etc/pip.conf "$work/bare/etc/"
# Who else is to be believed, where packages come by way of somebody else: ca-certificates takes it from there.
[ ! -d /usr/local/share/ca-certificates ] || cp -r /usr/local/share/ca-certificates "$work/bare/usr/local/share/"

# enter: a new copy of it, with a user in whose home steward's sources are: $checkout, as seen from there
enter() {
    cp -a "$work/bare" "$work/machine"
    mount -t proc proc "$work/machine/proc"
    mount --bind --make-private /dev "$work/machine/dev"
    mount --bind /dev/pts "$work/machine/dev/pts" # a bind does not have what is mounted in it
    mount -t tmpfs -o mode=1777 tmpfs "$work/machine/dev/shm"
    chroot "$work/machine" useradd --create-home --shell /bin/bash user
    checkout=$(chroot "$work/machine" getent passwd user | cut -d: -f6)/steward
    mkdir "$work/machine$checkout"
    tar -c -C "$source" --exclude=./build --exclude=./.git . | tar -x -C "$work/machine$checkout"
    chroot "$work/machine" chown -R user:user "$checkout"
}
# run_as USER COMMAND: sets said and status
run_as() {
    status=0
    said=$(chroot "$work/machine" su - "$1" -c "cd '$checkout' && $2" 2>&1) || status=$?
}
allow_sudo() {
    chroot "$work/machine" sh -c "apt-get update -qq && apt-get install -y -qq --no-install-recommends sudo >/dev/null" 2>&1
    echo "user ALL=(ALL) NOPASSWD: ALL" >"$work/machine/etc/sudoers.d/user"
}
packages() { chroot "$work/machine" dpkg-query -W | sort | sha256sum; }

expect_example() {
    run_as "$1" "examples/run.sh --database /tmp/example.sqlite"
    [ "$status" -eq 0 ] || fail "examples/run.sh as $1: exit status $status: $(tail -20 <<<"$said")"
    grep -Eq '^loaded +34,924$' <<<"$said" || fail "examples/run.sh as $1 did not load everything: $(tail -20 <<<"$said")"
    local before
    before=$(packages)
    run_as "$1" "examples/run.sh --database /tmp/example.sqlite"
    [ "$status" -eq 0 ] || fail "examples/run.sh as $1, again: exit status $status: $(tail -20 <<<"$said")"
    ! grep -q "setup.sh: installing" <<<"$said" || fail "examples/run.sh installed something a second time"
    [ "$(packages)" = "$before" ] || fail "examples/run.sh changed the packages a second time"
}
expect_tests() {
    run_as "$1" "tests/run.sh"
    [ "$status" -eq 0 ] || fail "tests/run.sh as $1: exit status $status: $(tail -60 <<<"$said")"
    grep -q "100% tests passed" <<<"$said" || fail "tests/run.sh as $1: $(tail -60 <<<"$said")"
}

root_example() { expect_example root; }
user_example() { allow_sudo && expect_example user; }
root_tests() { expect_tests root; }
user_tests() { allow_sudo && expect_tests user; }
user_without_sudo() {
    local before
    before=$(packages)
    run_as user "examples/run.sh"
    [ "$status" -eq 1 ] || fail "examples/run.sh without sudo: exit status $status: $said"
    grep -q "missing: .*cmake" <<<"$said" || fail "it does not say what is missing: $said"
    grep -q "install them as root: apt-get install .*cmake" <<<"$said" || fail "it does not say how to get it: $said"
    [ "$(packages)" = "$before" ] || fail "it changed the packages"
    [ ! -e "$work/machine$checkout/build" ] || fail "it began to build"
}

[ $# -gt 0 ] || set -- root_example user_example user_without_sudo
for case in "$@"; do
    case $case in
    root_example | user_example | user_without_sudo | root_tests | user_tests) ;;
    *) fail "there is no case $case" ;;
    esac
    enter
    "$case"
    leave
    echo "passed: $case"
done
