// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "base_url.hpp"
#include "deadline_watch.hpp"

#include <steward/adapters/http/error.hpp>
#include <steward/adapters/http/request.hpp>
#include <steward/adapters/http/response.hpp>
#include <steward/adapters/http/settings.hpp>

#include <httplib.h>

#include <exception>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#if defined(CPPHTTPLIB_OPENSSL_SUPPORT) || defined(CPPHTTPLIB_SSL_ENABLED)
#define STEWARD_HTTPLIB_HAS_TLS
#endif

namespace steward::inline v0::adapters::detail {

/// Whether httplib was built so that it can speak TLS.
#ifdef STEWARD_HTTPLIB_HAS_TLS
inline constexpr bool has_tls = true;
#else
inline constexpr bool has_tls = false;
#endif

/// Why there is no response.
struct http_failure {
    http_errc code;
    std::string_view details;
};

/// The bodies of a request and its response that go through functions of the caller, and how far they got.
class body_streams {
public:
    explicit body_streams(const http_sink* sink) noexcept : sink_{sink} {}

    [[nodiscard]] bool has_sink() const noexcept { return sink_ != nullptr; }
    /// Gives a piece to the sink; whether it wants more.
    [[nodiscard]] bool take(std::string_view piece) noexcept;
    /// Reads a piece from the source; nothing if that failed.
    [[nodiscard]] std::optional<std::size_t> read(const http_source& source, std::span<char> buffer) noexcept;

    bool received = false; ///< the sink has got something
    bool stopped = false;  ///< the sink wanted no more
    bool sent = false;     ///< the source has given something
    bool is_short = false; ///< the source ended before its size
    std::exception_ptr thrown;

private:
    const http_sink* sink_;
};

/// One connection by httplib, which it opens when it needs one: the only place that knows httplib.
class http_connection {
public:
    http_connection(http_settings settings, deadline_watch& watch);
    ~http_connection();
    http_connection(const http_connection&) = delete;
    http_connection& operator=(const http_connection&) = delete;

    [[nodiscard]] const http_settings& settings() const noexcept { return settings_; }
    [[nodiscard]] const base_url& url() const noexcept { return url_; }
    [[nodiscard]] const std::string& origin() const noexcept { return origin_; }

    /// Sends a request once and gets its response, until `deadline`. `target` is the request's path as it is sent.
    /// What the sink or the source throws is thrown.
    [[nodiscard]] std::expected<http_response, http_failure> exchange(const http_request& request,
                                                                      const std::string& target, time_point deadline,
                                                                      body_streams& bodies);

    /// Whether the last request got a response.
    bool answered = true;
    /// Whether the last request since that was asked got a response that is no error of the server.
    std::optional<bool> worked{};

private:
    [[nodiscard]] httplib::Headers headers_of(const http_request& request) const;
    void set_body(httplib::Request& sent, const http_request& request, body_streams& bodies, time_point& progress);
    void note(time_point& progress) noexcept;
    [[nodiscard]] http_failure failure(httplib::Error error, bool timed_out) const;

    http_settings settings_;
    base_url url_;
    std::string authority_, origin_; ///< its, which each request needs
    deadline_watch::connection watched_;
    bool uses_plain_stream_ = false; ///< known after the first request; before client_, which sets it
    /// Those of a GET that brings none and no body, as httplib completed them for the last one: the next one's are the same.
    httplib::Headers plain_headers_;
    std::unique_ptr<httplib::ClientImpl> client_;
};

} // namespace steward::inline v0::adapters::detail
