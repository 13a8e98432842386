// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace steward::gen {

/// No letter, and no blank.
[[nodiscard]] constexpr bool is_control(char c) noexcept { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }
/// Whether text begins with a character that makes what stands behind it look as if it stood elsewhere: U+202A to U+202E,
/// U+2066 to U+2069, three bytes each.
[[nodiscard]] bool begins_with_a_turn(std::string_view text) noexcept;

/// Whether it may be the name of something in C++: no keyword, no name that C++ keeps for itself.
[[nodiscard]] bool is_identifier(std::string_view text);
/// The same with namespaces: `orders::load`, `::load`.
[[nodiscard]] bool is_qualified_name(std::string_view text);
/// `orders.hpp` or `<orders/load.hpp>`.
[[nodiscard]] bool is_header(std::string_view text);
/// The name of a C++ type, with template arguments: `shop::cache<3>`.
[[nodiscard]] bool is_type_name(std::string_view text);

/// The nearest identifier: `process-data` becomes `process_data`.
[[nodiscard]] std::string identifier_for(std::string_view text);
/// The same for a namespace in the global one: none that a C library has there.
[[nodiscard]] std::string namespace_for(std::string_view text);
/// As a C++ string literal.
[[nodiscard]] std::string literal(std::string_view text);

/// The names that are taken in one scope.
class name_scope {
public:
    /// An identifier for a text that nobody else has.
    [[nodiscard]] std::string take(std::string_view text);

private:
    std::set<std::string, std::less<>> taken_;
};

} // namespace steward::gen
