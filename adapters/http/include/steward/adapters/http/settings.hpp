// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/http/headers.hpp>
#include <steward/field_name.hpp>
#include <steward/setting_words.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace steward::inline v0::adapters {

/// Sends `Authorization: Bearer <token>`.
struct bearer {
    std::string token{}; ///< without `Bearer`; never printed
};

/// Sends the user and the password as HTTP's basic authentication does.
struct basic {
    std::string user{};     ///< without a colon
    std::string password{}; ///< any text; never printed
};

/// Where a service looks for its key.
enum class api_key_place {
    header, ///< of that name
    query   ///< a parameter of that name
};

/// Sends a key in a header or in the query, whatever the service calls it.
struct api_key {
    std::string name{};                       ///< such as `X-API-Key`
    std::string value{};                      ///< never printed
    api_key_place in = api_key_place::header; ///< where it goes
};

/// How a client says who it is: not at all, by a token, by user and password, or by a key. In a file:
///
///     auth: {bearer: {token: "${API_TOKEN}"}}
struct http_auth {
    http_auth() = default;
    /// By one of the three.
    /// @{
    http_auth(adapters::bearer token) : bearer{std::move(token)} {}   // NOLINT: so that `.auth = bearer{"token"}` works
    http_auth(adapters::basic account) : basic{std::move(account)} {} // NOLINT: the same
    http_auth(adapters::api_key key) : api_key{std::move(key)} {}     // NOLINT: the same
    /// @}

    /// There is one of them at most.
    /// @{
    std::optional<adapters::bearer> bearer{};
    std::optional<adapters::basic> basic{};
    std::optional<adapters::api_key> api_key{};
    /// @}
};

/// The settings of `http`: where the service is, who asks, and how long and how often it is tried.
struct http_settings {
    /// The service: `https://api.example.com/v1`. All paths are beneath it. Without user-info, for which there is `auth`.
    std::string base_url{};
    /// For one request from its beginning to the last byte of its response, all tries and the pauses between them.
    std::chrono::milliseconds timeout{30'000};
    /// For one attempt to connect, per address of the host, and for its TLS handshake.
    std::chrono::milliseconds connect_timeout{10'000};
    /// How long the server may send nothing while it is waited for; zero: what is left of `timeout`.
    std::chrono::milliseconds read_timeout{0};
    /// How long the server may take nothing of what is sent; zero: what is left of `timeout`.
    std::chrono::milliseconds write_timeout{0};
    /// Sent with each request. No message shows their values.
    http_headers headers{};
    /// Who asks; see http_auth. No message shows it.
    http_auth auth{};
    /// How often a request is tried again that got no response, or 408, 425, 429, 500, 502, 503, 504 or 529. Only what may
    /// be repeated: GET, HEAD, PUT and DELETE.
    unsigned retry_count = 3;
    /// The pause before the first of these tries is a random part of this, before each other one of twice as much. It is
    /// longer where the server says so (`Retry-After`). What would end behind `timeout` is not waited for.
    std::chrono::milliseconds retry_delay{100};
    /// How many redirects one request follows; 0: they are given to the caller. Another server than that of `base_url` gets
    /// neither `auth` nor `headers`, and of the request's own headers only those that say nothing secret (`Accept`,
    /// `Content-Type`, `Range` and the like). None is followed from https to http.
    unsigned max_redirects = 5;
    /// Whether a server has to prove that it is the host of `base_url`.
    bool verify_certificates = true;
    /// Certificates (PEM) of those who may vouch for servers, instead of the system's.
    std::filesystem::path ca_file{};
    /// What makes the connections to servers instead: `http://proxy.example.com:3128`, without user-info. To https:// it
    /// makes tunnels, and cannot read along.
    std::string proxy{};
    /// Who asks the proxy.
    std::optional<basic> proxy_auth{};
    /// A response with a longer body is refused; in bytes, after decompression.
    std::size_t max_body = std::size_t{64} << 20;
};

} // namespace steward::inline v0::adapters

template <>
inline constexpr auto steward::setting_words<steward::adapters::api_key_place> =
    std::to_array<std::pair<std::string_view, steward::adapters::api_key_place>>(
        {{"header", steward::adapters::api_key_place::header}, {"query", steward::adapters::api_key_place::query}});

BOOST_HANA_ADAPT_STRUCT(steward::adapters::bearer, token);
BOOST_HANA_ADAPT_STRUCT(steward::adapters::basic, user, password);
BOOST_HANA_ADAPT_STRUCT(steward::adapters::api_key, name, value, in);
BOOST_HANA_ADAPT_STRUCT(steward::adapters::http_auth, bearer, basic, api_key);
BOOST_HANA_ADAPT_STRUCT(steward::adapters::http_settings, base_url, timeout, connect_timeout, read_timeout,
                        write_timeout, headers, auth, retry_count, retry_delay, max_redirects, verify_certificates,
                        ca_file, proxy, proxy_auth, max_body);
