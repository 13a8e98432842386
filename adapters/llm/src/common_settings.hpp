// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "header_rules.hpp"

#include <steward/adapters/http/http.hpp>
#include <steward/adapters/http/settings.hpp>
#include <steward/adapters/llm/provider.hpp>
#include <steward/configuration.hpp>
#include <steward/field_name.hpp>

#include <string>
#include <string_view>
#include <utility>

/// The settings that all of our providers have under the same names.
namespace steward::inline v0::adapters::detail {

/// Where the service is and how long it may take, without who asks.
template <class Settings>
[[nodiscard]] http_settings anonymous_service(const Settings& wanted)
{
    return {.base_url = wanted.base_url,
            .timeout = wanted.timeout,
            .headers = wanted.headers,
            .retry_count = wanted.retry_count,
            .retry_delay = wanted.retry_delay,
            .max_redirects = 0, // a prompt is nothing for whomever somebody points to
            .ca_file = wanted.ca_file,
            .proxy = wanted.proxy,
            .proxy_auth = wanted.proxy_auth};
}

/// The key; throws permanent_failure where the environment lacks it by now.
[[nodiscard]] std::string needed_key(std::string_view written, std::string_view provider);

/// The same with the key, if there is one, as a bearer token.
template <class Settings>
[[nodiscard]] http_settings bearer_service(const Settings& wanted, std::string_view provider)
{
    http_settings result = anonymous_service(wanted);
    if (std::string key = needed_key(wanted.api_key, provider); !key.empty())
        result.auth = bearer{std::move(key)};
    return result;
}

template <class Settings>
void check_key(const Settings& wanted, bool needed, configuration_check& check)
{
    const std::string_view field = field_name(wanted, wanted.api_key);
    const auto key = key_of(wanted.api_key);
    if (!key)
        check.wrong(field, key.error());
    else if (key->empty() && needed)
        check.wrong(field, "a key, or ${NAME} for a variable of the environment", "nothing");
    else if (!is_visible_ascii(*key))
        check.wrong(field, "a key of visible ASCII characters");
}

/// The URL without what all paths begin with.
template <class Settings>
void check_without(const Settings& wanted, std::string_view prefix, configuration_check& check)
{
    std::string_view url = wanted.base_url;
    if (url.ends_with('/'))
        url.remove_suffix(1);
    if (url.ends_with(prefix))
        check.wrong(field_name(wanted, wanted.base_url), std::string{"a URL without "}.append(prefix));
}

/// All but the key. `hottest` is the provider's largest temperature.
template <class Settings>
void check_common(const Settings& wanted, int hottest, configuration_check& check)
{
    if (wanted.model.empty())
        check.wrong(field_name(wanted, wanted.model), "the name of a model", "nothing");
    if (wanted.temperature && !(*wanted.temperature >= 0 && *wanted.temperature <= hottest))
        check.wrong(field_name(wanted, wanted.temperature), "0 to " + std::to_string(hottest),
                    std::to_string(*wanted.temperature));
    for (const auto* const most : {&wanted.max_tokens, &wanted.requests_per_minute, &wanted.tokens_per_minute})
        if (*most == 0U)
            check.wrong(field_name(wanted, *most), "at least 1", "0");
    for (const double* const price : {&wanted.prompt_price, &wanted.completion_price})
        if (!(*price >= 0 && *price <= 1e9))
            check.wrong(field_name(wanted, *price), "0 to 1000000000", std::to_string(*price));
    http::check(anonymous_service(wanted), check); // these fields have the same names there
}

} // namespace steward::inline v0::adapters::detail
