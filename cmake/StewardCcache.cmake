# SPDX-License-Identifier: BSL-1.0
#
# Uses ccache where it is there.

find_program(STEWARD_CCACHE ccache)
mark_as_advanced(STEWARD_CCACHE)
if(STEWARD_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${STEWARD_CCACHE}")
endif()
