// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <string>

namespace steward::inline v0 {

/// A span of time for people, in the unit that suits it and with three digits: `850 ns`, `12.3 µs`, `1.50 ms`,
/// `48.0 s`; from a minute on in whole units: `2 min 5 s`, `3 h 12 min`.
[[nodiscard]] inline std::string readable(std::chrono::nanoseconds span)
{
    using namespace std::chrono;
    if (span < nanoseconds::zero()) // the smallest number has no positive twin
        return fmt::format("-{}", readable(span == nanoseconds::min() ? nanoseconds::max() : -span));
    if (span < 1us)
        return fmt::format("{} ns", span.count());
    if (span >= 59'950ms) {
        // Not std::chrono::round: it overflows near the largest span.
        const auto whole = span / 1s + (span % 1s >= 500ms ? 1 : 0);
        return whole < 3'600 ? fmt::format("{} min {} s", whole / 60, whole % 60)
                             : fmt::format("{} h {} min", whole / 3'600, whole % 3'600 / 60);
    }
    static constexpr std::array units{"µs", "ms", "s"};
    double value = static_cast<double>(span.count()) / 1e3;
    std::size_t unit = 0;
    for (; value >= 999.5 && unit + 1 < units.size(); ++unit)
        value /= 1e3;
    const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return fmt::format("{:.{}f} {}", value, decimals, units[unit]);
}

} // namespace steward::inline v0
