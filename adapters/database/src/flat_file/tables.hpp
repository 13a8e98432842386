// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "folder.hpp"

#include <steward/adapters/database/flat_file.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;

// Tables of SQLite from files and into files.
namespace steward::inline v0::adapters::detail {

class file_commit;

/// A table's file, as it was last read or written.
struct table_file {
    std::string name;
    flat_file_format format = flat_file_format::csv;
    std::string sql; ///< of the table
    file_identity identity;
    bool declared = false; ///< in schema.sql
};

/// What is in the folder, as far as we have read or written it.
struct folder_state {
    std::map<std::string, table_file> tables; ///< by the table's name, folded
    std::string schema;                       ///< what schema.sql says, in our words
    std::optional<file_identity> schema_identity;
};

/// The tables that a transaction may have changed.
struct written_tables {
    std::set<std::string> names; ///< folded
    bool all = false;
};

struct table_column {
    std::string name;
    bool is_text = false; ///< SQLite turns numbers into texts there
};

/// A table's columns that hold values of their own: not those that are computed.
[[nodiscard]] std::vector<table_column> columns_of(sqlite3* connection, std::string_view table);
/// `create table` for columns without types.
[[nodiscard]] std::string plain_table(std::string_view table, const std::vector<std::string>& columns);

/// Fills an empty database with all that is in a folder.
[[nodiscard]] folder_state load_tables(sqlite3* connection, const folder& from, bool foreign_keys);

/// Stages the files in which the database, as this connection sees it, differs from what the folder has; returns the state
/// afterwards. Throws wrong_arguments for what cannot be written: a name, a text that is not UTF-8.
[[nodiscard]] folder_state save_tables(sqlite3* connection, const folder& to, flat_file_format format_of_new,
                                       const folder_state& before, const written_tables& written, file_commit& commit);

/// What schema.sql is to say: statements that make the declared tables and all else again, tables first.
[[nodiscard]] std::string schema_text(sqlite3* connection, const folder_state& state);
/// Makes the tables, indexes and views of schema.sql; returns the statements that come when the tables are filled.
[[nodiscard]] std::vector<std::string> make_tables(sqlite3* connection, const folder& from, std::string_view schema);
/// Makes everything else of schema.sql.
void complete_schema(sqlite3* connection, const folder& from, const std::vector<std::string>& statements);

} // namespace steward::inline v0::adapters::detail
