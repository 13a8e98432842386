// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/policy.hpp>

namespace steward::inline v0::waiting {

/// Newcomers may take a slot that is freed although others wait, until the oldest has waited for `Time`; the next slot is
/// then handed to him. The default, with 100 µs.
///
/// Choose it nearly always: a slot that is used for microseconds stays with who runs, and nobody waits much longer than
/// his turn. A longer time gives more leases and longer waits. Cost: nothing where a slot is free.
template <time_span Time = time_span{100'000}>
struct overtaking : policy {
    static_assert(Time.nanoseconds >= 0, "steward::waiting::overtaking: the time must be zero or more");

    static constexpr time_span overtaking_time = Time;
    static constexpr bool in_order = false;
    static constexpr bool sleeps = true;
};

} // namespace steward::inline v0::waiting
