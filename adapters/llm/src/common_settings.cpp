// SPDX-License-Identifier: BSL-1.0
#include "common_settings.hpp"

#include <steward/error.hpp>

#include <utility>

namespace steward::inline v0::adapters::detail {

std::string needed_key(std::string_view written, std::string_view provider)
{
    auto key = key_of(written);
    if (!key)
        throw permanent_failure{std::string{provider}.append(": api_key: expected ").append(key.error())};
    return *std::move(key);
}

} // namespace steward::inline v0::adapters::detail
