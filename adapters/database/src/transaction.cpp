// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/database/error.hpp>
#include <steward/adapters/database/transaction.hpp>

#include <string>

namespace steward::inline v0::adapters {

namespace {

std::string savepoint(int depth) { return "steward_" + std::to_string(depth); }

} // namespace

transaction::transaction(detail::connection& host, access purpose)
    : guest{host}, depth_{host.transaction_depth() + 1}, is_savepoint_{host.backend().in_transaction()}
{
    if (is_savepoint_)
        host.execute("savepoint " + savepoint(depth_), {});
    else
        host.execute(host.backend().begin(purpose), {});
    host.transaction_depth(depth_);
}

transaction::~transaction()
{
    // Below its own depth an outer transaction has ended before this one, and taken it along.
    if (!active() || host()->transaction_depth() < depth_)
        return;
    host()->transaction_depth(depth_ - 1);
    try {
        undo(*host());
    } catch (...) { // NOLINT(bugprone-empty-catch): what could not be rolled back now is when the session goes back
    }
}

detail::connection& transaction::innermost(const char* verb)
{
    const auto refuse = [&](const char* reason) {
        database_error error{database_errc::transaction_state, std::string{"cannot "} + verb + ": " + reason};
        error.name_resource(resource());
        throw error;
    };
    if (ended_)
        refuse("the transaction has ended before");
    detail::connection& current = host_or_throw("a transaction");
    if (current.transaction_depth() > depth_)
        refuse("an inner transaction is still open");
    if (current.transaction_depth() < depth_ || !current.backend().in_transaction()) {
        leave();
        refuse("the transaction was ended from outside; its changes were committed or rolled back there");
    }
    return current;
}

void transaction::commit()
{
    detail::connection& current = innermost("commit");
    current.execute(is_savepoint_ ? "release savepoint " + savepoint(depth_) : "commit", {});
    leave();
}

void transaction::rollback()
{
    undo(innermost("roll back"));
    leave();
}

void transaction::undo(detail::connection& host) const
{
    if (!host.backend().in_transaction()) // a database rolls back by itself after some errors
        return;
    if (!is_savepoint_) {
        host.execute("rollback", {});
        return;
    }
    host.execute("rollback to " + savepoint(depth_), {});
    host.execute("release savepoint " + savepoint(depth_), {});
}

void transaction::leave() noexcept
{
    ended_ = true;
    if (host()->transaction_depth() >= depth_)
        host()->transaction_depth(depth_ - 1);
}

} // namespace steward::inline v0::adapters
