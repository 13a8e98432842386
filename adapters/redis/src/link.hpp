// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "transport.hpp"

#include <steward/adapters/redis/reply.hpp>
#include <steward/adapters/redis/settings.hpp>
#include <steward/time.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct redisReader; // hiredis'

namespace steward::inline v0::adapters::detail {

/// What is sent in one go.
struct redis_batch {
    std::string_view bytes;
    /// How many replies it gets.
    std::size_t replies;
    /// How many of the bytes the server must have before any of them takes effect.
    std::size_t decisive;
};

/// Until when a reply must be there.
struct redis_limit {
    time_point until;
    /// Each reply gives the next one this time; zero: all have the same.
    std::chrono::milliseconds each{};
};

/// Requests and replies on a connection. Where one is not completely exchanged the connection is closed for good.
class redis_link {
public:
    /// Connects. Throws redis_failure.
    redis_link(const redis_settings& settings, time_point deadline);

    /// Sends a batch, and reads its replies meanwhile, so that it may be of any size.
    /// Throws redis_failure: connection_lost, connection_lost_undone, timed_out; or std::bad_alloc.
    [[nodiscard]] std::vector<redis_reply> exchange(const redis_batch& batch, redis_limit limit);

    /// Why nothing may be sent: it is closed, or the server has ended it or said what nobody has asked for, and it is
    /// closed then. Empty if all is well. No round trip.
    [[nodiscard]] std::string trouble();

    void close(std::string why) noexcept;

private:
    struct free_reader {
        void operator()(redisReader* reader) const noexcept;
    };
    enum class took { nothing, something, the_end };

    /// Reads what is there; `why_ended_` says why it has ended.
    took take_bytes();
    [[nodiscard]] bool take_reply(std::vector<redis_reply>& to);
    [[nodiscard]] bool has_unread() const noexcept;
    void send_and_receive(const redis_batch& batch, redis_limit limit, std::size_t& sent,
                          std::vector<redis_reply>& replies);

    redis_transport transport_;
    std::unique_ptr<redisReader, free_reader> reader_;
    std::string why_closed_; // empty while it is open
    std::string why_ended_;
};

} // namespace steward::inline v0::adapters::detail
