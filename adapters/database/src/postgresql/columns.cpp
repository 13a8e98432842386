// SPDX-License-Identifier: BSL-1.0
#include "columns.hpp"

#include "types.hpp"

#include <steward/adapters/database/error.hpp>

#include <charconv>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>
#include <system_error>

namespace steward::inline v0::adapters::detail::pg {

namespace {

template <class Number>
std::optional<Number> parse(std::string_view text) noexcept
{
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional{number} : std::nullopt;
}

/// Also NaN and Infinity. What a double cannot hold stays text, which nobody takes for a number.
value real(std::string_view text) noexcept
{
    double number{};
    if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc::result_out_of_range)
        return value{number};
    const std::size_t point = text.find('.'), digit = text.find_first_not_of("-0.");
    return point != std::string_view::npos && digit > point ? value{0.0} : value{text}; // tiny, or huge
}

/// An integer where it is one that fits, whatever zeros are behind its point.
value number(std::string_view text) noexcept
{
    std::string_view whole = text;
    if (const std::size_t point = text.find('.'); point != std::string_view::npos)
        if (text.find_first_not_of('0', point + 1) == std::string_view::npos)
            whole = text.substr(0, point);
    if (const auto integer = parse<std::int64_t>(whole))
        return value{*integer};
    if (const auto natural = parse<std::uint64_t>(whole))
        return value::from_unsigned(*natural);
    return real(text);
}

value numeric(std::string_view text, value_kind wanted) noexcept
{
    if (wanted == value_kind::text)
        return value{text};
    return wanted == value_kind::integer || wanted == value_kind::natural ? number(text) : real(text);
}

std::byte nibble(char digit) noexcept
{
    return static_cast<std::byte>(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
}

} // namespace

value columns::read(const PGresult* row, int column, value_kind wanted)
{
    if (PQgetisnull(row, 0, column) != 0)
        return value{};
    const std::string_view text{PQgetvalue(row, 0, column), static_cast<std::size_t>(PQgetlength(row, 0, column))};
    switch (PQftype(row, column)) {
    case type::boolean: return value{std::int64_t{text == "t" ? 1 : 0}};
    case type::int2:
    case type::int4:
    case type::int8:
    case type::oid: return value{parse<std::int64_t>(text).value_or(0)};
    case type::float4:
    case type::float8: return real(text);
    case type::numeric: return numeric(text, wanted);
    case type::bytea: return blob(text, static_cast<std::size_t>(column));
    default: return value{text};
    }
}

value columns::blob(std::string_view text, std::size_t column)
{
    if (blobs_.size() <= column)
        blobs_.resize(column + 1);
    std::vector<std::byte>& bytes = blobs_[column];
    if (text.starts_with("\\x")) {
        text.remove_prefix(2);
        bytes.resize(text.size() / 2);
        for (std::size_t i = 0; i != bytes.size(); ++i)
            bytes[i] = nibble(text[2 * i]) << 4 | nibble(text[2 * i + 1]);
        return value{std::span<const std::byte>{bytes}};
    }
    // Somebody has set bytea_output to "escape".
    std::size_t size = 0;
    const std::unique_ptr<unsigned char, decltype(&PQfreemem)> escaped{
        PQunescapeBytea(reinterpret_cast<const unsigned char*>(text.data()), &size), &PQfreemem};
    if (!escaped)
        throw database_error{database_errc::out_of_memory, "no memory for a blob"};
    const auto* const begin = reinterpret_cast<const std::byte*>(escaped.get());
    bytes.assign(begin, begin + size);
    return value{std::span<const std::byte>{bytes}};
}

} // namespace steward::inline v0::adapters::detail::pg
