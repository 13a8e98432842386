// SPDX-License-Identifier: BSL-1.0
#include "arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <system_error>

namespace steward::inline v0::lab {

std::optional<std::string_view> value_of(std::string_view name, std::string_view argument)
{
    if (!argument.starts_with("--") || !argument.substr(2).starts_with(name) || argument.size() <= name.size() + 2
        || argument[name.size() + 2] != '=')
        return {};
    return argument.substr(name.size() + 3);
}

int count(std::string_view option, std::string_view value)
{
    int result = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), result);
    if (error != std::errc{} || end != value.data() + value.size() || result < 1)
        throw std::invalid_argument{fmt::format("{}: expected a number from 1, got '{}'", option, value)};
    return result;
}

bool fits(const std::vector<std::string>& filter, std::string_view name)
{
    return filter.empty() || std::ranges::find(filter, name) != filter.end();
}

} // namespace steward::inline v0::lab
