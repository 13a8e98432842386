// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/health/known_health.hpp>
#include <steward/policy.hpp>

namespace steward::inline v0::health {

/// Validates a resource as it comes back; one that fails is retired.
///
/// Choose it where holders break resources and the next one must not pay for finding out. Cost: one validation for
/// each lease, paid by the holder who returns it.
struct on_return : policy, validating {
    static constexpr bool validates_returned = true;
};

} // namespace steward::inline v0::health
