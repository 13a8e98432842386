# SPDX-License-Identifier: BSL-1.0
#
# Finds cpp-httplib: find_package(httplib)
#
# Result: httplib_FOUND, httplib_VERSION, and the imported target httplib::httplib.
#
# A config package is preferred where there is one (Conan, cpp-httplib's own). Debian's libcpp-httplib-dev ships none but
# a compiled library, and with it the macros that it was built with. Who includes its header needs the same ones, since
# the sizes of its types depend on them; they are taken from its pkg-config file. Without a library it is a header alone.

find_package(httplib CONFIG QUIET)

include(FindPackageHandleStandardArgs)
if(httplib_CONFIG)
    find_package_handle_standard_args(httplib REQUIRED_VARS httplib_CONFIG VERSION_VAR httplib_VERSION)
    return()
endif()

find_path(httplib_INCLUDE_DIR NAMES httplib.h)
find_library(httplib_LIBRARY NAMES cpp-httplib)
mark_as_advanced(httplib_INCLUDE_DIR httplib_LIBRARY)
if(httplib_INCLUDE_DIR)
    file(STRINGS "${httplib_INCLUDE_DIR}/httplib.h" httplib_version_line REGEX "define CPPHTTPLIB_VERSION +\"")
    string(REGEX REPLACE ".*\"([0-9.]+)\".*" "\\1" httplib_VERSION "${httplib_version_line}")
endif()

set(httplib_definitions "")
set(httplib_needed httplib_INCLUDE_DIR)
if(httplib_LIBRARY)
    get_filename_component(httplib_library_dir "${httplib_LIBRARY}" DIRECTORY)
    find_file(httplib_PKGCONFIG NAMES cpp-httplib.pc HINTS "${httplib_library_dir}/pkgconfig" NO_DEFAULT_PATH)
    mark_as_advanced(httplib_PKGCONFIG)
    list(APPEND httplib_needed httplib_PKGCONFIG)
    if(httplib_PKGCONFIG)
        file(STRINGS "${httplib_PKGCONFIG}" httplib_flags REGEX "^Cflags:")
        string(REGEX MATCHALL "-D[A-Za-z0-9_=]+" httplib_definitions "${httplib_flags}")
        list(TRANSFORM httplib_definitions REPLACE "^-D" "")
    endif()
endif()

find_package_handle_standard_args(httplib REQUIRED_VARS ${httplib_needed} VERSION_VAR httplib_VERSION)

if(httplib_FOUND AND NOT TARGET httplib::httplib)
    if(httplib_LIBRARY)
        add_library(httplib::httplib UNKNOWN IMPORTED)
        set_target_properties(httplib::httplib PROPERTIES IMPORTED_LOCATION "${httplib_LIBRARY}")
    else()
        add_library(httplib::httplib INTERFACE IMPORTED)
    endif()
    set_target_properties(httplib::httplib PROPERTIES
        INTERFACE_INCLUDE_DIRECTORIES "${httplib_INCLUDE_DIR}"
        INTERFACE_COMPILE_DEFINITIONS "${httplib_definitions}")
endif()
