# SPDX-License-Identifier: BSL-1.0
#
# steward_library(<name>)
#   makes the target steward_<name>, also named steward::<name>, for a component that is compiled; its sources follow.
# steward_component(<name> [DEPENDS <find_package arguments>...] [COMPONENTS <others>...])
#   says that the target steward_<name> is a component: it is installed with an export set of its own, and consumers
#   who ask for it get its dependencies by find_dependency (one string for each, such as "SOCI COMPONENTS core"), and
#   before it the other components that it links.
# steward_left_out(<name> <why>)
#   says that a component cannot be built here, and why.

function(steward_library name)
    add_library(steward_${name})
    add_library(steward::${name} ALIAS steward_${name})
    set_target_properties(steward_${name} PROPERTIES EXPORT_NAME ${name})
    target_compile_features(steward_${name} PUBLIC cxx_std_23)
    steward_own_target(steward_${name})
endfunction()

function(steward_component name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "DEPENDS;COMPONENTS")
    set_property(GLOBAL APPEND PROPERTY STEWARD_COMPONENTS ${name})
    set_property(GLOBAL PROPERTY STEWARD_DEPENDS_${name} "${arg_DEPENDS}")
    set_property(GLOBAL PROPERTY STEWARD_COMPONENTS_OF_${name} "${arg_COMPONENTS}")
endfunction()

function(steward_left_out name)
    string(JOIN "" why ${ARGN})
    set_property(GLOBAL APPEND PROPERTY STEWARD_LEFT_OUT ${name})
    set_property(GLOBAL PROPERTY STEWARD_WHY_${name} "${why}")
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
