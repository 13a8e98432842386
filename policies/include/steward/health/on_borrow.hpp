// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/health/known_health.hpp>
#include <steward/policy.hpp>

namespace steward::inline v0::health {

/// Validates a resource before it is lent; one that fails is replaced, and the acquisition still counts once.
///
/// Choose it where a dead connection must not reach a holder. `on_borrow<500_ms>` trusts what was used within that
/// time. Cost: one validation (for a database a round trip) for each lease outside the window; inside it, nothing:
/// the housekeeper marks what rests, and the fast path takes only what it has not marked. A shared resource, which is used
/// all the time, is trusted for that long after it was made or validated.
template <time_span Bypass = time_span{0}>
struct on_borrow : policy, validating {
    /// How finely the window is known.
    static constexpr time_span tick_interval{Bypass.nanoseconds / 4};

    [[nodiscard]] static constexpr bool wants_validation(const per_resource&, duration idle) noexcept
    {
        return idle >= duration{Bypass};
    }
};

} // namespace steward::inline v0::health
