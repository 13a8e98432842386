// SPDX-License-Identifier: BSL-1.0
#include "value_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <system_error>

namespace steward::inline v0::adapters::detail {

namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// Takes digits from the front; how many.
std::size_t skip_digits(std::string_view& text) noexcept
{
    std::size_t count = 0;
    while (count != text.size() && is_digit(text[count]))
        ++count;
    text.remove_prefix(count);
    return count;
}

/// The length of the sequence that begins there, 0 if it is not well-formed.
std::size_t length_of_sequence(std::string_view text) noexcept
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80)
        return 1;
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < length)
        return 0;
    for (std::size_t i = 1; i != length; ++i)
        if ((byte(i) & 0xc0) != 0x80)
            return 0;
    const unsigned char second = byte(1);
    const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
    const bool surrogate = first == 0xed && second > 0x9f;
    const bool too_large = first == 0xf4 && second > 0x8f;
    return overlong || surrogate || too_large ? 0 : length;
}

int digit_of(char c) noexcept
{
    if (is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

char in_lower_case(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

template <class Number>
std::optional<value> whole(std::string_view text) noexcept
{
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value{number};
}

} // namespace

std::optional<std::size_t> not_utf8(std::string_view text) noexcept
{
    for (std::size_t at = 0; at != text.size();) {
        const std::size_t length = length_of_sequence(text.substr(at));
        if (length == 0)
            return at;
        at += length;
    }
    return std::nullopt;
}

std::string folded(std::string_view name)
{
    std::string result{name};
    for (char& c : result)
        c = in_lower_case(c);
    return result;
}

bool same_name(std::string_view a, std::string_view b) noexcept
{
    return std::ranges::equal(a, b, {}, in_lower_case, in_lower_case);
}

void append_integer(std::string& to, std::int64_t number)
{
    std::array<char, 24> digits; // NOLINT(cppcoreguidelines-pro-type-member-init)
    to.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

void append_real(std::string& to, double number)
{
    std::array<char, 32> digits; // NOLINT(cppcoreguidelines-pro-type-member-init)
    const char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    const std::string_view text{digits.data(), end};
    to.append(text);
    if (text.find_first_of(".e") == std::string_view::npos)
        to.append(".0");
}

void append_hex(std::string& to, std::span<const std::byte> bytes)
{
    static constexpr std::string_view digits{"0123456789abcdef"};
    to.reserve(to.size() + 2 * bytes.size());
    for (const std::byte b : bytes) {
        to += digits[std::to_integer<std::size_t>(b) >> 4];
        to += digits[std::to_integer<std::size_t>(b) & 15];
    }
}

bool parse_hex(std::string_view digits, std::vector<std::byte>& bytes)
{
    bytes.clear();
    if (digits.size() % 2 != 0)
        return false;
    bytes.reserve(digits.size() / 2);
    for (std::size_t i = 0; i != digits.size(); i += 2) {
        const int high = digit_of(digits[i]), low = digit_of(digits[i + 1]);
        if (high < 0 || low < 0)
            return false;
        bytes.push_back(static_cast<std::byte>(high * 16 + low));
    }
    return true;
}

std::optional<value> parse_number(std::string_view text) noexcept
{
    std::string_view rest = text;
    if (rest.starts_with('-'))
        rest.remove_prefix(1);
    const bool zero = rest.starts_with('0');
    const std::size_t digits = skip_digits(rest);
    if (digits == 0 || (zero && digits > 1))
        return std::nullopt;
    if (rest.empty()) // -0 has a sign that no integer has
        return zero && text.size() > 1 ? std::nullopt : whole<std::int64_t>(text);
    if (rest.front() == '.') {
        rest.remove_prefix(1);
        if (skip_digits(rest) == 0)
            return std::nullopt;
    }
    if (rest.starts_with('e') || rest.starts_with('E')) {
        rest.remove_prefix(1);
        if (rest.starts_with('+') || rest.starts_with('-'))
            rest.remove_prefix(1);
        if (skip_digits(rest) == 0)
            return std::nullopt;
    }
    return rest.empty() ? whole<double>(text) : std::nullopt;
}

} // namespace steward::inline v0::adapters::detail
