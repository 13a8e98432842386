// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/llm/provider.hpp>

#include <cstdlib>

namespace steward::inline v0::adapters::detail {

std::expected<std::string, std::string> key_of(std::string_view written)
{
    if (!written.contains("${"))
        return std::string{written};
    const std::string name{written.starts_with("${") && written.ends_with('}') ? written.substr(2, written.size() - 3)
                                                                               : std::string_view{}};
    static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";
    if (name.empty() || name.find_first_not_of(letters) != std::string::npos)
        return std::unexpected{"a key, or ${NAME} for a variable of the environment"};
    const char* const value = std::getenv(name.c_str());
    if (value == nullptr || *value == '\0')
        return std::unexpected{"the environment to have a variable " + name};
    return value;
}

} // namespace steward::inline v0::adapters::detail
