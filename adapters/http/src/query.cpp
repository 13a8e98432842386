// SPDX-License-Identifier: BSL-1.0
#include "query.hpp"

#include "base_url.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <utility>

namespace steward::inline v0::adapters::detail {

namespace {

bool means_the_same_everywhere(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
           || std::string_view{"-._~"}.contains(c);
}

std::string decoded(std::string_view text)
{
    std::string result;
    while (!text.empty()) {
        unsigned char byte = 0;
        const std::string_view digits = text.substr(1, 2);
        const char* const end = digits.data() + digits.size();
        if (text.front() == '%' && digits.size() == 2
            && std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16).ptr == end) {
            result += static_cast<char>(byte);
            text.remove_prefix(3);
        } else {
            result += text.front() == '+' ? ' ' : text.front();
            text.remove_prefix(1);
        }
    }
    return result;
}

// Calls `f` with each of a query's parameters, `a=b`, and whether it has that name.
template <class F>
void for_each_parameter(std::string_view query, std::string_view name, F f)
{
    while (!query.empty()) {
        const std::string_view each = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(each.size() + 1, query.size()));
        f(each, decoded(each.substr(0, each.find('='))) == name);
    }
}

} // namespace

std::string encoded_component(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        if (means_the_same_everywhere(c))
            result += c;
        else
            append_escaped(result, c);
    }
    return result;
}

std::string with_parameter(std::string target, std::string_view name, std::string_view value)
{
    const std::size_t mark = std::min(target.find('?'), target.size());
    bool there = false;
    if (mark != target.size())
        for_each_parameter(std::string_view{target}.substr(mark + 1), name,
                           [&](std::string_view, bool named_so) { there = there || named_so; });
    if (!there)
        target.append(mark == target.size()   ? "?"
                      : target.ends_with('?') ? ""
                                              : "&")
            .append(encoded_component(name))
            .append("=")
            .append(encoded_component(value));
    return target;
}

std::string without_parameter(std::string_view target, std::string_view name)
{
    const std::size_t mark = std::min(target.find('?'), target.size());
    std::string result{target.substr(0, mark)};
    char before = '?';
    if (mark != target.size())
        for_each_parameter(target.substr(mark + 1), name, [&](std::string_view each, bool named_so) {
            if (!named_so)
                result.append(1, std::exchange(before, '&')).append(each);
        });
    return result;
}

} // namespace steward::inline v0::adapters::detail
