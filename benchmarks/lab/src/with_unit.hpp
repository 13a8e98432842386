// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <fmt/format.h>

#include <string>

namespace steward::inline v0::lab {

/// A time for a terminal's table: `30 ns`, `1.5 us`, `2.0 ms`.
[[nodiscard]] inline std::string with_unit(double nanoseconds)
{
    if (nanoseconds < 1e3)
        return fmt::format("{:.0f} ns", nanoseconds);
    if (nanoseconds < 1e6)
        return fmt::format("{:.1f} us", nanoseconds / 1e3);
    return fmt::format("{:.1f} ms", nanoseconds / 1e6);
}

} // namespace steward::inline v0::lab
