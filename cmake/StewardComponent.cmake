# SPDX-License-Identifier: BSL-1.0
#
# steward_library(<name>)
#   makes the target steward_<name>, also named steward::<name>, for a component that is compiled; its sources follow.
# steward_component(<name> [DEPENDS <find_package arguments>...] [COMPONENTS <others>...]
#                   [PC_REQUIRES <modules>...] [PC_LIBS <flags>...])
#   says that the target steward_<name> is a component: it is installed with an export set of its own, and consumers
#   who ask for it get its dependencies by find_dependency (one string for each, such as "SOCI COMPONENTS core"), and
#   before it the other components that it links. Where pkg-config is asked, its dependencies are other modules, or flags
#   for the linker where they have none.
# steward_left_out(<name> <why>)
#   says that a component cannot be built here, and why. It is an error for a component that was asked for.
# steward_wanted(<name> <variable>)
#   whether STEWARD_COMPONENTS asks for the component.
# steward_missing(<variable> <names>...)
#   which of these targets, named without their steward::, are not there, as text; empty if all are.
# steward_check_components()
#   after all of them: whether each that was asked for is one.

function(steward_library name)
    add_library(steward_${name})
    add_library(steward::${name} ALIAS steward_${name})
    set_target_properties(steward_${name} PROPERTIES EXPORT_NAME ${name})
    target_compile_features(steward_${name} PUBLIC cxx_std_23)
    steward_own_target(steward_${name})
endfunction()

function(steward_component name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "DEPENDS;COMPONENTS;PC_REQUIRES;PC_LIBS")
    set_property(GLOBAL APPEND PROPERTY STEWARD_COMPONENTS ${name})
    set_property(GLOBAL PROPERTY STEWARD_DEPENDS_${name} "${arg_DEPENDS}")
    set_property(GLOBAL PROPERTY STEWARD_COMPONENTS_OF_${name} "${arg_COMPONENTS}")
    set_property(GLOBAL PROPERTY STEWARD_PC_REQUIRES_${name} "${arg_PC_REQUIRES}")
    set_property(GLOBAL PROPERTY STEWARD_PC_LIBS_${name} "${arg_PC_LIBS}")
endfunction()

function(steward_wanted name variable)
    if(NOT STEWARD_COMPONENTS OR name IN_LIST STEWARD_COMPONENTS)
        set(${variable} TRUE PARENT_SCOPE)
    else()
        set(${variable} FALSE PARENT_SCOPE)
    endif()
endfunction()

function(steward_left_out name)
    string(JOIN "" why ${ARGN})
    if(name IN_LIST STEWARD_COMPONENTS)
        message(FATAL_ERROR "steward: the component ${name} was asked for, but cannot be built: ${why}")
    endif()
    set_property(GLOBAL APPEND PROPERTY STEWARD_LEFT_OUT ${name})
    set_property(GLOBAL PROPERTY STEWARD_WHY_${name} "${why}")
endfunction()

function(steward_missing variable)
    set(missing "")
    foreach(name IN LISTS ARGN)
        if(NOT TARGET steward::${name})
            list(APPEND missing steward::${name})
        endif()
    endforeach()
    list(JOIN missing ", " missing)
    set(${variable} "${missing}" PARENT_SCOPE)
endfunction()

function(steward_check_components)
    get_property(components GLOBAL PROPERTY STEWARD_COMPONENTS)
    foreach(name IN LISTS STEWARD_COMPONENTS)
        if(NOT name IN_LIST components)
            message(FATAL_ERROR "steward: there is no component '${name}' (asked for by STEWARD_COMPONENTS)")
        endif()
    endforeach()
endfunction()

function(steward_print_components)
    get_property(components GLOBAL PROPERTY STEWARD_COMPONENTS)
    list(JOIN components ", " text)
    message(STATUS "steward: components: ${text}")
    get_property(left_out GLOBAL PROPERTY STEWARD_LEFT_OUT)
    foreach(name IN LISTS left_out)
        get_property(why GLOBAL PROPERTY STEWARD_WHY_${name})
        message(STATUS "steward: left out: ${name}: ${why}")
    endforeach()
endfunction()
