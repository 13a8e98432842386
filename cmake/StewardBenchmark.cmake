# SPDX-License-Identifier: BSL-1.0
#
# steward_add_benchmark(<target> MANAGER <type> HEADER <file.hpp> WORKLOAD <workload.hpp>
#                       [LOCKING <policies>...] [POOLING <policies>...])
#   makes a program that measures the matrix of policies over a manager's adapters; of those two axes these policies
#   alone, if they are named. HEADER declares the manager; WORKLOAD has a struct of the file's name with one unit of
#   work, `static void run(auto& resources)`, and where adapters need settings `static auto settings()`, a tuple of what
#   the resources' `with` returns for them. `<target> --help` says how it is run.
#   Without those three the lab's own manager and workloads are measured.

function(steward_add_benchmark target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "MANAGER;HEADER;WORKLOAD" "LOCKING;POOLING")
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "steward_add_benchmark: unexpected: ${arg_UNPARSED_ARGUMENTS}")
    endif()
    set(includes "#include <steward/lab/matrix.hpp>\n")
    if(arg_MANAGER AND arg_HEADER AND arg_WORKLOAD)
        foreach(header IN ITEMS "${arg_HEADER}" "${arg_WORKLOAD}")
            cmake_path(ABSOLUTE_PATH header)
            string(APPEND includes "#include \"${header}\"\n")
        endforeach()
        cmake_path(GET arg_WORKLOAD STEM workload)
        set(types "${arg_MANAGER}, ${workload}")
    elseif(NOT arg_MANAGER AND NOT arg_HEADER AND NOT arg_WORKLOAD)
        set(types "steward::lab::standard_manager, steward::lab::standard_workloads")
    else()
        message(FATAL_ERROR "steward_add_benchmark: MANAGER, HEADER and WORKLOAD go together")
    endif()

    set(all_LOCKING none mutex spin biased lock_free)
    set(all_POOLING bounded arena shared transient)
    foreach(axis IN ITEMS LOCKING POOLING)
        if(NOT arg_${axis})
            set(arg_${axis} ${all_${axis}})
        endif()
        foreach(policy IN LISTS arg_${axis})
            if(NOT policy IN_LIST all_${axis})
                message(FATAL_ERROR "steward_add_benchmark: ${axis}: there is no '${policy}'; there are: ${all_${axis}}")
            endif()
        endforeach()
    endforeach()

    # One translation unit for each pair of locking and pooling, so that they compile side by side.
    set(parts "")
    if("lock_free" IN_LIST arg_LOCKING AND "bounded" IN_LIST arg_POOLING)
        list(APPEND parts "add_others<${types}>") # the rarer policies are measured with these two
    endif()
    foreach(locking IN LISTS arg_LOCKING)
        foreach(pooling IN LISTS arg_POOLING)
            list(APPEND parts
                "add_pair<${types}, steward::lab::lockings::${locking}, steward::lab::poolings::${pooling}>")
        endforeach()
    endforeach()
    set(sources "${CMAKE_CURRENT_BINARY_DIR}/${target}.parts/main.cpp")
    file(CONFIGURE OUTPUT "${sources}" @ONLY CONTENT
        "// Made by steward_add_benchmark.\n#include <steward/lab/run.hpp>\n\nint main(int argc, char** argv) { return steward::lab::run(argc, argv); }\n")
    foreach(part IN LISTS parts)
        string(REGEX REPLACE "<.*lockings::([a-z_]+).*poolings::([a-z_]+)>" "_\\1_\\2" name "${part}")
        string(REGEX REPLACE "<.*" "" name "${name}")
        set(source "${CMAKE_CURRENT_BINARY_DIR}/${target}.parts/${name}.cpp")
        file(CONFIGURE OUTPUT "${source}" @ONLY CONTENT
            "// Made by steward_add_benchmark.\n@includes@\n[[maybe_unused]] static const bool added = steward::lab::@part@();\n")
        list(APPEND sources "${source}")
    endforeach()
    add_executable(${target} ${sources})
    target_link_libraries(${target} PRIVATE steward::lab)
    target_compile_options(${target} PRIVATE -O2 -DNDEBUG) # an unoptimised benchmark measures nothing
endfunction()
