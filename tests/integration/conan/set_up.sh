#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Installs the pinned Conan and its server into a virtual environment, unless they are there:
#   set_up.sh VENV
set -euo pipefail
venv=$1
wanted=$(dirname "$0")/requirements.txt
cmp -s "$wanted" "$venv/installed.txt" && exit 0
rm -rf "$venv"
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check -r "$wanted"
cp "$wanted" "$venv/installed.txt"
