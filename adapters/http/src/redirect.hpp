// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "base_url.hpp"

#include <steward/adapters/http/request.hpp>
#include <steward/adapters/http/settings.hpp>

#include <expected>
#include <string>
#include <string_view>

/// Where a response sends its client, and what may go there.
namespace steward::inline v0::adapters::detail {

/// Whether a response of that status says where to ask instead.
[[nodiscard]] bool is_redirect(int status) noexcept;

/// A place to ask: a server and the target of the request.
struct destination {
    base_url server;
    std::string target;
};

/// Where a `Location` leads that came from `target` at `from` (RFC 3986, 5.2), or what was expected instead.
[[nodiscard]] std::expected<destination, std::string_view> resolve(const base_url& from, std::string_view target,
                                                                   std::string_view location);

/// The request that follows a redirect (RFC 9110, 15.4): its method and body, and of its headers, where it goes to a
/// `stranger`, only those that say nothing of the client's secrets.
[[nodiscard]] http_request redirected(const http_request& request, int status, bool stranger);

/// The settings for a server that is not base_url's: without all that is meant for that one.
[[nodiscard]] http_settings for_stranger(const http_settings& settings, const base_url& server);

} // namespace steward::inline v0::adapters::detail
