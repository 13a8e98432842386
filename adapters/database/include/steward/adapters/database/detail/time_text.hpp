// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace steward::inline v0::adapters::detail {

/// A point in time as all databases read it: `2026-11-28 02:17:24.500000` in UTC, without the fraction where it is zero,
/// so that texts compare as times do.
class time_text {
public:
    /// Microseconds since 1970. Empty outside the years 1 to 9999.
    explicit time_text(std::int64_t microseconds) noexcept;

    [[nodiscard]] std::string_view view() const noexcept { return {characters_.data(), size_}; }

private:
    std::array<char, 32> characters_{};
    std::size_t size_ = 0;
};

/// Microseconds since 1970 of `2026-11-28`, `2026-11-28 02:17`, with seconds, with a fraction (what is finer than
/// microseconds is cut off), with `T` between, with `Z` or an offset such as `+02` or `+05:30` behind. Nothing if it is
/// none of these.
[[nodiscard]] std::optional<std::int64_t> parse_time(std::string_view text) noexcept;

} // namespace steward::inline v0::adapters::detail
