# SPDX-License-Identifier: BSL-1.0
#
#   conan build . --build=missing -s compiler.cppstd=23
#   build/Release/notes
from conan import ConanFile
from conan.tools.cmake import CMake, cmake_layout


class Notes(ConanFile):
    settings = "os", "arch", "compiler", "build_type"
    generators = "CMakeDeps", "CMakeToolchain"
    requires = "steward/[>=0.1 <0.2]"

    def layout(self):
        cmake_layout(self)

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()
