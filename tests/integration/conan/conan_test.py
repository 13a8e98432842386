#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The package of Conan, with the distribution's libraries: conan_test.py VENV SOURCE TEST...

What a test needs is created in a home of Conan's of its own, in a folder that is gone afterwards.
"""
import contextlib
import hashlib
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest

VENV = pathlib.Path(sys.argv[1])
SOURCE = pathlib.Path(sys.argv[2])
SOURCES = ("CMakeLists.txt", "LICENSE", "cmake", "include", "policies", "adapters", "settings", "tools", "benchmarks", "conan",
           "scripts", "examples")
# Compiled in few batches, so that it takes a fraction of the time.
BATCHES = ["-c:h", "tools.cmake.cmaketoolchain:extra_variables={'CMAKE_UNITY_BUILD': 'ON', 'CMAKE_UNITY_BUILD_BATCH_SIZE': '16'}"]


class Workplace:
    """A folder with a home of Conan's, where its commands run."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.environment = {**os.environ, "PATH": f"{VENV / 'bin'}:{os.environ['PATH']}", "NO_COLOR": "1",
                            "CONAN_HOME": str(self.folder / "home")}

    def use_new_venv(self):
        self.run("python3", "-m", "venv", "venv")
        self.environment["PATH"] = f"{self.folder / 'venv' / 'bin'}:{os.environ['PATH']}"

    def run(self, *command, cwd=None):
        done = subprocess.run([str(part) for part in command], cwd=cwd or self.folder, env=self.environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode:
            raise AssertionError(f"{' '.join(map(str, command))}: exit status {done.returncode}:\n{done.stdout}")
        return done.stdout

    def json(self, *command):
        done = subprocess.run(command, cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, check=True)
        return json.loads(done.stdout)

    def copy_sources(self):
        """The tree as somebody else has it: elsewhere, and with nothing in it that was built."""
        tree = self.folder / "tree"
        for name in SOURCES:
            if (SOURCE / name).is_dir():
                shutil.copytree(SOURCE / name, tree / name, ignore=shutil.ignore_patterns("build", "__pycache__"))
            else:
                tree.mkdir(exist_ok=True)
                shutil.copy(SOURCE / name, tree / name)
        return tree

    def create(self, *options):
        """Creates the package from a copy of the tree; what was said."""
        return self.run(self.copy_sources() / "conan" / "create.sh", *BATCHES, *options)

    def package_folder(self):
        found = self.json("conan", "list", "steward/*:*", "--format=json")
        (reference, recipe), = found["Local Cache"].items()
        revision, = recipe["revisions"].values()
        package, = revision["packages"]
        return pathlib.Path(self.run("conan", "cache", "path", f"{reference}:{package}").strip().splitlines()[-1])


def digests(folder):
    # conaninfo.txt and conanmanifest.txt are Conan's own; the second has the time
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "conanmanifest.txt"}


class Case(unittest.TestCase):
    def workplace(self):
        return Workplace(self.enterContext(tempfile.TemporaryDirectory(prefix="steward_conan_")))

    def expect_works(self, said, *components):
        for component in components:
            self.assertIn(f"\n{component} works\n", said)

    def expect_no_path_of_the_machine(self, work):
        folder = work.package_folder()
        for path in folder.rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                for foreign in (str(work.folder), str(SOURCE), "/home/", "/root/"):
                    with self.subTest(file=path.name, path=foreign):
                        self.assertNotIn(foreign.encode(), content)


