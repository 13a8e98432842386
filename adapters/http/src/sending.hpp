// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "connection.hpp"
#include "http_service.hpp"

#include <steward/adapters/http/request.hpp>
#include <steward/adapters/http/response.hpp>
#include <steward/time.hpp>

#include <expected>
#include <memory>
#include <optional>
#include <string>

namespace steward::inline v0::adapters::detail {

/// One request on its way to its response: its tries and its redirects, until one deadline.
class sending {
public:
    /// `home` speaks to base_url's server; `sink` may be null. All of them outlive this. Throws http_error if the request
    /// cannot be sent.
    sending(http_connection& home, http_service& service, const http_request& request, const http_sink* sink);

    [[nodiscard]] http_response run();

private:
    [[nodiscard]] http_response ask();
    void record(const std::expected<http_response, http_failure>& result) noexcept;
    void say_who();
    [[nodiscard]] bool can_restart() const noexcept;
    void restart();
    void follow(const http_response& response, std::string_view location);
    [[nodiscard]] http_error error(http_errc code, std::string_view details, int status = 0) const;

    http_connection& home_;
    http_service& service_;
    const http_request* request_;            ///< as it is sent now
    std::optional<http_request> redirected_; ///< what that is after a redirect
    std::unique_ptr<http_connection> stranger_;
    http_connection* to_ = &home_; ///< whom it goes to now
    std::string target_;
    body_streams bodies_;
    time_point deadline_;
};

} // namespace steward::inline v0::adapters::detail
