// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>
#include <utility>

namespace steward::inline v0 {

/// The words by which a settings file (`<steward/settings.hpp>`) names the values of an enumeration:
///
///     template <>
///     inline constexpr auto steward::setting_words<color> =
///         std::to_array<std::pair<std::string_view, color>>({{"red", color::red}, {"green", color::green}});
template <class Enumeration>
inline constexpr int setting_words = 0;

} // namespace steward::inline v0
