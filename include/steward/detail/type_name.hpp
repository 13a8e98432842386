// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace steward::inline v0::detail {

template <class T>
[[nodiscard]] consteval std::string_view whole_signature() noexcept
{
    return __PRETTY_FUNCTION__;
}

/// The name of a type without its namespaces and without template arguments.
template <class T>
[[nodiscard]] consteval std::string_view unqualified_name() noexcept
{
    // The signature around the name is the same for every type: measured once, with a type of a known name.
    constexpr std::string_view probe = whole_signature<double>();
    constexpr std::size_t begin = probe.find("double");
    constexpr std::size_t end = probe.size() - begin - std::string_view{"double"}.size();
    std::string_view name = whole_signature<T>();
    name = name.substr(begin, name.size() - begin - end);
    name = name.substr(0, name.find('<'));
    const std::size_t colons = name.rfind("::");
    return colons == std::string_view::npos ? name : name.substr(colons + 2);
}

/// The unqualified name as text that ends with a NUL and lives as long as the program.
template <class T>
inline constexpr auto name_text = [] {
    constexpr std::string_view name = unqualified_name<T>();
    std::array<char, name.size() + 1> text{};
    for (std::size_t i = 0; i != name.size(); ++i)
        text[i] = name[i];
    return text;
}();

} // namespace steward::inline v0::detail
