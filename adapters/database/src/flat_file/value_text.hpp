// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/value.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// How values are written as text, the same in all formats.
namespace steward::inline v0::adapters::detail {

/// Where the first byte is that is no part of a well-formed UTF-8 text; nothing if there is none.
[[nodiscard]] std::optional<std::size_t> not_utf8(std::string_view text) noexcept;

/// Letters of ASCII in lower case: SQLite's names are equal if these are.
[[nodiscard]] std::string folded(std::string_view name);
[[nodiscard]] bool same_name(std::string_view a, std::string_view b) noexcept;

void append_integer(std::string& to, std::int64_t number);
/// The shortest text that is read as that number again, and as a floating-point one. The number is finite.
void append_real(std::string& to, double number);
void append_hex(std::string& to, std::span<const std::byte> bytes);

/// The bytes that hexadecimal digits stand for; false if the text is something else.
[[nodiscard]] bool parse_hex(std::string_view digits, std::vector<std::byte>& bytes);

/// The number that a text as JSON writes it stands for: an integer, or a floating-point number if it has a fraction or an
/// exponent. Nothing if it is something else, or does not fit.
[[nodiscard]] std::optional<value> parse_number(std::string_view text) noexcept;

} // namespace steward::inline v0::adapters::detail
