// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/health/known_health.hpp>
#include <steward/policy.hpp>

namespace steward::inline v0::health {

/// The housekeeper validates what nobody uses, once in each `validation_interval`; a resource that fails is retired.
///
/// Choose it where resources die unnoticed while they rest, and no caller shall pay for finding out. Cost: nothing for
/// a lease; a validation for each resting resource and interval. A resource may still die between two looks: add
/// `on_borrow<Bypass>` where that must not reach a holder.
struct periodic : policy, validating {
    static constexpr bool validates_idle = true;
};

} // namespace steward::inline v0::health
