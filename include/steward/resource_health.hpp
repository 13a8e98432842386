// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

namespace steward {

/// How a resource is, as far as anything is known.
enum class resource_health { unknown, healthy, degraded, unhealthy };

[[nodiscard]] constexpr std::string_view to_string(resource_health health) noexcept
{
    switch (health) {
    case resource_health::unknown: return "unknown";
    case resource_health::healthy: return "healthy";
    case resource_health::degraded: return "degraded";
    case resource_health::unhealthy: return "unhealthy";
    }
    return "unknown";
}

} // namespace steward
