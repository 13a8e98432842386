// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "link.hpp"

#include <steward/adapters/redis/detail/request.hpp>
#include <steward/adapters/redis/error.hpp>
#include <steward/adapters/redis/reply.hpp>
#include <steward/adapters/redis/settings.hpp>
#include <steward/detail/fork_watch.hpp>
#include <steward/time.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steward::inline v0::adapters::detail {

/// A connection that its server has accepted, what it is called in errors, and what has to be undone on it before the next
/// holder gets it. Not movable: what forks knows its address.
class redis_connection {
public:
    /// Connects, says who it is, and chooses the database. Throws redis_error, or permanent_failure.
    redis_connection(const redis_settings& settings, std::string_view resource, time_point deadline);
    redis_connection(const redis_connection&) = delete;
    redis_connection& operator=(const redis_connection&) = delete;

    /// Sends one command; throws what its failure was.
    [[nodiscard]] redis_reply ask(const redis_request& command);
    /// Sends all commands; errors are among the replies.
    [[nodiscard]] std::vector<redis_reply> ask_all(const redis_request& commands);

    /// The server's error to a command of a request.
    [[nodiscard]] redis_error error_of(const redis_request& request, std::size_t command, std::string_view text) const;
    /// Throws such an error.
    [[noreturn]] void fail(redis_errc code, std::string_view what, std::string_view details) const;
    /// What is being done, with the resource and the server: `cache: GET at localhost:6379`.
    [[nodiscard]] std::string what(std::string_view done) const;

    /// Begins a transaction, and watches keys for it; throws wrong_command if one is open.
    void begin_transaction(std::span<const std::string_view> watched);
    /// Ends it without anything being sent; what is watched is let go of when that matters.
    void leave_transaction() noexcept;
    /// Carries it out, all or nothing, and ends it. The replies are those of its commands, errors among them; what kept all
    /// of them from being carried out is thrown.
    [[nodiscard]] std::vector<redis_reply> execute_transaction(const redis_request& commands);

    /// Another number for each holder.
    [[nodiscard]] std::uint64_t holder() const noexcept { return holder_; }

    [[nodiscard]] bool validate() noexcept;
    /// Lets everything of its holder expire, and undoes what he has begun; throws redis_error if that is not possible.
    void reset();

private:
    void introduce(const redis_settings& settings, time_point deadline);
    void look_at_refusal(const redis_request& hello, std::size_t command, const redis_reply& reply) const;
    /// Notes what the commands do to the connection; throws if one of them cannot be sent, now or at all.
    void look_at(const redis_request& commands, bool in_transaction);
    void expect_usable(std::string_view what);
    /// Sends what may be sent; `done` is what it is called in errors.
    [[nodiscard]] std::vector<redis_reply> send(const redis_request& commands, std::size_t decisive,
                                                std::string_view done);
    void begin_first_multi();
    [[noreturn]] void fail_execution(const redis_request& commands, const std::vector<redis_reply>& replies);
    void undo();

    std::string resource_;
    std::string address_;
    std::chrono::milliseconds command_timeout_;
    int database_;
    redis_link link_;
    std::uint64_t holder_ = 0;

    bool transaction_open_ = false; // a redis_transaction
    bool watching_ = false;         // one was begun that watches, and may be over without the server knowing
    bool begun_by_hand_ = false;    // a transaction, or what is watched
    bool other_database_ = false;
    bool beyond_repair_ = false;
    bool multi_is_known_ = false; // the server takes it from this user
    bool in_child_ = false;
    steward::detail::fork_watch fork_watch_{
        [](void* on) noexcept { static_cast<redis_connection*>(on)->in_child_ = true; }, this};
};

} // namespace steward::inline v0::adapters::detail
