# SPDX-License-Identifier: BSL-1.0
#
# Installs each component with an export set of its own, and the package files for find_package(steward).

include(CMakePackageConfigHelpers)
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/steward")

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
