// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters {

/// Why a request failed.
enum class http_errc {
    invalid_request, ///< its path, a header or its body cannot be sent; nothing was
    cannot_connect,  ///< no server could be reached
    proxy,           ///< the proxy refuses
    tls,             ///< no secure connection, or the server did not prove who it is
    timed_out,       ///< the settings' timeout is over
    connection_lost, ///< the connection ended before the response did
    too_large,       ///< the response is longer than the settings' max_body
    status,          ///< `raise_for_status` met a status of 400 or more
    redirect,        ///< one that is not followed: too many, to no URL, or from https to http
    malformed,       ///< the body is not the JSON that was asked for
};

/// The code in words: "cannot connect".
[[nodiscard]] std::string_view to_string(http_errc code) noexcept;

/// A request that failed: its text has the method, the URL without its query, the reason, and what to do about it. Nothing
/// that was sent or received in headers or bodies is part of it.
class http_error : public std::runtime_error {
public:
    /// `request` is the method and the URL; of `body`, which is the response's, it keeps the first kilobyte.
    http_error(http_errc code, std::string_view request, std::string_view details = {}, int status = 0,
               std::string_view body = {});

    /// Why it failed.
    [[nodiscard]] http_errc code() const noexcept { return code_; }
    /// The response's status; 0 if there was none.
    [[nodiscard]] int status() const noexcept { return status_; }
    /// Of a response that `raise_for_status` met the first kilobyte of its body, which may say why; there may be anything
    /// in it, so it is no part of `what()`. Valid as long as the error or a copy of it.
    [[nodiscard]] std::string_view body() const noexcept { return body_ ? std::string_view{*body_} : ""; }
    /// Whether the same request may succeed later without anything else being changed.
    [[nodiscard]] bool retriable() const noexcept;

private:
    http_errc code_;
    int status_;
    std::shared_ptr<const std::string> body_; ///< shared, since copying an error must not fail
};

} // namespace steward::inline v0::adapters