class Create(Case):
    def create(self, *options):
        work = self.workplace()
        self.expect_works(work.create(*options), "steward", "filesystem", "database")
        self.expect_no_path_of_the_machine(work)
        return work.package_folder()

    def test_shared_release(self):
        folder = self.create("-o", "&:shared=True", "-o", "&:settings=True", "-o", "&:gen=True")  # it finds the others
        self.assertEqual({path.name for path in (folder / "lib").glob("*.so")},
                         {"libsteward_database.so", "libsteward_filesystem.so", "libsteward_settings.so"})

    def test_static_debug(self):
        self.create("-s", "build_type=Debug")

    def test_shared_debug(self):
        self.create("-s", "build_type=Debug", "-o", "&:shared=True")

    def test_the_core_alone_is_headers_that_suit_every_compiler(self):
        work = self.workplace()
        work.create("-o", "&:filesystem=False", "-o", "&:database=False")
        folder = work.package_folder()
        self.assertFalse((folder / "lib").exists())
        self.assertNotIn("[settings]", (folder / "conaninfo.txt").read_text(encoding="utf-8"))

    def test_all_components(self):
        work = self.workplace()
        wanted = ("format", "http", "llm", "redis", "settings", "gen")
        options = [f"&:{component}=True" for component in (*wanted, "lab", "with_postgresql", "with_mysql", "with_flat_file")]
        said = work.create(*(word for option in options for word in ("-o", option)))
        self.expect_works(said, "steward", "filesystem", "database", *wanted)
        self.expect_no_path_of_the_machine(work)


class Requirements(Case):
    """What is asked for where packages come from a remote: here recipes that have nothing but names, versions and options."""

    OPTIONS = {"boost": ["header_only"], "soci": ["with_sqlite3", "with_postgresql", "with_mysql"],
               "cpp-httplib": ["with_openssl", "with_zlib"]}

    def export(self, work, package, version):
        folder = work.folder / "recipes" / package
        folder.mkdir(parents=True, exist_ok=True)
        options = {option: [True, False] for option in self.OPTIONS.get(package, [])}
        (folder / "conanfile.py").write_text("from conan import ConanFile\n\n\nclass Recipe(ConanFile):\n"
                                             f"    name, version = {package!r}, {version!r}\n    options = {options}\n"
                                             f"    default_options = {dict.fromkeys(options, False)}\n", encoding="utf-8")
        work.run("conan", "export", folder)

    FEW = {"boost": "1.90.0", "soci": "4.1.4", "sqlite3": "3.50.0", "cmake": "4.2.0"}

    def workplace_with(self, versions):
        work = self.workplace()
        work.copy_sources()
        work.run("conan", "profile", "detect")
        for package, version in versions.items():
            self.export(work, package, version)
        return work

    def requirements(self, work, *options):
        """What is chosen of each package, and its options."""
        graph = work.json("conan", "graph", "info", str(work.folder / "tree" / "conan"), "-s", "compiler.cppstd=23", "-nr",
                          "--build=missing", "--format=json", *options)
        return {node["name"]: node for node in graph["graph"]["nodes"].values() if node["name"] != "steward"}

    def test_each_in_its_newest_version_unless_the_lockfile_names_one(self):
        lockfile = SOURCE / "conan" / "newest.lock"
        locked = dict(reference.split("/") for reference in json.loads(lockfile.read_text())["requires"])
        others = {"sqlite3": "3.50.0", "libpq": "17.7", "libmysqlclient": "8.1.0", "nlohmann_json": "3.12.0",
                  "hiredis": "1.3.0", "openssl": "3.6.0", "benchmark": "1.9.5", "cmake": "4.2.0"}
        work = self.workplace_with({**locked, **others})
        for package, version in locked.items():  # one that is newer, and not too new
            self.export(work, package, version + ".1")
        everything = [f"&:{option}=True" for option in ("format", "http", "llm", "redis", "settings", "gen", "lab",
                                                        "with_postgresql", "with_mysql", "with_flat_file")]
        everything = [word for option in everything for word in ("-o", option)]

        newest = self.requirements(work, *everything)
        self.assertEqual(set(newest), set(locked) | set(others))
        for package, version in locked.items():
            self.assertEqual(newest[package]["version"], version + ".1")
        self.assertEqual(newest["boost"]["options"]["header_only"], "True")
        self.assertEqual(set(newest["soci"]["options"].values()), {"True"})
        self.assertEqual(set(newest["cpp-httplib"]["options"].values()), {"True"})

        chosen = self.requirements(work, *everything, f"--lockfile={lockfile}", "--lockfile-partial")
        self.assertEqual({package: chosen[package]["version"] for package in locked}, locked)

    def test_the_defaults_need_little(self):
        self.assertEqual(set(self.requirements(self.workplace_with(self.FEW))), set(self.FEW))

    def test_a_compiler_that_is_too_old_is_told_what_is_needed(self):
        work = self.workplace_with(self.FEW)
        with self.assertRaises(AssertionError) as told:
            work.run("conan", "install", work.folder / "tree" / "conan", "-s", "compiler.cppstd=23", "-s", "compiler.version=11",
                     "-nr", "--build=missing")
        self.assertRegex(str(told.exception), r"steward/[\d.]+ needs gcc 12 or later for C\+\+23, got 11")


