// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace steward::inline v0 {

/// Says that a manager has no thread of its own: time stands still in it until `maintain` is called.
struct manual_housekeeping_t {
    explicit manual_housekeeping_t() = default;
};
/// The last argument of a manager's constructor, for those who call `maintain` themselves.
inline constexpr manual_housekeeping_t manual_housekeeping{};

} // namespace steward::inline v0
