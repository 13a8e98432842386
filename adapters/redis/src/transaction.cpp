// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/redis/transaction.hpp>

#include "connection.hpp"
#include "results_of.hpp"

#include <string>

namespace steward::inline v0::adapters {

redis_transaction::redis_transaction(const std::shared_ptr<detail::redis_connection>& host,
                                     std::span<const std::string_view> watched)
    : redis_guest{host, "a transaction"}
{
    host->begin_transaction(watched);
}

redis_transaction::~redis_transaction() { end(); }

redis_results redis_transaction::exec()
{
    redis_results results = try_exec();
    results.raise();
    return results;
}

redis_results redis_transaction::try_exec()
{
    detail::redis_connection& connection = active_host("execute");
    ended_ = true; // however it goes; the connection knows, too
    return results_of(connection, request_, connection.execute_transaction(request_), what());
}

void redis_transaction::discard()
{
    static_cast<void>(active_host("discard"));
    end();
}

detail::redis_connection& redis_transaction::active_host(std::string_view verb) const
{
    if (ended_)
        throw redis_error{redis_errc::wrong_command, what(),
                          std::string{"cannot "}.append(verb).append(": it has ended before; begin another one")};
    return host();
}

void redis_transaction::end() noexcept
{
    if (active())
        host().leave_transaction();
    ended_ = true;
}

} // namespace steward::inline v0::adapters
