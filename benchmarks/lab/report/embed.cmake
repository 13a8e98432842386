# SPDX-License-Identifier: BSL-1.0
#
# Makes a C++ source of files, one constant each, as embedded.hpp declares them:
#   cmake -DOUTPUT=FILE -DFOLDER=page "-DNAME=FILES|OF|IT" ... -DNAMES=NAME|... -P embed.cmake
# Several files become one text, in that order.

set(source "// Made by embed.cmake\n#include \"embedded.hpp\"\n\nnamespace lab::embedded {\n\n")
string(REPLACE "|" ";" names "${NAMES}")
foreach(name IN LISTS names)
    string(REPLACE "|" ";" files "${${name}}")
    string(APPEND source "const std::string_view ${name} =")
    foreach(file IN LISTS files)
        file(READ "${FOLDER}/${file}" text)
        string(APPEND source "\n    R\"embedded(${text})embedded\"")
    endforeach()
    string(APPEND source ";\n\n")
endforeach()
string(APPEND source "} // namespace lab::embedded\n")
file(WRITE "${OUTPUT}" "${source}")
