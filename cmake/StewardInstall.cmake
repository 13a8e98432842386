# SPDX-License-Identifier: BSL-1.0
#
# Installs each component with an export set of its own, the package files for find_package(steward), and a module for
# each component for pkg-config: steward, steward-database, ...

include(CMakePackageConfigHelpers)
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/steward")

# A static component needs what it is made of wherever it is linked; a shared one knows that itself.
function(steward_pkg_config name)
    get_property(requires GLOBAL PROPERTY STEWARD_PC_REQUIRES_${name})
    get_property(libs GLOBAL PROPERTY STEWARD_PC_LIBS_${name})
    get_property(others GLOBAL PROPERTY STEWARD_COMPONENTS_OF_${name})
    get_target_property(type steward_${name} TYPE)
    list(TRANSFORM others PREPEND steward-)
    set(module steward-${name})
    set(private_requires "")
    if(name STREQUAL "steward")
        set(module steward)
        set(libs -pthread)
    else()
        list(PREPEND others steward)
    endif()
    if(type STREQUAL "SHARED_LIBRARY")
        set(private_requires ${requires})
        set(libs "")
    else()
        list(APPEND others ${requires})
    endif()
    if(NOT type STREQUAL "INTERFACE_LIBRARY")
        list(PREPEND libs "-L\${libdir} -lsteward_${name}")
    endif()
    list(JOIN others ", " requires)
    list(JOIN private_requires ", " private_requires)
    list(JOIN libs " " libs)
    file(RELATIVE_PATH up "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" /) # so that the package can be moved
    string(REGEX REPLACE "/$" "" up "${up}")
    configure_file("${PROJECT_SOURCE_DIR}/cmake/steward.pc.in" "${PROJECT_BINARY_DIR}/${module}.pc" @ONLY)
    install(FILES "${PROJECT_BINARY_DIR}/${module}.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT ${name})
endfunction()

get_property(components GLOBAL PROPERTY STEWARD_COMPONENTS)
set(STEWARD_FIND_DEPENDENCIES "")
foreach(name IN LISTS components)
    set(file_sets "")
    get_target_property(all_file_sets steward_${name} INTERFACE_HEADER_SETS)
    foreach(file_set IN LISTS all_file_sets)
        list(APPEND file_sets FILE_SET ${file_set} COMPONENT ${name})
    endforeach()
    install(TARGETS steward_${name} EXPORT steward_${name}_targets ${file_sets}
            ARCHIVE COMPONENT ${name} LIBRARY COMPONENT ${name} RUNTIME COMPONENT ${name})
    get_target_property(type steward_${name} TYPE)
    if(NOT type STREQUAL "EXECUTABLE")
        steward_pkg_config(${name})
    endif()
    install(EXPORT steward_${name}_targets NAMESPACE steward:: FILE steward-${name}-targets.cmake
            DESTINATION "${package_dir}" COMPONENT ${name})
    get_property(depends GLOBAL PROPERTY STEWARD_DEPENDS_${name})
    string(APPEND STEWARD_FIND_DEPENDENCIES "set(steward_depends_${name}")
    foreach(dependency IN LISTS depends)
        string(APPEND STEWARD_FIND_DEPENDENCIES " \"${dependency}\"")
    endforeach()
    string(APPEND STEWARD_FIND_DEPENDENCIES ")\n")
    get_property(others GLOBAL PROPERTY STEWARD_COMPONENTS_OF_${name})
    string(APPEND STEWARD_FIND_DEPENDENCIES "set(steward_components_of_${name} ${others})\n")
endforeach()
set(STEWARD_INSTALLED_COMPONENTS "${components}")

configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/steward-config.cmake.in"
    "${PROJECT_BINARY_DIR}/steward-config.cmake" INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/steward-config-version.cmake"
    COMPATIBILITY SameMinorVersion)
file(GLOB find_modules "${PROJECT_SOURCE_DIR}/cmake/Find*.cmake")
install(FILES "${PROJECT_BINARY_DIR}/steward-config.cmake" "${PROJECT_BINARY_DIR}/steward-config-version.cmake"
        ${find_modules} "${PROJECT_SOURCE_DIR}/cmake/StewardBenchmark.cmake"
        "${PROJECT_SOURCE_DIR}/cmake/StewardGenerate.cmake"
        DESTINATION "${package_dir}" COMPONENT steward)
