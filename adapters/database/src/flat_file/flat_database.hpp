// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "commit.hpp"
#include "tables.hpp"

#include <steward/adapters/database/flat_file.hpp>
#include <steward/adapters/database/sqlite.hpp>

#include <cstdint>
#include <memory>
#include <mutex>

#include <sys/types.h>

namespace soci {
class session;
}

namespace steward::inline v0::adapters::detail {

class sqlite_driver;

/// A transaction's way into the files.
struct flat_change {
    explicit flat_change(const folder& where) noexcept : files{where} {}

    file_commit files;
    folder_state after;
};

/// A folder's tables in memory: what the sessions of one adapter share.
///
/// A commit is `stage`, `publish` while SQLite commits, `finish`; all under the lock of `turn`.
class flat_database {
public:
    /// Locks the folder, completes an interrupted commit and loads all tables.
    explicit flat_database(const flat_file_settings& wanted);
    ~flat_database();

    [[nodiscard]] const folder& where() const noexcept { return folder_; }
    [[nodiscard]] std::unique_ptr<soci::session> connect() const;

    [[nodiscard]] std::unique_lock<std::mutex> turn() { return std::unique_lock{mutex_}; }
    /// Writes the new files, of the tables as this connection sees them. Throws if that is impossible, with nothing done.
    [[nodiscard]] std::unique_ptr<flat_change> stage(sqlite3* connection, const written_tables& written);
    /// The point from which on it has happened. Throws, with nothing done, also if somebody else has changed the files.
    void publish(flat_change& change) const;
    /// SQLite did not commit what was published.
    void take_back(flat_change& change);
    /// SQLite has committed. What cannot be put in its place now is at the next commit or open.
    void finish(std::unique_ptr<flat_change> change);

private:
    void require_unchanged(const folder_state& after) const;

    folder folder_;
    flat_file_format format_of_new_;
    pid_t process_;
    std::uint64_t number_;
    std::unique_ptr<sqlite_driver> keeper_; ///< a database in memory goes with its last connection
    std::mutex mutex_;
    folder_state state_;
    std::unique_ptr<flat_change> unapplied_; ///< published, but not yet in its place
    bool torn_ = false;                      ///< the files have what the memory has not
};

/// The settings of a connection to it.
[[nodiscard]] sqlite_settings sqlite_settings_of(const flat_file_settings& wanted);

} // namespace steward::inline v0::adapters::detail
