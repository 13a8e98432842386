// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/http/headers.hpp>

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters {

/// What a server answered, whatever its status: `raise_for_status` makes an error of one.
struct http_response {
    /// As the server said it.
    int status = 0;
    /// All of them, as they came.
    http_headers headers{};
    /// The body, decompressed; empty where a sink got it.
    std::string body{};
    /// What it is the response to, for messages: the method and the URL without its query.
    std::string request{};

    /// Whether the status is one of success, 200 to 299.
    [[nodiscard]] bool ok() const noexcept { return status >= 200 && status < 300; }
    /// The first value of a header, or nothing; valid as long as the response.
    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
    /// How long the server asks to be left alone (`Retry-After`), as of now; nothing if it does not say it.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> retry_after() const;
    /// The body as JSON; throws http_error (malformed) if it is none. <nlohmann/json.hpp> defines its type.
    /// Keep it while you read parts of it: in `for (const auto& user : response.json().at("users"))` it is gone by then with
    /// compilers that do not have the longer life of temporaries there (P2718; GCC before 15).
    [[nodiscard]] nlohmann::json json() const;
    /// Throws http_error (status) if the status is 400 or more; otherwise the response itself.
    const http_response& raise_for_status() const;
};

} // namespace steward::inline v0::adapters
