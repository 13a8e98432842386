// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/redis/commands.hpp>
#include <steward/adapters/redis/pipeline.hpp>
#include <steward/adapters/redis/settings.hpp>
#include <steward/adapters/redis/transaction.hpp>
#include <steward/time.hpp>

#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters {

namespace detail {
template <class T>
using redis_now = T;
} // namespace detail

/// Speaks to a Redis server, on one connection.
///
///     cache->set("user:42", name, {.expires = 5min});
///     if (const auto found = cache->get("user:42"))
///         greet(*found);
///
/// Errors: redis_error. After connection_lost, connection_lost_undone or timed_out the connection is closed, and every
/// other command throws connection_lost_undone: give the session back, its pool replaces it. So no late reply meets another
/// command. Threads: one at a time; a lease of a pool guarantees that.
class redis_session : public redis_commands<redis_session, detail::redis_now> {
public:
    /// Connects. `resource` is what errors name. Throws redis_error, or permanent_failure where trying again is of no use,
    /// such as for a refused password.
    explicit redis_session(const redis_settings& settings, std::string_view resource = {},
                           time_point deadline = time_point::max());

    /// Asks the server whether it is there.
    void ping();

    /// Runs a script, which the server keeps: from its second time on only a checksum of it is sent. The keys that it uses
    /// are named apart from its other arguments.
    ///
    ///     cache->eval<std::int64_t>("return redis.call('INCRBY', KEYS[1], ARGV[1])", {"visits"}, {"2"});
    /// @{
    template <redis_readable T = redis_reply>
    T eval(std::string_view script, std::initializer_list<std::string_view> keys = {},
           std::initializer_list<std::string_view> arguments = {})
    {
        return eval<T>(script, std::span{keys.begin(), keys.size()}, std::span{arguments.begin(), arguments.size()});
    }
    template <redis_readable T = redis_reply>
    T eval(std::string_view script, std::span<const std::string_view> keys, std::span<const std::string_view> arguments)
    {
        return detail::read_reply<T>(run_script(script, keys, arguments), [this] { return what("EVAL"); });
    }
    /// @}

    /// Many commands in one go.
    [[nodiscard]] redis_pipeline pipeline() { return redis_pipeline{connection_}; }
    /// Commands that are carried out together, unless one of the watched keys is changed from now on.
    /// @{
    [[nodiscard]] redis_transaction transaction(std::initializer_list<std::string_view> watched = {})
    {
        return transaction(std::span{watched.begin(), watched.size()});
    }
    [[nodiscard]] redis_transaction transaction(std::span<const std::string_view> watched)
    {
        return redis_transaction{connection_, watched};
    }
    /// @}

private:
    friend class redis; // validate and reset are the pool's
    friend redis_commands<redis_session, detail::redis_now>;

    template <class T>
    T run_words(std::span<const std::string_view> words)
    {
        detail::redis_request request;
        request.add(words);
        return detail::read_reply<T>(ask(request), [&] { return what(request.name(0)); });
    }

    [[nodiscard]] redis_reply ask(const detail::redis_request& request);
    [[nodiscard]] redis_reply run_script(std::string_view script, std::span<const std::string_view> keys,
                                         std::span<const std::string_view> arguments);
    [[nodiscard]] std::string what(std::string_view command) const;

    std::shared_ptr<detail::redis_connection> connection_;
};

} // namespace steward::inline v0::adapters
