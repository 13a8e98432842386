// SPDX-License-Identifier: BSL-1.0
#include "parsing/unicode.hpp"

#include "parsing/separated.hpp"

#include <range/v3/algorithm/all_of.hpp>

#include <charconv>
#include <cstdint>

namespace etl {

namespace {

enum column : std::size_t {
    code_point,
    name,
    general_category,
    combining_class,
    bidi_class,
    decomposition,
    decimal_digit,
    digit,
    numeric,
    bidi_mirrored,
    unicode_1_name,
    iso_comment,
    simple_uppercase,
    simple_lowercase,
    simple_titlecase,
};

[[nodiscard]] constexpr bool is_capital(char c) noexcept { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// The number in a text that holds nothing else; -1 if it does.
[[nodiscard]] std::int64_t number_in(std::string_view text, int base)
{
    std::int64_t value = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    return error == std::errc{} && end == text.data() + text.size() ? value : -1;
}

[[nodiscard]] bool is_code_point(std::string_view text)
{
    const std::int64_t value = number_in(text, 16);
    return text.size() >= 4 && text.size() <= 6 && value >= 0 && value <= 0x10FFFF;
}

[[nodiscard]] bool is_category(std::string_view text)
{
    constexpr std::string_view majors = "LMNPSZC";
    return text.size() == 2 && majors.contains(text[0]) && text[1] >= 'a' && text[1] <= 'z';
}

[[nodiscard]] bool is_combining_class(std::string_view text)
{
    const std::int64_t value = number_in(text, 10);
    return value >= 0 && value <= 254;
}

[[nodiscard]] bool is_bidi_class(std::string_view text)
{
    return !text.empty() && text.size() <= 3 && ranges::all_of(text, is_capital);
}

/// Empty, or code points behind a tag such as <compat>.
[[nodiscard]] bool is_decomposition(std::string_view text)
{
    if (text.starts_with('<')) {
        const std::size_t end = text.find("> ");
        if (end == std::string_view::npos)
            return false;
        text.remove_prefix(end + 2);
    }
    return text.empty() || ranges::all_of(fields_of(text, ' '), is_code_point);
}

[[nodiscard]] bool is_digit_or_empty(std::string_view text)
{
    return text.empty() || (text.size() == 1 && is_digit(text[0]));
}

[[nodiscard]] bool is_code_point_or_empty(std::string_view text) { return text.empty() || is_code_point(text); }

[[nodiscard]] std::string_view fault_of(fields row)
{
    if (!is_code_point(row[code_point]))
        return "the code point is not 4 to 6 hexadecimal digits up to 10FFFF";
    if (row[name].empty())
        return "the name is empty";
    if (!is_category(row[general_category]))
        return "the general category is not two letters such as Lu";
    if (!is_combining_class(row[combining_class]))
        return "the combining class is not a number from 0 to 254";
    if (!is_bidi_class(row[bidi_class]))
        return "the bidi class is not 1 to 3 capital letters";
    if (!is_decomposition(row[decomposition]))
        return "the decomposition is not a list of code points";
    if (!is_digit_or_empty(row[decimal_digit]) || !is_digit_or_empty(row[digit]))
        return "the digit is not one digit";
    if (row[bidi_mirrored] != "Y" && row[bidi_mirrored] != "N")
        return "bidi mirrored is neither Y nor N";
    if (!ranges::all_of(row.subspan(simple_uppercase), is_code_point_or_empty))
        return "a case mapping is not a code point";
    return {};
}

} // namespace

shape unicode_shape()
{
    return {.kind = "unicode",
            .delimiter = ';',
            .header = false,
            .columns = {"code_point", "name", "general_category", "canonical_combining_class", "bidi_class",
                        "decomposition", "decimal_digit", "digit", "numeric", "bidi_mirrored", "unicode_1_name",
                        "iso_comment", "simple_uppercase", "simple_lowercase", "simple_titlecase"},
            .fault = fault_of};
}

} // namespace etl
