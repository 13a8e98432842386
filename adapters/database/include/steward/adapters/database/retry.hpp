// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/error.hpp>

#include <concepts>
#include <type_traits>

namespace steward::inline v0::adapters {
namespace detail {

/// Sleeps before the next attempt: a random time of up to 10 ms before the second, twice as long before each further
/// one, a second at most ("full jitter", so that those who were in each other's way do not meet again).
/// https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
void wait_before_attempt(int number);

} // namespace detail

/// Calls `transaction` until it ends without a retriable database_error, `attempts` times at most (at least once), and
/// returns what it returns. Other exceptions, and the last retriable one, come through.
///
/// Put everything that belongs together into the function: the lease as well, since a connection that was lost takes its
/// session along, and nothing that must not happen twice outside of the transaction.
///
///     retry(3, [&] {
///         auto db = manager.acquire<"database">();
///         auto transaction = db->transaction();
///         ...
///         transaction.commit();
///     });
template <std::invocable F>
std::invoke_result_t<F&> retry(int attempts, F&& transaction)
{
    for (int number = 1;; ++number) {
        try {
            return transaction();
        } catch (const database_error& error) {
            if (!error.retriable() || number >= attempts)
                throw;
        }
        detail::wait_before_attempt(number + 1);
    }
}

} // namespace steward::inline v0::adapters
