// SPDX-License-Identifier: BSL-1.0
#include "common_settings.hpp"

#include <steward/error.hpp>

#include <algorithm>
#include <utility>

namespace steward::adapters::detail {

bool is_visible_ascii(std::string_view text) noexcept
{
    return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

std::string needed_key(std::string_view written, std::string_view provider)
{
    auto key = key_of(written);
    if (!key)
        throw permanent_failure{std::string{provider}.append(": api_key: expected ").append(key.error())};
    return *std::move(key);
}

} // namespace steward::adapters::detail
