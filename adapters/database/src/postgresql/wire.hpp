// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "native.hpp"

#include <steward/adapters/database/error.hpp>
#include <steward/detail/fork_watch.hpp>

#include <chrono>
#include <string_view>

namespace steward::inline v0::adapters::detail::pg {

/// What it means when the connection is lost while something is under way.
enum class loss {
    harmless,      ///< what was sent has no effects
    transactional, ///< an open transaction takes it along; without one nobody knows
    unknown,       ///< nobody knows: the end of a transaction
};

/// The bytes to and from the server: never waits without a limit where there is one, and knows, once the connection is
/// lost, that nothing more may be sent. Everything throws database_error, connection_lost or connection_lost_undone.
class wire {
public:
    /// `session` outlives it. `limit`: how long the server may be silent; 0: for ever.
    wire(soci::session& session, std::chrono::milliseconds limit);
    wire(const wire&) = delete;
    wire& operator=(const wire&) = delete;

    /// The handle; throws if nothing may be sent: the connection is lost, or was closed through SOCI.
    [[nodiscard]] PGconn* handle();
    /// The connection is the parent's.
    [[nodiscard]] bool foreign() const noexcept { return foreign_; }
    [[nodiscard]] bool lost() const noexcept { return lost_; }
    /// Nothing may be said or heard any more.
    [[nodiscard]] bool silent() const noexcept;
    /// The user has seen the SOCI session, and may have opened another connection with it.
    void look_again() noexcept { known_ = nullptr; }

    /// The handle, ready to send; looks whether the server has closed the connection meanwhile.
    [[nodiscard]] PGconn* begin(loss meaning);
    /// Throws if a `PQsend...`, whose return value that is, has refused; it may be sent later.
    void queue(int accepted);
    /// The same, and sends everything.
    void send(int accepted)
    {
        queue(accepted);
        flush(handle());
    }
    /// The next result of what was sent; null at its end. Waits until it is there.
    [[nodiscard]] result_ptr next();
    /// Drops all that is left; never throws.
    void drain() noexcept;
    /// The same if it is short and there; false if not.
    [[nodiscard]] bool drain_at_once() noexcept;
    /// Asks the server to end what is under way. It has heard that on return, so that it hits nothing later; else the
    /// connection is lost.
    void cancel() noexcept;

    /// Nothing is said any more; throws what that means for what was under way.
    [[noreturn]] void lose(std::string_view reason, std::string_view sql_state = {});

    /// While it lives the server may be silent for so long instead.
    class patience {
    public:
        patience(wire& which, std::chrono::milliseconds limit) noexcept;
        ~patience() { wire_.limit_ = before_; }
        patience(const patience&) = delete;
        patience& operator=(const patience&) = delete;

    private:
        wire& wire_;
        int before_;
    };

private:
    void configure(PGconn* connection) noexcept;
    /// Waits for any of these events; false if the limit has passed.
    [[nodiscard]] bool wait(PGconn* connection, short events, int limit) const;
    void flush(PGconn* connection);

    soci::session& session_;
    const PGconn* known_ = nullptr;
    int limit_; // milliseconds; -1: none
    bool lost_ = false;
    bool foreign_ = false;
    bool ended_by_server_ = false; // it has said goodbye
    bool undone_ = true;           // what is under way is undone if the connection is lost
    steward::detail::fork_watch watch_{[](void* self) noexcept { static_cast<wire*>(self)->foreign_ = true; }, this};
};

} // namespace steward::inline v0::adapters::detail::pg
