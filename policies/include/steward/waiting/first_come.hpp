// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/policy.hpp>

namespace steward::inline v0::waiting {

/// Strictly first come, first served: whoever comes while others wait goes behind them.
///
/// Choose it where fairness counts more than speed. Cost: a look at the queue for each lease; while somebody waits each
/// slot that is freed waits for him to wake, so slots that are used for microseconds do a fifth of the work.
struct first_come : policy {
    static constexpr time_span overtaking_time{0};
    static constexpr bool in_order = true;
    static constexpr bool sleeps = true;
};

} // namespace steward::inline v0::waiting
