#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Does what CONTRIBUTING.md says, in a copy of the tree: contributing_test.py SOURCE SECTION [CMAKE'S OPTIONS]...

A block after "`path`:" is that file's content; after "In `path`:" it is added to the file, an include in its place. A block of
sh is run.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

LEFT_OUT = shutil.ignore_patterns("build", ".git", "__pycache__")


def blocks_of(text, section):
    """(the line before it, its language, its content) of each block in a section."""
    text = re.search(rf"^## {re.escape(section)}.*?\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE).group(1)
    return [(text[:block.start()].rstrip().rpartition("\n")[2], *block.groups())
            for block in re.finditer(r"^```(\w+)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)]


def add(path, lines):
    """Among the includes, in order; at the end where the file has none."""
    old = path.read_text(encoding="utf-8").splitlines(keepends=True)
    after = [i for i, line in enumerate(old) if line.startswith("#include") and line < lines]
    at = after[-1] + 1 if after else len(old)
    path.write_text("".join(old[:at]) + lines + "".join(old[at:]), encoding="utf-8")


def run(commands, tree, options):
    for command in commands.strip().splitlines():
        if command.startswith("cmake --preset"):
            command = " ".join([command, *(f"'{option}'" for option in options)])
        print("$", command, flush=True)
        subprocess.run(command, shell=True, cwd=tree, check=True)


def main():
    source, section, *options = sys.argv[1:]
    done = {"written": 0, "added": 0, "run": 0}
    with tempfile.TemporaryDirectory(prefix="steward_contributing_") as folder:
        tree = pathlib.Path(folder) / "steward"
        shutil.copytree(source, tree, ignore=LEFT_OUT)
        for before, language, content in blocks_of((tree / "CONTRIBUTING.md").read_text(encoding="utf-8"), section):
            if language == "sh":
                run(content, tree, options)
                done["run"] += 1
            elif found := re.search(r"In `([^`]+)`:$", before):
                add(tree / found.group(1), content)
                done["added"] += 1
            elif found := re.fullmatch(r"`([^`]+)`:", before):
                path = tree / found.group(1)
                if path.exists():
                    sys.exit(f"{found.group(1)} is there already")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content, encoding="utf-8")
                done["written"] += 1
            else:
                sys.exit(f"what is to be done with the block after: {before!r}")
    print(done)
    if not done["written"] or done["run"] != 1:
        sys.exit("the section is not what this test expects")


main()
