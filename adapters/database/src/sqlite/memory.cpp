// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/database/memory.hpp>

#include "driver.hpp"
#include "native.hpp"

#include <sqlite3.h>

#include <atomic>
#include <climits>
#include <string>
#include <string_view>
#include <utility>

namespace steward::adapters {

namespace {

std::atomic<std::uint64_t> databases{0};

// Two copies of this code in one process may have one SQLite between them: each has its own address.
std::string name_of(std::uint64_t number)
{
    return "steward-" + std::to_string(reinterpret_cast<std::uintptr_t>(&databases)) + "-" + std::to_string(number);
}

database_error refused(std::string_view reason, int code)
{
    return database_error{
        database_errc::cannot_connect, std::string{"cannot open a database in memory: "}.append(reason), {}, code};
}

} // namespace

memory::memory() noexcept : number_{databases.fetch_add(1, std::memory_order_relaxed)} {}

void memory::check(const settings& wanted, configuration_check& check)
{
    if (wanted.busy_timeout.count() < 0 || wanted.busy_timeout.count() > INT_MAX)
        check.wrong(field_name(wanted, wanted.busy_timeout), "0 to 2147483647 ms",
                    std::to_string(wanted.busy_timeout.count()) + " ms");
}

std::unique_ptr<detail::driver> memory::open(const settings& wanted)
{
    {
        const std::lock_guard lock{mutex_};
        if (!keeper_)
            keeper_ = connect(wanted);
    }
    return connect(wanted);
}

std::unique_ptr<detail::driver> memory::connect(const settings& wanted) const
{
    // Before 3.36 each connection had a database of its own, without a word.
    if (sqlite3_threadsafe() == 0 || sqlite3_libversion_number() < 3'036'000)
        throw refused(std::string{"expected SQLite 3.36 or newer with support for threads, got "} + sqlite3_libversion()
                          + (sqlite3_threadsafe() == 0 ? " without" : ""),
                      SQLITE_CANTOPEN);
    auto opened = detail::open_in_memory_through_soci(name_of(number_));
    if (!opened)
        throw refused(sqlite3_errstr(opened.error()), opened.error());
    return std::make_unique<detail::sqlite_driver>(std::move(*opened),
                                                   sqlite_settings{.connection = ":memory:",
                                                                   .busy_timeout = wanted.busy_timeout,
                                                                   .foreign_keys = wanted.foreign_keys,
                                                                   .journal = sqlite_journal::unchanged,
                                                                   .synchronous = sqlite_synchronous::off,
                                                                   .statement_cache = wanted.statement_cache});
}

} // namespace steward::adapters
