// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <fmt/format.h>

#include <string_view>

namespace steward::inline v0::detail {

/// The base of a formatter for a type that has a `to_string`: it prints as that text does.
template <class T>
struct as_text : fmt::formatter<fmt::string_view> {
    template <class Context>
    auto format(const T& value, Context& context) const
    {
        const auto& text = to_string(value);
        return fmt::formatter<fmt::string_view>::format(fmt::string_view{text.data(), text.size()}, context);
    }
};

} // namespace steward::inline v0::detail
