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

/// Commands that are carried out together, with nobody's in between: MULTI and EXEC.
///
///     auto change = cache->transaction({"stock"});      // watched from here on
///     const auto stock = cache->get("stock");           // the session reads as ever
///     const auto left = change.incr_by("stock", -1);    // only noted
///     const auto results = change.exec();               // conflict: somebody changed the stock; begin anew
///
/// Made by `redis_session::transaction()`, one at a time. At the end of its scope it is discarded, unless it was executed:
/// nothing has been sent then. When the session goes back to its pool it has expired. Threads: those of its session, one at
/// a time.
class [[nodiscard]] redis_transaction final : public redis_commands<redis_transaction, redis_queued>,
                                              private detail::redis_guest {
public:
    /// `redis_session::transaction` makes it.
    redis_transaction(const std::shared_ptr<detail::redis_connection>& host, std::span<const std::string_view> watched);
    ~redis_transaction();
    redis_transaction(const redis_transaction&) = delete;
    redis_transaction& operator=(const redis_transaction&) = delete;

    /// How many commands are noted.
    [[nodiscard]] std::size_t size() const noexcept { return request_.size(); }

    /// Carries out what is noted, all or nothing; ends the transaction either way.
    ///
    /// Throws redis_error: conflict if a watched key was changed; what was wrong with a command that the server did not
    /// take; connection_lost_undone. Nothing took effect then. Or the error of the first command that failed when it was
    /// carried out, such as wrong_type: Redis keeps what the others did. Only connection_lost and timed_out leave it open.
    redis_results exec();
    /// The same, but commands that failed when they were carried out are among the results.
    [[nodiscard]] redis_results try_exec();
    /// Ends it; nothing was sent.
    void discard();

    /// Neither executed, discarded nor expired.
    [[nodiscard]] bool active() const noexcept { return !ended_ && !expired(); }

private:
    friend redis_commands<redis_transaction, redis_queued>;

    template <class T>
    redis_queued<T> run_words(std::span<const std::string_view> words)
    {
        request_.add(words);
        return redis_queued<T>{request_.size() - 1};
    }

    [[nodiscard]] detail::redis_connection& active_host(std::string_view verb) const;
    void end() noexcept;

    detail::redis_request request_;
    bool ended_ = false;
};

} // namespace steward::inline v0::adapters
