// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/driver.hpp>
#include <steward/configuration.hpp>
#include <steward/field_name.hpp>
#include <steward/setting_words.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace steward::inline v0::adapters {

/// How SQLite keeps a transaction atomic. The mode stays with the file, for everybody who opens it.
enum class sqlite_journal {
    wal,       ///< a write-ahead log: readers and one writer at a time do not wait for each other
    rollback,  ///< SQLite's classic rollback journal ("delete"): a writer waits for all readers
    unchanged, ///< whatever mode the file is in
};

/// When SQLite waits for the disk.
enum class sqlite_synchronous {
    off,    ///< never: a crash of the operating system may damage the file
    normal, ///< with wal: not at each commit; the last ones may be lost at a power failure, never the file
    full,   ///< at each commit
};

/// The settings of `database<sqlite>`: which file, and how it is used.
struct sqlite_settings {
    /// The name of a file, which is created where there is none, or ":memory:". Each session on ":memory:" has an empty
    /// database of its own.
    std::string connection;
    /// How long a statement waits for another session's lock before it fails with database_errc::busy.
    std::chrono::milliseconds busy_timeout{5'000};
    /// Never writes, and expects an existing file.
    bool read_only = false;
    /// Whether foreign keys are enforced.
    bool foreign_keys = true;
    /// How transactions are kept atomic; the mode stays with the file.
    sqlite_journal journal = sqlite_journal::wal;
    /// What a crash may cost.
    sqlite_synchronous synchronous = sqlite_synchronous::full;
    /// How many statements a session keeps prepared while nobody uses them; the least recently used ones are closed.
    std::size_t statement_cache = 64;
};

/// The backend for SQLite files: `database<sqlite>`.
///
/// Through a pool: with the defaults (wal, busy_timeout) any number of sessions read while one writes, and writers wait
/// for their turn; transactions take the write lock when they begin (access::read_write), so that they cannot fail
/// half-way because another one has written in between.
/// A session that goes back is rolled back, loses its temporary tables and attached databases, and gets its time-out and
/// foreign keys as configured; other pragmas stay. Its validation is `select 1` and a look whether the file is still
/// the one that was opened.
struct sqlite {
    using settings = sqlite_settings;

    /// Names what is wrong with the settings, and with the file as it is now.
    static void check(const settings& wanted, configuration_check& check);
    /// Opens a connection. Threads: may be called by several at once. Throws database_error (cannot_connect, corrupt, busy).
    [[nodiscard]] static std::unique_ptr<detail::driver> open(const settings& wanted);
};

} // namespace steward::inline v0::adapters

template <>
inline constexpr auto steward::setting_words<steward::adapters::sqlite_journal> =
    std::to_array<std::pair<std::string_view, steward::adapters::sqlite_journal>>(
        {{"wal", steward::adapters::sqlite_journal::wal},
         {"rollback", steward::adapters::sqlite_journal::rollback},
         {"unchanged", steward::adapters::sqlite_journal::unchanged}});
template <>
inline constexpr auto steward::setting_words<steward::adapters::sqlite_synchronous> =
    std::to_array<std::pair<std::string_view, steward::adapters::sqlite_synchronous>>(
        {{"off", steward::adapters::sqlite_synchronous::off},
         {"normal", steward::adapters::sqlite_synchronous::normal},
         {"full", steward::adapters::sqlite_synchronous::full}});
BOOST_HANA_ADAPT_STRUCT(steward::adapters::sqlite_settings, connection, busy_timeout, read_only, foreign_keys, journal,
                        synchronous, statement_cache);
