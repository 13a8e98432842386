// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/metrics_snapshot.hpp>
#include <steward/resource_health.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace steward::inline v0 {

/// What a resource is doing, in one word.
enum class resource_state {
    idle,        ///< nobody holds it
    active,      ///< somebody holds it, more could
    busy,        ///< all that it may have is lent
    error,       ///< its health is unhealthy
    closed,      ///< closed: nothing is lent any more
    maintenance, ///< suspended
};

/// The state in words: "maintenance".
[[nodiscard]] constexpr std::string_view to_string(resource_state state) noexcept
{
    switch (state) {
    case resource_state::idle: return "idle";
    case resource_state::active: return "active";
    case resource_state::busy: return "busy";
    case resource_state::error: return "error";
    case resource_state::closed: return "closed";
    case resource_state::maintenance: return "maintenance";
    }
    return "unknown";
}

/// What a manager knows about one of its resources. `name` is static text.
struct resource_status {
    std::string_view name;                       ///< its declared name
    resource_state state = resource_state::idle; ///< in one word
    bool pooled = false;                      ///< slots that are waited for; false for shared and transient resources
    std::size_t size = 0;                     ///< live resources
    std::size_t available = 0;                ///< live resources that nobody holds
    std::size_t active = 0;                   ///< leases that are out
    std::size_t capacity = 0;                 ///< most live resources; 0: no bound
    std::size_t waiting = 0;                  ///< callers that wait for a slot, or for a shared resource
    std::vector<std::string> owners{};        ///< who holds it, where the ownership policy knows
    std::optional<metrics_snapshot> totals{}; ///< what the metrics policy counted, if there is one
    resource_health health = resource_health::unknown; ///< see `manager::health`
    health_report diagnosis{};                         ///< the same, with reason and since when
};

/// The metrics of one resource; `name` is static text.
struct named_metrics {
    std::string_view name;    ///< its declared name
    metrics_snapshot metrics; ///< what was counted
};

/// The health of one resource; `name` is static text.
struct named_health {
    std::string_view name;  ///< its declared name
    resource_health health; ///< see `manager::health`
    std::string reason{};   ///< see `health_report`
    time_point since{};     ///< see `health_report`
};

} // namespace steward::inline v0
