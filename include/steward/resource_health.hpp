// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/time.hpp>

#include <string>
#include <string_view>

namespace steward::inline v0 {

/// How a resource is, as far as anything is known.
enum class resource_health {
    unknown,  ///< nothing was seen yet, or nobody looks
    healthy,  ///< the last that was seen was good
    degraded, ///< something failed, but it may be used
    unhealthy ///< it cannot be had, or fails again and again
};

/// The health in words: "degraded".
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

/// The same as a health policy says it: with the reason, static text, and the tick in which that began. A verdict of
/// one moment: these three belong together.
struct health_verdict {
    resource_health health = resource_health::unknown; ///< unknown as long as nothing was seen
    std::string_view reason{};                         ///< empty where nothing is known
    time_point since{};                                ///< the epoch where nothing is known
    duration retry_in{};                               ///< until it admits somebody again, by the tick; else zero
};

/// And as a manager says it, with the adapter's own words where it failed.
struct health_report {
    resource_health health = resource_health::unknown; ///< unknown as long as nothing was seen
    std::string reason{};                              ///< empty where nothing is known; no secrets
    time_point since{};                                ///< the epoch where nothing is known
    duration retry_in{};                               ///< until somebody is admitted again, by the tick; else zero
};

namespace detail {

[[nodiscard]] inline health_report as_report(const health_verdict& verdict)
{
    return {verdict.health, std::string{verdict.reason}, verdict.since, verdict.retry_in};
}

} // namespace detail
} // namespace steward::inline v0
