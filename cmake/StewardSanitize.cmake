# SPDX-License-Identifier: BSL-1.0
#
# STEWARD_SANITIZE=address,undefined or =thread: builds everything of ours with those sanitizers; any finding is fatal.

set(STEWARD_SANITIZE "" CACHE STRING "Sanitizers for steward's own targets: address,undefined or thread")
if(STEWARD_SANITIZE)
    add_compile_options(-fsanitize=${STEWARD_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${STEWARD_SANITIZE})
endif()
