# SPDX-License-Identifier: BSL-1.0
#
# Finds hiredis, the C client of Redis: hiredis_FOUND, and the imported target hiredis::hiredis.
#
# A config package is preferred where there is one (Conan, hiredis itself since 1.0). Debian 12's libhiredis-dev ships none.

find_package(hiredis CONFIG QUIET)
if(NOT TARGET hiredis::hiredis)
    find_path(hiredis_INCLUDE_DIR NAMES hiredis/hiredis.h)
    find_library(hiredis_LIBRARY NAMES hiredis)
    mark_as_advanced(hiredis_INCLUDE_DIR hiredis_LIBRARY)
    if(hiredis_INCLUDE_DIR AND hiredis_LIBRARY)
        add_library(hiredis::hiredis UNKNOWN IMPORTED)
        set_target_properties(hiredis::hiredis PROPERTIES
            IMPORTED_LOCATION "${hiredis_LIBRARY}"
            INTERFACE_INCLUDE_DIRECTORIES "${hiredis_INCLUDE_DIR}")
    endif()
endif()
if(TARGET hiredis::hiredis)
    set(hiredis_found_by TRUE)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(hiredis REQUIRED_VARS hiredis_found_by)
