// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/redis/error.hpp>
#include <steward/adapters/redis/reply.hpp>
#include <steward/adapters/redis/session.hpp>
#include <steward/adapters/redis/settings.hpp>
#include <steward/configuration.hpp>
#include <steward/time.hpp>

#include <string>
#include <string_view>

namespace steward::inline v0::adapters {

/// Sessions of a Redis server: `resource<"cache", adapters::redis, pooling::bounded<0, 4>, health::on_borrow<>>`.
///
/// A session that goes back is as it came: its pipelines and transactions expire, what was begun by hand (MULTI, WATCH,
/// SELECT) is undone. One whose connection is closed or broken, or is in a state that cannot be undone, is destroyed. That
/// costs no round trip where nothing was begun by hand.
/// Threads: all functions may be called by several threads at once, each with a session of its own.
class redis {
public:
    using settings = redis_settings;
    using resource_type = redis_session;

    /// `resource` is what errors name. Connects to nobody yet.
    explicit redis(settings wanted, std::string_view resource = {});

    /// Names what is wrong with the settings, and with the files that they name as they are now.
    static void check(const settings& wanted, configuration_check& check);

    /// Connects, says who it is and chooses the database, in one round trip, until the settings' connect_timeout or the
    /// deadline. Throws redis_error, or permanent_failure where the password, user or database is refused.
    [[nodiscard]] redis_session create(time_point deadline) const;
    /// One round trip; false if the connection is broken or the server does not answer PING.
    [[nodiscard]] bool validate(redis_session& session) const noexcept;
    /// Throws redis_error if the session cannot be lent again.
    void reset(redis_session& session) const;

private:
    settings settings_;
    std::string resource_;
};

} // namespace steward::inline v0::adapters
