// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/policy.hpp>

namespace steward::inline v0::waiting {

/// Whoever waits never sleeps: he looks again and again, and lets other threads run in between.
///
/// Choose it where there are more processors than threads and every microsecond counts. Cost: a processor for each who
/// waits.
struct spinning : policy {
    static constexpr time_span overtaking_time{100'000};
    static constexpr bool in_order = false;
    static constexpr bool sleeps = false;
};

} // namespace steward::inline v0::waiting
