// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/redis/detail/guest.hpp>

#include "connection.hpp"

namespace steward::inline v0::adapters::detail {

redis_guest::redis_guest(const std::shared_ptr<redis_connection>& host, std::string_view what)
    : host_{host}, holder_{host->holder()}, what_{host->what(what)}
{
}

bool redis_guest::expired() const noexcept
{
    const auto host = host_.lock();
    return !host || host->holder() != holder_;
}

redis_connection& redis_guest::host() const
{
    if (expired())
        throw redis_error{redis_errc::expired, what_,
                          "its session was given back before; finish with it while the session is held"};
    return *host_.lock(); // who holds the session keeps it
}

} // namespace steward::inline v0::adapters::detail
