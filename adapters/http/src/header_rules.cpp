// SPDX-License-Identifier: BSL-1.0
#include "header_rules.hpp"

#include <algorithm>
#include <array>

namespace steward::inline v0::adapters::detail {

namespace {

bool is_name_letter(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
           || std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
}

// These say where the request goes and where its body ends, which is for the client to know.
constexpr std::array<std::string_view, 4> the_clients{"Host", "Content-Length", "Transfer-Encoding", "Connection"};

} // namespace

bool is_one_of(std::span<const std::string_view> names, std::string_view name) noexcept
{
    const header_name_less less;
    return std::ranges::any_of(names, [&](std::string_view each) { return !less(name, each) && !less(each, name); });
}

bool is_visible_ascii(std::string_view text) noexcept
{
    return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

bool is_header_value(std::string_view value) noexcept
{
    return std::ranges::all_of(
        value, [](char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f); });
}

std::string wrong_header(const http_headers& headers)
{
    for (const auto& [name, value] : headers) {
        if (name.empty() || !std::ranges::all_of(name, is_name_letter))
            return "names of letters, digits and -";
        if (is_one_of(the_clients, name))
            return "no header " + name + ", which the client sets";
        if (!is_header_value(value))
            return "a value of " + name + " without line ends and other control characters";
    }
    return {};
}

} // namespace steward::inline v0::adapters::detail
