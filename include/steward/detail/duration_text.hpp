// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/time.hpp>

#include <chrono>
#include <string>

namespace steward::inline v0::detail {

/// `-1500 ms`: in the largest unit, up to milliseconds, that needs no fraction.
[[nodiscard]] inline std::string duration_text(duration time)
{
    const auto count = std::chrono::nanoseconds{time}.count();
    if (count % 1'000'000 == 0)
        return std::to_string(count / 1'000'000).append(" ms");
    if (count % 1'000 == 0)
        return std::to_string(count / 1'000).append(" us");
    return std::to_string(count).append(" ns");
}

/// `1500 ms`: rounded up, so that what is not over yet is not zero.
[[nodiscard]] inline std::string milliseconds_text(duration time)
{
    return std::to_string((std::chrono::nanoseconds{time}.count() + 999'999) / 1'000'000).append(" ms");
}

/// What is wrong with a time-out below zero.
[[nodiscard]] inline std::string negative_timeout_text(duration timeout)
{
    return "expected a time-out of zero or more, got " + duration_text(timeout);
}

} // namespace steward::inline v0::detail
