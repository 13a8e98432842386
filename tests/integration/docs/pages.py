# SPDX-License-Identifier: BSL-1.0
"""The pages of the documentation."""


def pages_of(root):
    return [page for pattern in ("*.md", "docs/**/*.md", "conan/*.md", "examples/**/*.md", "benchmarks/**/*.md")
            for page in sorted(root.glob(pattern))]
