# SPDX-License-Identifier: BSL-1.0
# shellcheck shell=bash disable=SC2034
language=Rust
version=$(grep -A 1 '^name = "deadpool"$' Cargo.lock | sed -n 's/version = "\(.*\)"/\1/p')
declare -A commands=(
    [deadpool]="$output/release/peer_deadpool"
    ["deadpool, a worker per core"]="$output/release/peer_deadpool usual")
build() { need cargo && cargo build --quiet --release --locked --target-dir "$output"; }
