// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/http/client.hpp>
#include <steward/adapters/http/settings.hpp>
#include <steward/configuration.hpp>
#include <steward/resource_health.hpp>

#include <memory>
#include <optional>

namespace steward::inline v0::adapters {

/// Clients of an HTTP service: `resource<"api", adapters::http, pooling::bounded<0, 4>>`.
///
/// Nothing is sent when a client is created: it connects with its first request, and again whenever the server has closed
/// the connection. There is nothing of one holder that the next could meet, so there is no reset.
/// Threads: all functions may be called by several threads at once, each with a client of its own. One thread of the
/// adapter's ends requests whose time is over; it starts with the first of them.
class http {
public:
    using settings = http_settings;
    using resource_type = http_client;

    /// Makes what its clients share; connects to nobody.
    explicit http(settings wanted);

    /// Names what is wrong with the settings, and with ca_file as it is now.
    static void check(const settings& wanted, configuration_check& check);

    [[nodiscard]] http_client create();
    /// No round trip: false if the client's last request got no response.
    [[nodiscard]] bool validate(const http_client& client) noexcept;
    /// How the client's last request ended since it was lent, for a circuit breaker: badly if it got no response, or one of
    /// 500 or more; nothing if there was none.
    [[nodiscard]] std::optional<bool> outcome(http_client& client) noexcept;
    /// By the last request of any client: unhealthy if it got no response, degraded if it got one of 500 or more.
    [[nodiscard]] resource_health health() noexcept;

private:
    settings settings_;
    std::shared_ptr<detail::http_service> service_;
};

} // namespace steward::inline v0::adapters
