// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/redis/commands.hpp>
#include <steward/adapters/redis/detail/guest.hpp>
#include <steward/adapters/redis/results.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace steward::inline v0::adapters {

/// Many commands in one go: each call only notes a command, `run` sends them all and waits for all replies.
///
/// Made by `redis_session::pipeline()`. Replies are read while commands are still being sent, so there may be any number
/// of them. Others' commands may come in between; `transaction()` keeps them out. When the session goes back to its pool
/// the pipeline has expired. Threads: those of its session, one at a time.
class redis_pipeline final : public redis_commands<redis_pipeline, redis_queued>, private detail::redis_guest {
public:
    /// `redis_session::pipeline` makes it.
    explicit redis_pipeline(const std::shared_ptr<detail::redis_connection>& host);

    /// How many commands are noted.
    [[nodiscard]] std::size_t size() const noexcept { return request_.size(); }

    /// Sends what is noted, and forgets it. Throws the error of the first command that failed; the others were carried out
    /// nevertheless. connection_lost and timed_out leave open which were, connection_lost_undone says that none was.
    redis_results run();
    /// The same, but what failed is among the results.
    [[nodiscard]] redis_results try_run();

private:
    friend redis_commands<redis_pipeline, redis_queued>;

    template <class T>
    redis_queued<T> run_words(std::span<const std::string_view> words)
    {
        request_.add(words);
        return redis_queued<T>{request_.size() - 1};
    }

    detail::redis_request request_;
};

} // namespace steward::inline v0::adapters
