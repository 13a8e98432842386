# SPDX-License-Identifier: BSL-1.0
#
# Finds SOCI and its backends: find_package(SOCI COMPONENTS core sqlite3 [postgresql mysql ...])
#
# Result: SOCI_FOUND, SOCI_VERSION, and the imported targets SOCI::soci_core, SOCI::soci_<backend>.
#
# A config package is preferred where there is one (Conan, SOCI's own since 4.1); whatever it calls its targets, they get
# these names. Debian's libsoci-dev ships none, so headers and libraries are looked up.

if(NOT SOCI_FIND_COMPONENTS)
    set(SOCI_FIND_COMPONENTS core)
endif()

find_package(SOCI CONFIG QUIET)

if(SOCI_CONFIG)
    foreach(component IN LISTS SOCI_FIND_COMPONENTS)
        set(names core Core sqlite3 SQLite3 postgresql PostgreSQL mysql MySQL odbc ODBC)
        list(FIND names ${component} position)
        set(upstream ${component})
        if(NOT position EQUAL -1)
            math(EXPR position "${position} + 1")
            list(GET names ${position} upstream)
        endif()
        foreach(candidate IN ITEMS SOCI::soci_${component} SOCI::soci_${component}_static SOCI::${upstream}
                                   Soci::${upstream})
            if(TARGET ${candidate})
                if(NOT TARGET SOCI::soci_${component})
                    add_library(SOCI::soci_${component} INTERFACE IMPORTED)
                    target_link_libraries(SOCI::soci_${component} INTERFACE ${candidate})
                endif()
                set(SOCI_${component}_FOUND TRUE)
                break()
            endif()
        endforeach()
    endforeach()
    set(soci_found_by SOCI_CONFIG)
else()
    find_path(SOCI_INCLUDE_DIR NAMES soci/soci.h)
    if(SOCI_INCLUDE_DIR AND EXISTS "${SOCI_INCLUDE_DIR}/soci/version.h")
        file(STRINGS "${SOCI_INCLUDE_DIR}/soci/version.h" soci_version_line REGEX "define SOCI_LIB_VERSION +\"")
        string(REGEX REPLACE ".*\"([0-9]+)_([0-9]+)(_([0-9]+))?\".*" "\\1.\\2.\\4" SOCI_VERSION "${soci_version_line}")
        string(REGEX REPLACE "\\.$" "" SOCI_VERSION "${SOCI_VERSION}")
    endif()
    set(soci_found_by SOCI_INCLUDE_DIR)

    foreach(component IN LISTS SOCI_FIND_COMPONENTS)
        find_library(SOCI_${component}_LIBRARY NAMES soci_${component})
        mark_as_advanced(SOCI_${component}_LIBRARY)
        if(SOCI_INCLUDE_DIR AND SOCI_${component}_LIBRARY)
            set(SOCI_${component}_FOUND TRUE)
            if(NOT TARGET SOCI::soci_${component})
                add_library(SOCI::soci_${component} UNKNOWN IMPORTED)
                set_target_properties(SOCI::soci_${component} PROPERTIES
                    IMPORTED_LOCATION "${SOCI_${component}_LIBRARY}"
                    INTERFACE_INCLUDE_DIRECTORIES "${SOCI_INCLUDE_DIR}")
                if(NOT component STREQUAL "core" AND TARGET SOCI::soci_core)
                    set_target_properties(SOCI::soci_${component} PROPERTIES INTERFACE_LINK_LIBRARIES SOCI::soci_core)
                endif()
            endif()
        endif()
    endforeach()
    mark_as_advanced(SOCI_INCLUDE_DIR)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(SOCI
    REQUIRED_VARS ${soci_found_by}
    VERSION_VAR SOCI_VERSION
    HANDLE_COMPONENTS)
