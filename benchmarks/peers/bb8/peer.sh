# SPDX-License-Identifier: BSL-1.0
# shellcheck shell=bash disable=SC2034
language=Rust
version=$(grep -A 1 '^name = "bb8"$' Cargo.lock | sed -n 's/version = "\(.*\)"/\1/p')
declare -A commands=([bb8]="$output/release/peer_bb8")
build() { need cargo && cargo build --quiet --release --locked --target-dir "$output"; }
