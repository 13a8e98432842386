# SPDX-License-Identifier: BSL-1.0
# shellcheck shell=bash disable=SC2034
language=Go
version=$(sed -n 's|^require github.com/jackc/puddle/v2 v||p' go.mod)
declare -A commands=([puddle]="$output/puddle")
build() { need go && go build -trimpath -o "$output/puddle" .; }
