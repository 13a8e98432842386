// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>

namespace steward::inline v0::adapters::detail {

/// What was expected of a steward::database that was built without a backend.
[[nodiscard]] inline std::string built_with(std::string_view backend)
{
    return std::string{"a steward::database that was built with "}.append(backend).append(
        "; see what its CMake said was left out");
}

} // namespace steward::inline v0::adapters::detail
