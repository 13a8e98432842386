// SPDX-License-Identifier: BSL-1.0
#include "connection_string.hpp"

#include <algorithm>
#include <memory>

#include <libpq-fe.h>

namespace steward::inline v0::adapters::detail::pg {

std::optional<connection_keywords> connection_keywords::parse(const std::string& connection)
{
    if (connection.find('\0') != std::string::npos)
        return std::nullopt;
    char* why = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options{
        PQconninfoParse(connection.c_str(), &why), &PQconninfoFree};
    PQfreemem(why);
    if (!options)
        return std::nullopt;
    connection_keywords result;
    for (const PQconninfoOption* option = options.get(); option->keyword; ++option)
        if (option->val)
            result.set(option->keyword, option->val);
    return result;
}

std::string_view connection_keywords::expected() noexcept
{
    return "postgresql://user:password@host:port/database, with special characters as %40, or keyword=value ...";
}

std::string_view connection_keywords::find(std::string_view keyword) const noexcept
{
    const auto found = std::ranges::find_if(said_, [&](const auto& each) { return each.first == keyword; });
    return found == said_.end() ? std::string_view{} : std::string_view{found->second};
}

void connection_keywords::set(std::string_view keyword, std::string_view value)
{
    const auto found = std::ranges::find_if(said_, [&](const auto& each) { return each.first == keyword; });
    if (found != said_.end())
        found->second = value;
    else
        said_.emplace_back(keyword, value);
}

std::string connection_keywords::escaped(std::string_view value)
{
    std::string result;
    for (const char c : value) {
        if (c == '\'' || c == '\\')
            result += '\\';
        result += c;
    }
    return result;
}

} // namespace steward::inline v0::adapters::detail::pg
