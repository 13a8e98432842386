#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Creates steward's package of Conan, and runs its test package:
#   conan/create.sh [OPTIONS OF CONAN CREATE]...
# With the `conan` on PATH. What it needs comes from its remotes; where none of them answers, from the distribution
# (profiles/system), which scripts/setup.sh then installs.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

if ! command -v conan >/dev/null; then
    echo "conan/create.sh: there is no conan on PATH; install Conan 2 from PyPI: pipx install 'conan>=2.4'" >&2
    exit 1
fi
conan profile detect --exist-ok >/dev/null 2>&1

once=(-cc core.net.http:max_retries=0 -cc core.net.http:timeout=10)
if conan search 'boost/*' "${once[@]}" 2>/dev/null | grep -q 'boost/[0-9]'; then
    profile=(-s "compiler.cppstd=23")
else
    echo "conan/create.sh: no remote answers; taking the distribution's packages" >&2
    "$here/../scripts/setup.sh" build
    profile=(-pr:a "$here/profiles/system" --no-remote)
fi
exec conan create "$here" "${profile[@]}" --build=missing "$@"