class WholeWay(Case):
    """Create it, upload it to a server, pull it elsewhere, build a program with it."""

    def test_from_two_trees_to_a_consumer(self):
        author, other, user = self.workplace(), self.workplace(), self.workplace()
        self.expect_works(author.create(), "steward", "filesystem", "database")
        self.expect_no_path_of_the_machine(author)
        self.expect_suits_the_center(author.package_folder())

        other.create()
        self.assertEqual(digests(author.package_folder()), digests(other.package_folder()))

        with self.server() as url:
            author.run("conan", "remote", "add", "ours", url)
            author.run("conan", "remote", "login", "ours", "demo", "-p", "demo")
            author.run("conan", "upload", "steward/*", "-r", "ours", "-c")
            author.run("conan", "remove", "*", "-c")
            self.pull_and_run(user, url)

    def expect_suits_the_center(self, folder):
        """What Conan Center's hooks look for in a package."""
        self.assertTrue((folder / "licenses" / "LICENSE").is_file())
        self.assertFalse((folder / "lib" / "pkgconfig").exists())
        self.assertFalse((folder / "share").exists())
        names = {path.name for path in folder.rglob("*")}
        for name in names:
            self.assertNotRegex(name, r"(?i)^find.*\.cmake$|config(-version)?\.cmake$|targets.*\.cmake$|\.la$|\.pdb$")
        self.assertEqual({path.name for path in (folder / "lib").iterdir() if path.is_file()},
                         {"libsteward_database.a", "libsteward_filesystem.a"})

    def pull_and_run(self, user, url):
        """The five commands of conan/README.md, and how long they take: the fourth with the distribution's libraries."""
        project = user.folder / "consumers"
        shutil.copytree(SOURCE / "examples" / "consumers", project)
        user.use_new_venv()
        began = time.monotonic()
        user.run("pip", "install", "--quiet", "--disable-pip-version-check", f"conan=={self.pinned_conan()}")
        user.run("conan", "profile", "detect")
        user.run("conan", "remote", "add", "--index=0", "ours", url)
        user.run("conan", "build", ".", "-pr:a", SOURCE / "conan" / "profiles" / "system", "-r", "ours", cwd=project / "conan")
        said = user.run(project / "conan" / "build" / "Release" / "notes", "buy milk")
        took = time.monotonic() - began
        self.assertEqual(said, "buy milk\n")
        print(f"from nothing to a running program: {took:.1f} s")
        self.assertLess(took, 180)

    def pinned_conan(self):
        requirements = pathlib.Path(__file__).with_name("requirements.txt").read_text(encoding="utf-8")
        return re.search(r"^conan==(.+)$", requirements, re.MULTILINE).group(1)

    @contextlib.contextmanager
    def server(self):
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="steward_conan_server_")))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        (folder / "server.conf").write_text(f"""\
[server]
jwt_secret: only-for-a-test-on-loopback-which-ends
jwt_expire_minutes: 60
ssl_enabled: False
port: {port}
host_name: 127.0.0.1
authorize_timeout: 1800
disk_storage_path: {folder / 'data'}
disk_authorize_timeout: 1800
updown_secret: only-for-a-test-on-loopback-which-ends

[write_permissions]
*/*@*/*: demo

[read_permissions]
*/*@*/*: *

[users]
demo: demo
""", encoding="utf-8")
        process = subprocess.Popen([VENV / "bin" / "conan_server"], env={**os.environ, "CONAN_SERVER_HOME": str(folder)},
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(300):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                time.sleep(0.1)
            else:
                self.fail("the server of Conan did not start")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
