# SPDX-License-Identifier: BSL-1.0
#
# Finds a client library of MariaDB or MySQL: MySQL_FOUND, and the imported target MySQL::client.
#
# pkg-config knows it nearly everywhere; otherwise headers and library are looked up.

if(NOT TARGET MySQL::client)
    find_package(PkgConfig QUIET)
    if(PKG_CONFIG_FOUND)
        pkg_search_module(MySQL QUIET IMPORTED_TARGET libmariadb mariadb mysqlclient)
        set(MySQL_PC "${MySQL_MODULE_NAME}")
    endif()
    if(TARGET PkgConfig::MySQL)
        add_library(MySQL::client INTERFACE IMPORTED)
        target_link_libraries(MySQL::client INTERFACE PkgConfig::MySQL)
    else()
        find_path(MySQL_INCLUDE_DIR NAMES mysql.h PATH_SUFFIXES mariadb mysql)
        find_library(MySQL_LIBRARY NAMES mariadb mysqlclient)
        mark_as_advanced(MySQL_INCLUDE_DIR MySQL_LIBRARY)
        if(MySQL_INCLUDE_DIR AND MySQL_LIBRARY)
            add_library(MySQL::client UNKNOWN IMPORTED)
            set_target_properties(MySQL::client PROPERTIES
                IMPORTED_LOCATION "${MySQL_LIBRARY}"
                INTERFACE_INCLUDE_DIRECTORIES "${MySQL_INCLUDE_DIR}")
        endif()
    endif()
endif()
if(TARGET MySQL::client)
    set(mysql_client_found TRUE)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(MySQL REQUIRED_VARS mysql_client_found)
