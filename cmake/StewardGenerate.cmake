# SPDX-License-Identifier: BSL-1.0
#
# steward_generate(<target> <machine.yaml> [HEADER <name.hpp>]): the target gets the header that steward-gen makes of a
# machine's file, to include by its name (that of the file, with .hpp). It is made anew when the file changes; the target
# <target>.generated makes all headers of <target> and nothing else.

# A package that declares no programs, as Conan's, has it in the bin beside the lib that this file is in.
cmake_path(SET steward_gen NORMALIZE "${CMAKE_CURRENT_LIST_DIR}/../../../bin/steward-gen")
if(NOT TARGET steward::steward-gen AND EXISTS "${steward_gen}")
    add_executable(steward::steward-gen IMPORTED)
    set_target_properties(steward::steward-gen PROPERTIES IMPORTED_LOCATION "${steward_gen}")
endif()
unset(steward_gen)

function(steward_generate target machine)
    cmake_parse_arguments(PARSE_ARGV 2 arg "" "HEADER" "")
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "steward_generate: unexpected: ${arg_UNPARSED_ARGUMENTS}")
    endif()
    cmake_path(ABSOLUTE_PATH machine OUTPUT_VARIABLE source)
    if(NOT arg_HEADER)
        cmake_path(GET source STEM LAST_ONLY stem)
        set(arg_HEADER "${stem}.hpp")
    endif()
    set(folder "${CMAKE_CURRENT_BINARY_DIR}/${target}.generated")
    file(MAKE_DIRECTORY "${folder}")
    # run where the file is, so that the header and its errors name it by its path from there
    add_custom_command(OUTPUT "${folder}/${arg_HEADER}"
        COMMAND steward::steward-gen "${machine}" -o "${folder}/${arg_HEADER}"
        DEPENDS "${source}" steward::steward-gen
        WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}"
        COMMENT "steward-gen ${machine}"
        VERBATIM)
    if(NOT TARGET ${target}.generated)
        add_custom_target(${target}.generated)
    endif()
    string(MAKE_C_IDENTIFIER "${arg_HEADER}" header)
    add_custom_target(${target}.generated.${header} DEPENDS "${folder}/${arg_HEADER}")
    add_dependencies(${target}.generated ${target}.generated.${header})
    target_sources(${target} PRIVATE "${source}" "${folder}/${arg_HEADER}")
    target_include_directories(${target} PRIVATE "${folder}")
    target_link_libraries(${target} PRIVATE steward::settings)
endfunction()
