# SPDX-License-Identifier: BSL-1.0
import os
import re

from conan import ConanFile
from conan.errors import ConanInvalidConfiguration
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load, rm, rmdir
from conan.tools.gnu import PkgConfig
from conan.tools.scm import Version

required_conan_version = ">=2.4"

# Each component that is an option: what it links, of steward's own and of other packages.
COMPONENTS = {
    "format": ["fmt::fmt"],
    "filesystem": [],
    "database": ["soci::soci_core", "soci::soci_sqlite3", "sqlite3::sqlite3"],
    "http": ["cpp-httplib::cpp-httplib", "nlohmann_json::nlohmann_json"],
    "llm": ["http"],
    "redis": ["hiredis::hiredis", "openssl::ssl", "openssl::crypto"],
    "settings": ["yaml-cpp::yaml-cpp", "nlohmann_json::nlohmann_json"],
    "gen": ["settings", "fmt::fmt"],
    "lab": ["benchmark::benchmark", "fmt::fmt"],
}
FOLDERS = {"settings": "settings", "gen": "tools/steward-gen", "lab": "benchmarks/lab"}  # the others: adapters/<name>

HEADERS_ALONE = ("format",)
MODULES = {"gen": "StewardGenerate.cmake", "lab": "StewardBenchmark.cmake"}  # functions for CMake

# Each backend of the database that is an option, and what it adds.
BACKENDS = {
    "postgresql": ["soci::soci_postgresql", "libpq::libpq"],
    "mysql": ["soci::soci_mysql", "libmysqlclient::libmysqlclient"],
    "flat_file": ["nlohmann_json::nlohmann_json"],
}

# From what Debian 12 has to the newest that steward was built with.
VERSIONS = {
    "boost": "[>=1.81 <2]",
    "fmt": "[>=9.1 <13]",
    "soci": "[>=4.0.3 <5]",
    "sqlite3": "[>=3.40 <4]",
    "libpq": "[>=15 <19]",
    "libmysqlclient": "[>=8 <10]",
    "cpp-httplib": "[>=0.11.4 <1]",
    "nlohmann_json": "[>=3.11 <4]",
    "yaml-cpp": "[>=0.7 <1]",
    "hiredis": "[>=0.14 <2]",
    "openssl": "[>=3 <5]",
    "benchmark": "[>=1.7 <2]",
}

# The library that is linked where the platform provides the package ([platform_requires] in the profile), if it is not called
# as the component is.
PLATFORM_LIBRARIES = {
    "libpq::libpq": "pq",
    "libmysqlclient::libmysqlclient": "mariadb",
    "nlohmann_json::nlohmann_json": None,
    "boost::headers": None,
}


