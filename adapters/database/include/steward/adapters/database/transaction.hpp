// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/connection.hpp>

namespace steward::inline v0::adapters {

/// A transaction for a scope: rolled back at its end unless it was committed.
///
/// Made by `session::transaction()`. One inside another (or inside a hand-written `begin`) is a savepoint: its rollback
/// undoes its own part, its commit keeps that part for the outer one to decide. The inner one ends before the outer.
/// When the session goes back to its pool the transaction has expired: the session is rolled back, commit() throws,
/// and the destructor touches nothing. Threads: those of its session, one at a time.
class [[nodiscard]] transaction final : private detail::guest {
public:
    /// Begins one, or a savepoint: `session::transaction` calls it. Throws database_error (busy, ...).
    transaction(detail::connection& host, access purpose);
    ~transaction();

    /// Makes the changes durable, or, for a savepoint, part of the outer transaction.
    /// Throws database_error: transaction_state if it was ended before, by either side (some errors make a database roll
    /// back by itself) or if an inner one is still open; busy may be retried with the same object.
    void commit();
    /// Undoes the changes. Throws transaction_state if it was ended before or an inner one is still open.
    void rollback();

    /// Neither committed, rolled back nor expired.
    [[nodiscard]] bool active() const noexcept { return host() != nullptr && !ended_; }

private:
    /// The connection, if this is the innermost open transaction of a session that is still held; throws otherwise.
    [[nodiscard]] detail::connection& innermost(const char* verb);
    void undo(detail::connection& host) const;
    void leave() noexcept;
    void expire() noexcept override {}

    int depth_;         // 1 for the outermost object
    bool is_savepoint_; // also at depth 1, where the user has begun by hand
    bool ended_ = false;
};

} // namespace steward::inline v0::adapters
