// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/driver.hpp>
#include <steward/configuration.hpp>
#include <steward/field_name.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>

namespace steward::inline v0::adapters {

/// The settings of `database<memory>`.
struct memory_settings {
    /// How long a statement waits for another session's lock before it fails with database_errc::busy.
    std::chrono::milliseconds busy_timeout{5'000};
    /// Whether foreign keys are enforced.
    bool foreign_keys = true;
    /// How many statements a session keeps prepared while nobody uses them; the least recently used ones are closed.
    std::size_t statement_cache = 64;
};

/// The backend for a database in memory: `database<memory>`, for tests and for what need not outlive the program.
///
/// All sessions of one adapter, so of one resource of a manager, are on one database, which nobody else sees. It is there
/// from the first session on, also while the pool has closed all of them, and ends with the adapter: with the manager, or
/// when the resource is opened again.
///
/// It is SQLite's, with its SQL and its types. While one session writes, from the begin of its transaction to the end,
/// no other can read or be opened, and its transaction ends only when nobody else reads any more; all of them wait up to
/// busy_timeout. So a thread that uses two sessions finishes with the one before it turns to the other.
/// Files that are attached are in memory, too. SQLite's limit is 1 GiB (database_errc::out_of_space).
/// Errors: database_error. Threads: `open` may be called by several at once. Needs SQLite 3.36.
class memory {
public:
    using settings = memory_settings;

    memory() noexcept;

    /// Names what is wrong with the settings.
    static void check(const settings& wanted, configuration_check& check);
    /// Opens a connection to this object's database, which the first one makes.
    [[nodiscard]] std::unique_ptr<detail::driver> open(const settings& wanted);

private:
    [[nodiscard]] std::unique_ptr<detail::driver> connect(const settings& wanted) const;

    std::uint64_t number_;                   ///< no other has it in the process
    std::mutex mutex_;                       ///< of the keeper
    std::unique_ptr<detail::driver> keeper_; ///< a database in memory goes with its last connection: this one
};

} // namespace steward::inline v0::adapters

BOOST_HANA_ADAPT_STRUCT(steward::adapters::memory_settings, busy_timeout, foreign_keys, statement_cache);
