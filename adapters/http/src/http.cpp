// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/http.hpp>

#include "connection.hpp"
#include "header_rules.hpp"
#include "http_service.hpp"

#include <steward/field_name.hpp>

#include <algorithm>
#include <string>
#include <system_error>
#include <tuple>
#include <utility>

namespace steward::inline v0::adapters {

namespace {

void check_base_url(const http_settings& wanted, configuration_check& check)
{
    const std::string_view field = field_name(wanted, wanted.base_url);
    const auto url = detail::parse_base_url(wanted.base_url);
    // What was given is not shown: a password may stand anywhere in what is no URL.
    if (wanted.base_url.empty())
        check.wrong(field, "a URL such as https://api.example.com", "nothing");
    else if (!url)
        check.wrong(field, url.error());
    else if (url->tls && !detail::has_tls)
        check.wrong(field, "an http:// URL, since cpp-httplib was built without TLS here", "https://");
}

void check_times(const http_settings& wanted, configuration_check& check)
{
    static constexpr std::chrono::milliseconds most = std::chrono::hours{24};
    const auto zero_to_a_day = [&](const std::chrono::milliseconds& time) {
        if (time < std::chrono::milliseconds::zero() || time > most)
            check.wrong(field_name(wanted, time), "zero to 24 h", std::to_string(time.count()) + " ms");
    };
    for (const auto* const time : {&wanted.timeout, &wanted.connect_timeout})
        if (*time <= std::chrono::milliseconds::zero() || *time > most)
            check.wrong(field_name(wanted, *time), "more than zero and at most 24 h",
                        std::to_string(time->count()) + " ms");
    zero_to_a_day(wanted.read_timeout);
    zero_to_a_day(wanted.write_timeout);
    zero_to_a_day(wanted.retry_delay);
}

void check_api_key(const http_settings& wanted, const api_key& key, configuration_check& check)
{
    const std::string_view field = field_name(wanted, wanted.auth);
    const bool in_header = key.in == api_key_place::header;
    if (key.name.empty() || key.value.empty() || !detail::is_header_value(key.value)
        || std::ranges::any_of(key.name, detail::is_control))
        check.wrong(field, "a name and a value of api_key without control characters");
    else if (const std::string expected = in_header ? detail::wrong_header({{key.name, ""}}) : ""; !expected.empty())
        check.wrong(field, expected);
    else if (in_header && wanted.headers.contains(key.name))
        check.wrong(field, "either auth or a header " + key.name, "both");
}

void check_auth(const http_settings& wanted, configuration_check& check)
{
    const std::string_view field = field_name(wanted, wanted.auth);
    const auto& [bearer, basic, api_key] = std::tie(wanted.auth.bearer, wanted.auth.basic, wanted.auth.api_key);
    if (bearer.has_value() + basic.has_value() + api_key.has_value() > 1)
        check.wrong(field, "one of bearer, basic and api_key", "several");
    if ((bearer || basic) && wanted.headers.contains("Authorization"))
        check.wrong(field, "either auth or a header Authorization", "both");
    if (bearer && (bearer->token.empty() || !detail::is_visible_ascii(bearer->token)))
        check.wrong(field, "a token of visible ASCII characters, at least one");
    if (basic
        && (basic->user.contains(':') || !detail::is_header_value(basic->user)
            || !detail::is_header_value(basic->password)))
        check.wrong(field, "a user without ':', and no control characters in it or in the password");
    if (api_key)
        check_api_key(wanted, *api_key, check);
}

void check_proxy(const http_settings& wanted, configuration_check& check)
{
    const auto url = detail::parse_base_url(wanted.proxy);
    if (wanted.proxy.empty()) {
        if (wanted.proxy_auth)
            check.wrong(field_name(wanted, wanted.proxy_auth), "a proxy as well", "none");
    } else if (!url || url->tls || !url->prefix.empty()) {
        check.wrong(field_name(wanted, wanted.proxy),
                    "http://host:port, without user-info, which is given as proxy_auth");
    }
    if (const auto& who = wanted.proxy_auth;
        who
        && (who->user.empty() || who->password.empty() || who->user.contains(':') || !detail::is_header_value(who->user)
            || !detail::is_header_value(who->password)))
        check.wrong(field_name(wanted, wanted.proxy_auth),
                    "a user without ':' and a password, without control characters");
}

void check_ca_file(const http_settings& wanted, configuration_check& check)
{
    const std::string_view field = field_name(wanted, wanted.ca_file);
    std::error_code error;
    if (wanted.ca_file.empty())
        return;
    if (!std::filesystem::is_regular_file(wanted.ca_file, error))
        check.wrong(field, "an existing file", wanted.ca_file.string());
    else if (!wanted.verify_certificates)
        check.wrong(field, "no file where verify_certificates is false", wanted.ca_file.string());
}

} // namespace

http::http(settings wanted) : settings_{std::move(wanted)}, service_{std::make_shared<detail::http_service>()} {}

void http::check(const settings& wanted, configuration_check& check)
{
    check_base_url(wanted, check);
    check_times(wanted, check);
    if (const std::string expected = detail::wrong_header(wanted.headers); !expected.empty())
        check.wrong(field_name(wanted, wanted.headers), expected);
    check_auth(wanted, check);
    check_ca_file(wanted, check);
    check_proxy(wanted, check);
    if (wanted.max_body == 0)
        check.wrong(field_name(wanted, wanted.max_body), "at least 1 byte", "0");
}

http_client http::create() { return http_client{settings_, service_}; }

bool http::validate(const http_client& client) noexcept { return client.connection_->answered; }

std::optional<bool> http::outcome(http_client& client) noexcept
{
    return std::exchange(client.connection_->worked, std::nullopt);
}

resource_health http::health() noexcept { return service_->health.load(std::memory_order_relaxed); }

} // namespace steward::inline v0::adapters
