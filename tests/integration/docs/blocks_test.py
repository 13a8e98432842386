#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What the documentation shows besides C++ is what it says: blocks_test.py SOURCE BUILD COMPILER STEWARD-GEN.

Blocks of C++ are compiled, and run, by what CMakeLists.txt makes of them; here, that it knows each page that has some.
CMake's are configured with the installed package, machines in YAML made into headers, commands parsed, and looked up where they
are ours.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

from pages import pages_of

ROOT, BUILD, COMPILER, STEWARD_GEN = sys.argv[1:5]
del sys.argv[1:5]
ROOT = pathlib.Path(ROOT)
PAGES = pages_of(ROOT)
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
OURS = re.compile(r"(?:\./)?((?:scripts|tests|examples|benchmarks|conan|\.ci)/[\w./-]+)")


def blocks(language):
    """(page, content) of each."""
    return [(str(page.relative_to(ROOT)), content) for page in PAGES
            for found, content in BLOCK.findall(page.read_text(encoding="utf-8")) if found == language]


class Blocks(unittest.TestCase):
    def test_each_says_what_it_is(self):
        known = {"cpp", "cmake", "sh", "json", "yaml", "python", "text"}
        for page in PAGES:
            for language, content in BLOCK.findall(page.read_text(encoding="utf-8")):
                with self.subTest(page=page.name, block=content[:60]):
                    self.assertIn(language, known)

    def test_the_build_knows_each_page_with_programs(self):
        registered = re.findall(r"^steward_documentation\(([\w./-]+)", pathlib.Path(__file__).with_name("CMakeLists.txt")
                                .read_text(encoding="utf-8"), re.MULTILINE)
        elsewhere = {"CONTRIBUTING.md"}  # tests/integration/contributing
        self.assertEqual({page for page, _ in blocks("cpp")} - elsewhere, set(registered))

    def test_json_is_json(self):
        for page, content in blocks("json"):
            with self.subTest(page=page):
                json.loads(content if content.startswith(("{", "[")) else "{" + content + "}")

    def test_python_is_python(self):
        for page, content in blocks("python"):
            with self.subTest(page=page):
                compile(content, page, "exec")

    def test_the_page_on_conan_shows_the_consumer_that_is_built(self):
        shown = [content for language in ("python", "cmake") for page, content in blocks(language) if page == "conan/README.md"]
        for file in (ROOT / "examples" / "consumers" / "conan").iterdir():
            with self.subTest(file=file.name):
                without_comment = re.sub(r"\A(#.*\n)+", "", file.read_text(encoding="utf-8"))
                self.assertIn(without_comment.replace("../notes.cpp", "notes.cpp"), shown)

    def test_commands_are_commands_and_ours_are_there(self):
        indented = [(str(page.relative_to(ROOT)), command) for page in PAGES
                    for command in re.findall(r"^    (\S.*)$", BLOCK.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)]
        self.assertTrue(indented)
        for page, content in blocks("sh") + indented:
            with self.subTest(page=page, commands=content):
                stand_in = re.sub(r"<[\w-]+>", "stand_in", content)
                subprocess.run(["bash", "-n"], input=stand_in, text=True, check=True)
                for line in content.splitlines():
                    if found := OURS.match(line):
                        self.assertTrue((ROOT / found.group(1)).is_file())

    def test_machines_become_headers(self):
        for page, content in blocks("yaml"):
            with self.subTest(page=page), tempfile.TemporaryDirectory() as folder:
                (pathlib.Path(folder) / "machine.yaml").write_text(content, encoding="utf-8")
                subprocess.run([STEWARD_GEN, "machine.yaml", "-o", "machine.hpp"], cwd=folder, check=True)

    def test_cmake_configures(self):
        with tempfile.TemporaryDirectory(prefix="steward_docs_") as folder:
            folder = pathlib.Path(folder)
            subprocess.run(["cmake", "--install", BUILD, "--prefix", folder / "installed"], check=True, stdout=subprocess.DEVNULL)
            for number, (page, content) in enumerate(blocks("cmake")):
                if "steward_library(" in content:  # a component of ours: see tests/integration/contributing
                    continue
                with self.subTest(page=page, block=content):
                    self.configure(folder / str(number), content, folder / "installed")

    def configure(self, folder, content, prefix):
        folder.mkdir()
        for file in re.findall(r"[\w./]+\.(?:cpp|hpp|yaml)\b", content):
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).touch()
        (folder / "main.cpp").touch()
        made = set(re.findall(r"(?:add_executable|steward_add_benchmark)\(([\w.]+)", content))
        used = set(re.findall(r"(?:target_link_libraries|steward_generate)\(([\w.]+)", content))
        if "project(" not in content:
            content = "cmake_minimum_required(VERSION 3.25)\nproject(page LANGUAGES CXX)\n" \
                + "".join(f"add_executable({target} main.cpp)\n" for target in sorted(used - made)) + content
        (folder / "CMakeLists.txt").write_text(content, encoding="utf-8")
        done = subprocess.run(["cmake", "-S", folder, "-B", folder / "build", "-G", "Ninja", f"-DCMAKE_CXX_COMPILER={COMPILER}",
                               f"-DCMAKE_PREFIX_PATH={prefix}"], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              check=False)
        self.assertEqual(done.returncode, 0, done.stdout)


unittest.main()
