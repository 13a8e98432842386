// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string_view>

namespace steward::inline v0 {

/// A string literal that can be a template argument: the name of a resource.
///
/// Complexity: everything is constant-evaluated; at run time it is a reference to static text.
template <std::size_t Length>
struct fixed_string {
    char text[Length + 1]{}; ///< with a NUL at its end

    // Implicit, so that a literal can stand where a name is expected: resource<"database", ...>.
    /// From a literal; at compile time only.
    consteval fixed_string(const char (&literal)[Length + 1]) noexcept
    {
        for (std::size_t i = 0; i != Length; ++i)
            text[i] = literal[i];
    }

    /// The characters without the NUL.
    [[nodiscard]] constexpr std::string_view view() const noexcept { return {text, Length}; }
    constexpr bool operator==(const fixed_string&) const = default;
};

/// From a literal: its length without the NUL.
template <std::size_t Size>
fixed_string(const char (&)[Size]) -> fixed_string<Size - 1>;

/// The name of a resource as a value: `"database"_r` has the type `name_constant<"database">`.
template <fixed_string Name>
struct name_constant {
    /// The name.
    static constexpr auto name = Name;
    /// The name's characters.
    [[nodiscard]] static constexpr std::string_view view() noexcept { return Name.view(); }
};

inline namespace literals {

/// Spells a resource's name as a value: `acquire("database"_r)` is `acquire<"database">()`.
template <fixed_string Name>
[[nodiscard]] consteval name_constant<Name> operator""_r() noexcept
{
    return {};
}

} // namespace literals
} // namespace steward::inline v0