class StewardConan(ConanFile):
    name = "steward"
    description = "Resource managers for state machines, assembled from policies by the compiler"
    license = "BSL-1.0"
    topics = ("resource-management", "connection-pool", "state-machine", "policy-based-design")
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {
        "shared": [True, False],
        "fPIC": [True, False],
        **{component: [True, False] for component in COMPONENTS},
        **{f"with_{backend}": [True, False] for backend in BACKENDS},
    }
    default_options = {
        "shared": False,
        "fPIC": True,
        **{component: component in ("filesystem", "database") for component in COMPONENTS},
        **{f"with_{backend}": False for backend in BACKENDS},
        "boost/*:header_only": True,
        "soci/*:with_sqlite3": True,
        "cpp-httplib/*:with_openssl": True,
        "cpp-httplib/*:with_zlib": True,
    }
    implements = ["auto_shared_fpic"]

    def set_version(self):
        header = load(self, os.path.join(self.recipe_folder, os.pardir, "include", "steward", "version.hpp"))
        self.version = ".".join(re.findall(r"^#define STEWARD_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)$", header, re.MULTILINE))

    def export_sources(self):
        root = os.path.join(self.recipe_folder, os.pardir)
        for pattern in ("CMakeLists.txt", "LICENSE", "cmake/*", "include/*", "policies/*", "adapters/*", "settings/*",
                        "tools/*", "benchmarks/lab/*"):
            copy(self, pattern, root, self.export_sources_folder)

    def configure(self):
        # What a component is made of comes with it.
        if self.options.llm:
            self.options.http = True
        if self.options.gen:
            self.options.settings = True
        if not self.options.database:
            for backend in BACKENDS:
                self.options.rm_safe(f"with_{backend}")
        for backend in ("postgresql", "mysql"):
            if self.options.get_safe(f"with_{backend}"):
                setattr(self.options["soci"], f"with_{backend}", True)

    def layout(self):
        self.folders.root = os.pardir
        cmake_layout(self)
        # Where an editable package has them.
        self.cpp.source.components["steward"].includedirs = ["include", "policies/include"]
        for component in COMPONENTS:
            folder = FOLDERS.get(component, f"adapters/{component}")
            self.cpp.source.components[component].includedirs = [f"{folder}/include"]
            self.cpp.build.components[component].libdirs = [folder]

    def _links(self, component):
        """What an enabled component links: names of steward's own components, and others as package::component."""
        links = list(COMPONENTS[component])
        if component == "database":
            for backend, more in BACKENDS.items():
                if self.options.get_safe(f"with_{backend}"):
                    links += more
        return links

    @property
    def _enabled(self):
        return [component for component in COMPONENTS if self.options.get_safe(component)]

    @property
    def _compiled(self):
        return [component for component in self._enabled if component not in HEADERS_ALONE]

    def requirements(self):
        links = {"boost::headers"}.union(*(self._links(component) for component in self._enabled))
        for package in sorted({link.split("::")[0] for link in links if "::" in link}):
            # their headers are in ours, or are for those who reach through to what is beneath
            self.requires(f"{package}/{VERSIONS[package]}", transitive_headers=True, transitive_libs=True)

    def build_requirements(self):
        self.tool_requires("cmake/[>=3.25]")

    def package_id(self):
        if not any(self.info.options.get_safe(component) for component in COMPONENTS if component not in HEADERS_ALONE):
            self.info.clear()  # headers alone

    def validate(self):
        if self.settings.os not in ("Linux", "FreeBSD", "Macos"):
            raise ConanInvalidConfiguration(f"{self.ref} needs POSIX, which {self.settings.os} is not")
        check_min_cppstd(self, 23)
        # std::expected, and the concepts that libstdc++ asks for before it has it
        oldest = {"gcc": "12", "clang": "19"}.get(str(self.settings.compiler))
        if oldest and Version(self.settings.compiler.version) < oldest:
            raise ConanInvalidConfiguration(f"{self.ref} needs {self.settings.compiler} {oldest} or later for C++23, "
                                            f"got {self.settings.compiler.version}")
        if self.options.database and "soci" in self.dependencies.host:
            for backend in ("sqlite3", "postgresql", "mysql"):
                wanted = backend == "sqlite3" or self.options.get_safe(f"with_{backend}")
                if wanted and not self.dependencies["soci"].options.get_safe(f"with_{backend}"):
                    raise ConanInvalidConfiguration(f"{self.ref} needs soci/*:with_{backend}=True")

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.user_presets_path = False  # there are presets of steward's own
        variables = toolchain.cache_variables
        variables["STEWARD_COMPONENTS"] = ";".join(["steward", *self._enabled])
        variables["STEWARD_DATABASE_BACKENDS"] = ";".join(
            ["sqlite"] + [backend for backend in BACKENDS if self.options.get_safe(f"with_{backend}")])
        for part in ("TESTS", "EXAMPLES", "BENCHMARKS"):
            variables[f"STEWARD_BUILD_{part}"] = False
        # No path of this machine is in what is built.
        for folder in (self.build_folder, self.source_folder):
            toolchain.extra_cxxflags.append(f"-ffile-prefix-map={folder}=steward")
        toolchain.generate()
        dependencies = CMakeDeps(self)
        dependencies.set_property("libmysqlclient", "cmake_find_mode", "module")
        dependencies.set_property("libmysqlclient", "cmake_file_name", "MySQL")
        dependencies.set_property("libmysqlclient", "cmake_module_file_name", "MySQL")
        dependencies.set_property("libmysqlclient", "cmake_module_target_name", "MySQL::client")
        dependencies.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        CMake(self).install()
        # Conan makes these itself, but for the functions of components that are there.
        lib = os.path.join(self.package_folder, "lib")
        rmdir(self, os.path.join(lib, "pkgconfig"))
        kept = [MODULES[component] for component in self._enabled if component in MODULES]
        rm(self, "*.cmake", lib, recursive=True, excludes=kept)
        if not kept:
            rmdir(self, os.path.join(lib, "cmake"))
        if not self._compiled:
            rmdir(self, lib)

    def package_info(self):
        self.cpp_info.set_property("cmake_file_name", "steward")
        self.cpp_info.set_property("cmake_target_name", "steward::all")
        self._describe("steward", ["boost::headers"])
        if self.settings.os in ("Linux", "FreeBSD"):
            self.cpp_info.components["steward"].system_libs.append("pthread")
        for component in self._enabled:
            self._describe(component, ["steward", *self._links(component)])
            if component in self._compiled and component != "gen":
                self.cpp_info.components[component].libs = [f"steward_{component}"]
                self.cpp_info.components[component].libdirs = ["lib"]
        self.cpp_info.set_property("cmake_build_modules", [
            os.path.join("lib", "cmake", "steward", module)
            for component, module in MODULES.items() if component in self._enabled])
        if "gen" in self._enabled:
            self.cpp_info.components["gen"].bindirs = ["bin"]

    def _describe(self, component, links):
        info = self.cpp_info.components[component]
        info.set_property("cmake_target_name", f"steward::{component}")
        info.set_property("pkg_config_name", "steward" if component == "steward" else f"steward-{component}")
        info.bindirs = []
        info.libdirs = []
        for link in links:
            package, _, library = link.partition("::")
            if not library or package in self.dependencies.host:
                info.requires.append(link)
                continue
            library = PLATFORM_LIBRARIES.get(link, library)
            if library:
                info.system_libs.append(library)
            if package == "cpp-httplib":
                # whoever includes its header, too, does so with the macros that it was built with
                info.defines = PkgConfig(self, package).defines
