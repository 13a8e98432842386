# SPDX-License-Identifier: BSL-1.0
#
# steward::found_sml: Boost.Ext SML, for the tests and examples of <steward/sml.hpp>; nothing else needs it. It is one header,
# found as the package sml, or by its folder: -DSTEWARD_SML_INCLUDE_DIR=<the folder in which boost/sml.hpp is>.

find_package(sml CONFIG QUIET)
find_path(STEWARD_SML_INCLUDE_DIR boost/sml.hpp DOC "The folder in which Boost.Ext SML's boost/sml.hpp is")
if(TARGET sml::sml)
    get_target_property(include_dirs sml::sml INTERFACE_INCLUDE_DIRECTORIES)
elseif(STEWARD_SML_INCLUDE_DIR)
    set(include_dirs "${STEWARD_SML_INCLUDE_DIR}")
endif()
if(include_dirs)
    add_library(steward_found_sml INTERFACE)
    add_library(steward::found_sml ALIAS steward_found_sml)
    target_include_directories(steward_found_sml SYSTEM INTERFACE "${include_dirs}")
else()
    message(STATUS "steward: there is no Boost.Ext SML (boost/sml.hpp, -DSTEWARD_SML_INCLUDE_DIR): "
                   "what shows <steward/sml.hpp> is skipped")
endif()
