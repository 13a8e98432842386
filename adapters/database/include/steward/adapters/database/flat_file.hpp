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
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace steward::inline v0::adapters {

namespace detail {
class flat_database;
}

/// How a table is kept in its file.
enum class flat_file_format {
    csv,        ///< `<table>.csv`: a header and a record for each row, as RFC 4180 says
    json_lines, ///< `<table>.jsonl`: a JSON object for each row
};

/// The settings of `database<flat_file>`: which folder, and how it is used.
struct flat_file_settings {
    /// The folder of the tables, which exists.
    std::string directory;
    /// What new tables are kept in; the others stay as they are.
    flat_file_format format = flat_file_format::csv;
    /// How long a statement waits for another session's lock before it fails with database_errc::busy.
    std::chrono::milliseconds busy_timeout{5'000};
    /// Never writes; any number of processes may have the folder open for reading at once.
    bool read_only = false;
    /// Whether foreign keys are enforced, also in the files when they are loaded.
    bool foreign_keys = true;
    /// How many statements a session keeps prepared while nobody uses them; the least recently used ones are closed.
    std::size_t statement_cache = 64;
};

/// The backend for a folder of text files: `database<flat_file>`. Each `<name>.csv` and `<name>.jsonl` in it is the table
/// of that name.
///
/// Choose it for data that people and other programs read or edit, of up to some megabytes: all tables are in memory
/// while the folder is open (SQLite's limit is 1 GiB), and each commit writes every table that it changed anew, whole. For more
/// than that take `sqlite`.
///
/// **SQL and types** are SQLite's. In CSV a field without quotation marks is NULL if it is empty, a number or a blob
/// (`x'0aff'`) if it looks like one, and a text otherwise; with quotation marks it is a text. In JSON lines `{"$blob":
/// "0aff"}` is a blob, `{"$real": "inf"}` is infinity, true and false are 1 and 0, a key that is missing is NULL, other
/// objects and arrays are refused. All files are UTF-8. Column types, constraints, indexes, views and triggers are kept in
/// `schema.sql`; without it, or for a table that it does not have, the columns are those of the file, without types. A rowid
/// is kept where it is a column (`integer primary key`), the order of rows always.
///
/// **Isolation** is serializable, as with `memory`: while one session writes, no other can read, and all wait up to
/// busy_timeout. Other processes, and other adapters of this one, are locked out by flock(2) on the folder from the first
/// session to the end of the adapter: database_errc::busy. So the folder is on a local file system.
///
/// **Durability**: a commit is all or nothing. New files are written beside the old ones and synchronized, then one record
/// says which take the place of which; a crash before it leaves the old state, after it the new one, which the next open
/// completes. A commit that cannot be written (database_errc::out_of_space, input_output) is rolled back. Insert many rows by
/// `session::insert` or in one transaction: each commit waits for the disk.
///
/// **Refused**: files that were changed by others since they were loaded (database_errc::transaction_state at the commit that
/// would replace them; open the resource again to load them), tables whose names cannot be files' (a slash, a control
/// character, a dot in front, more than 240 bytes), text that is not UTF-8, virtual tables, ATTACH and VACUUM, pragmas that
/// would write around the files, symbolic links, and, unless read_only, files with several hard links. Through
/// `session::soci()` a transaction of the session can be written in, but not ended.
///
/// Other files in the folder are left alone, but for those that crashes leave behind: names such as `.orders.csv.new` and
/// `.steward.commit` are ours.
///
/// Errors: database_error; those about a file's content name file and line (corrupt or a violation of a constraint).
/// Threads: `open` may be called by several at once. Needs SQLite 3.36.
class flat_file {
public:
    using settings = flat_file_settings;

    /// Names what is wrong with the settings, and with the folder as it is now.
    static void check(const settings& wanted, configuration_check& check);
    /// Opens a connection to this object's database, which the first one loads from the files.
    [[nodiscard]] std::unique_ptr<detail::driver> open(const settings& wanted);

private:
    std::mutex mutex_;
    std::shared_ptr<detail::flat_database> shared_; ///< by all sessions; holds the folder's lock
};

} // namespace steward::inline v0::adapters

template <>
inline constexpr auto steward::setting_words<steward::adapters::flat_file_format> =
    std::to_array<std::pair<std::string_view, steward::adapters::flat_file_format>>(
        {{"csv", steward::adapters::flat_file_format::csv},
         {"json_lines", steward::adapters::flat_file_format::json_lines}});
BOOST_HANA_ADAPT_STRUCT(steward::adapters::flat_file_settings, directory, format, busy_timeout, read_only, foreign_keys,
                        statement_cache);
