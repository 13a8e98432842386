// SPDX-License-Identifier: BSL-1.0
#include "commit.hpp"
#include "csv.hpp"
#include "json_lines.hpp"
#include "statement.hpp"
#include "tables.hpp"
#include "value_text.hpp"

#include <cstddef>

namespace steward::inline v0::adapters::detail {

namespace {

std::string_view extension_of(flat_file_format format) noexcept
{
    return format == flat_file_format::csv ? ".csv" : ".jsonl";
}

/// Writes a table as it is into a new file.
class table_writer {
public:
    table_writer(sqlite3* connection, const folder& to, std::string_view table, flat_file_format format)
        : to_{to}, table_{table}, columns_{columns_of(connection, table)}, format_{format},
          rows_{connection, select_all()}
    {
    }

    /// Whether the file alone says what columns the table has. One of JSON lines does not where there are no rows.
    [[nodiscard]] bool is_plain(std::string_view sql) const
    {
        std::vector<std::string> names;
        for (const table_column& column : columns_) {
            if (column.name.empty()) // no header has that
                return false;
            names.push_back(column.name);
        }
        return format_ == flat_file_format::csv && sql == plain_table(table_, names);
    }

    void write(new_file& file)
    {
        for (const table_column& column : columns_)
            if (not_utf8(column.name))
                throw to_.error(database_errc::wrong_arguments, "expected names of columns in UTF-8");
        if (format_ == flat_file_format::csv)
            append_header(file.buffer());
        while (rows_.step()) {
            format_ == flat_file_format::csv ? append_record(file.buffer()) : append_object(file.buffer());
            file.flush_if_large();
        }
    }

private:
    [[nodiscard]] std::string select_all() const
    {
        std::string sql = "select ";
        for (const table_column& column : columns_)
            sql.append(&column == columns_.data() ? "" : ", ").append(quoted_name(column.name));
        return sql + " from main." + quoted_name(table_) + " not indexed"; // in the order of rows, not of an index
    }

    /// The value, if it can be written.
    [[nodiscard]] value column(std::size_t index) const
    {
        const value result = rows_.column(static_cast<int>(index));
        if (result.kind() == value_kind::text && not_utf8(result.text()))
            throw to_.error(database_errc::wrong_arguments, "a text in the column '" + columns_[index].name + "' of '"
                                                                + table_ + "' is not UTF-8, expected a blob for that");
        return result;
    }

    void append_header(std::string& to) const
    {
        for (const table_column& column : columns_) {
            if (&column != columns_.data())
                to += ',';
            append_csv_name(to, column.name);
        }
        to += '\n';
    }
    void append_record(std::string& to) const
    {
        for (std::size_t i = 0; i != columns_.size(); ++i) {
            if (i != 0)
                to += ',';
            append_csv(to, column(i), columns_[i].is_text);
        }
        to += '\n';
    }
    void append_object(std::string& to) const
    {
        for (std::size_t i = 0; i != columns_.size(); ++i) {
            to.append(i == 0 ? "{" : ", ");
            append_json_text(to, columns_[i].name);
            to.append(": ");
            append_json(to, column(i));
        }
        to.append("}\n");
    }

    const folder& to_;
    std::string table_;
    std::vector<table_column> columns_;
    flat_file_format format_;
    raw_statement rows_;
};

} // namespace

std::vector<table_column> columns_of(sqlite3* connection, std::string_view table)
{
    std::vector<table_column> result;
    // SQLite's rules for a column's affinity, as far as texts are concerned.
    raw_statement columns{connection, "select name, type not like '%int%' and (type like '%char%' or type like '%clob%'"
                                      " or type like '%text%') from pragma_table_xinfo(?, 'main') where hidden = 0"};
    columns.bind({{value{table}}});
    while (columns.step())
        result.push_back({std::string{columns.text(0)}, columns.column(1).integer() != 0});
    return result;
}

std::string plain_table(std::string_view table, const std::vector<std::string>& columns)
{
    std::string sql = "CREATE TABLE " + quoted_name(table) + "(";
    for (const std::string& column : columns)
        sql.append(&column == columns.data() ? "" : ",").append(quoted_name(column));
    return sql + ")";
}

folder_state save_tables(sqlite3* connection, const folder& to, flat_file_format format_of_new,
                         const folder_state& before, const written_tables& written, file_commit& commit)
{
    folder_state after;
    raw_statement tables{connection, "select name, sql from main.sqlite_master where type = 'table'"
                                     " and name not like 'sqlite\\_%' escape '\\'"};
    while (tables.step()) {
        const std::string name{tables.text(0)}, sql{tables.text(1)}, key = folded(name);
        const auto old = before.tables.find(key);
        if (old != before.tables.end() && old->second.sql == sql && !written.all && !written.names.contains(key)) {
            after.tables.insert(*old);
            continue;
        }
        table_file file =
            old != before.tables.end()
                ? old->second
                : table_file{name + std::string{extension_of(format_of_new)}, format_of_new, {}, {}, false};
        if (const std::string_view reason = not_utf8(name) ? "it is not UTF-8" : refused_as_file(name); !reason.empty())
            throw to.error(database_errc::wrong_arguments, "a table's name cannot be a file's: " + std::string{reason});
        new_file replacement = commit.stage(file.name);
        table_writer writer{connection, to, name, file.format};
        writer.write(replacement);
        file.identity = replacement.finish();
        file.sql = sql;
        file.declared = file.declared || !writer.is_plain(sql) || table_of(file.name) != name;
        after.tables.emplace(key, std::move(file));
    }
    for (const auto& [key, file] : before.tables)
        if (!after.tables.contains(key))
            commit.stage_removal(file.name);

    after.schema = schema_text(connection, after);
    after.schema_identity = before.schema_identity;
    if (after.schema != before.schema) {
        if (not_utf8(after.schema))
            throw to.error(database_errc::wrong_arguments, "expected names and statements in UTF-8");
        new_file replacement = commit.stage(std::string{schema_file});
        replacement.buffer() = after.schema;
        after.schema_identity = replacement.finish();
    }
    return after;
}

} // namespace steward::inline v0::adapters::detail
