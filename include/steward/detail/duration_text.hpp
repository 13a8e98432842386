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
    const bool whole_us = count % 1'000 == 0;
    const bool whole_ms = count % 1'000'000 == 0;
    return std::to_string(whole_ms   ? count / 1'000'000
                          : whole_us ? count / 1'000
                                     : count)
        .append(whole_ms   ? " ms"
                : whole_us ? " us"
                           : " ns");
}

} // namespace steward::inline v0::detail
