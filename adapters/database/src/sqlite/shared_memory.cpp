// SPDX-License-Identifier: BSL-1.0
#include "shared_memory.hpp"

#include "native.hpp"

#include <steward/adapters/database/error.hpp>

#include <soci/session.h>
#include <sqlite3.h>

#include <atomic>
#include <string>
#include <string_view>
#include <utility>

namespace steward::inline v0::adapters::detail {

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

std::uint64_t next_shared_memory() noexcept { return databases.fetch_add(1, std::memory_order_relaxed); }

std::unique_ptr<soci::session> open_shared_memory(std::uint64_t number)
{
    // Before 3.36 each connection had a database of its own, without a word.
    if (sqlite3_threadsafe() == 0 || sqlite3_libversion_number() < 3'036'000)
        throw refused(std::string{"expected SQLite 3.36 or newer with support for threads, got "} + sqlite3_libversion()
                          + (sqlite3_threadsafe() == 0 ? " without" : ""),
                      SQLITE_CANTOPEN);
    auto opened = open_in_memory_through_soci(name_of(number));
    if (!opened)
        throw refused(sqlite3_errstr(opened.error()), opened.error());
    return std::move(*opened);
}

} // namespace steward::inline v0::adapters::detail
