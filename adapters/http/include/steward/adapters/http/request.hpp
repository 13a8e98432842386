// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/http/headers.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters {

/// Takes a response's body piece by piece, as it comes; a piece is valid until the function returns. False: the rest is not
/// wanted. What it throws ends the request and reaches the caller.
using http_sink = std::function<bool(std::string_view piece)>;

/// Gives a request's body piece by piece, so that no more of it is in memory at once than one piece.
struct http_source {
    /// Writes the next bytes to the front of the buffer and says how many; 0 is the end. What it throws ends the request and
    /// reaches the caller.
    std::function<std::size_t(std::span<char> buffer)> read{};
    /// How many bytes there are; where it is not known they are sent in chunks (HTTP/1.1), which not every server takes.
    std::optional<std::size_t> size{};
    /// Begins anew. Without it a request whose body was begun is not tried again, and follows no redirect that wants it.
    std::function<void()> restart{};
};

/// One request, for `http_client::send`, which the shorter functions call, too.
struct http_request {
    /// In capitals, as HTTP has them.
    std::string method = "GET";
    /// Beneath the base URL, with its query: `/users/123?full=1`. What may not stand in a URL is encoded; `%` is left.
    std::string path{};
    /// These take the place of the settings' headers of the same name.
    http_headers headers{};
    /// The body's bytes; `content_type` says what they are.
    std::string body{};
    /// Instead of `body`.
    http_source source{};
    /// Empty where there is no body.
    std::string content_type{};
    /// Whether it does no harm if the server gets it twice; if it is not said, by the method.
    std::optional<bool> repeatable{};
    /// Instead of the settings' timeout.
    std::optional<std::chrono::nanoseconds> timeout{};
};

} // namespace steward::inline v0::adapters
