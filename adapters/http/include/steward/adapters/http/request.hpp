// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/http/headers.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace steward::adapters {

/// Takes a response's body piece by piece, as it comes; a piece is valid until the function returns. False: the rest is not
/// wanted. What it throws ends the request and reaches the caller.
using http_sink = std::function<bool(std::string_view piece)>;

/// One request, for `http_client::send`, which the shorter functions call, too.
struct http_request {
    std::string method = "GET";
    /// Beneath the base URL, with its query: `/users/123?full=1`. What may not stand in a URL is encoded; `%` is left.
    std::string path{};
    /// These take the place of the settings' headers of the same name.
    http_headers headers{};
    std::string body{};
    /// Empty where there is no body.
    std::string content_type{};
    /// Whether it does no harm if the server gets it twice; if it is not said, by the method.
    std::optional<bool> repeatable{};
    /// Instead of the settings' timeout.
    std::optional<std::chrono::nanoseconds> timeout{};
};

} // namespace steward::adapters
