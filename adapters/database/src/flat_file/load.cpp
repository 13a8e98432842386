// SPDX-License-Identifier: BSL-1.0
#include "csv.hpp"
#include "json_lines.hpp"
#include "statement.hpp"
#include "tables.hpp"
#include "value_text.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace steward::inline v0::adapters::detail {

namespace {

/// A file that is being read into its table.
class table_loader {
public:
    table_loader(sqlite3* connection, const folder& from, const table_file& file, std::string_view text)
        : connection_{connection}, from_{from}, file_{file}, table_{table_of(file.name)}, text_{text},
          columns_{columns_of(connection, table_)}
    {
        if (const auto bad = not_utf8(text_))
            fail(1 + static_cast<std::size_t>(std::ranges::count(text_.substr(0, *bad), '\n')), "UTF-8");
    }

    [[nodiscard]] bool has_table() const noexcept { return !columns_.empty(); }
    void load() { file_.format == flat_file_format::csv ? load_csv() : load_json_lines(); }

private:
    [[noreturn]] void fail(std::size_t line, std::string_view expected,
                           database_errc code = database_errc::corrupt) const
    {
        throw from_.error(code, file_.name + ":" + std::to_string(line) + ": expected " + std::string{expected});
    }

    /// Makes the table if schema.sql has not, else compares; `names` are what the file has. The text of the error has
    /// nothing of the file: what was taken for a header may be data.
    void settle_columns(const std::vector<std::string>& names)
    {
        if (columns_.empty()) {
            std::vector<std::string> sorted;
            for (const std::string& name : names)
                sorted.push_back(folded(name));
            std::ranges::sort(sorted);
            if (names.empty() || sorted.front().empty() || std::ranges::adjacent_find(sorted) != sorted.end()
                || std::ranges::any_of(sorted, [](const std::string& n) { return n.find('\0') != std::string::npos; }))
                fail(1, "a header: names of columns, all different");
            try {
                run(connection_, plain_table(table_, names));
            } catch (const database_error& error) {
                throw from_.error(error.code(), file_.name + ": " + error.what());
            }
            columns_ = columns_of(connection_, table_);
        }
        std::string wanted = "a header with the columns of " + std::string{schema_file} + ":";
        bool same = names.size() == columns_.size();
        for (const table_column& column : columns_) {
            wanted.append(" ").append(column.name);
            same = same && position_of(column.name, names) != names.size();
        }
        if (!same)
            fail(1, wanted);
    }

    static std::size_t position_of(std::string_view column, const std::vector<std::string>& names)
    {
        const auto found =
            std::ranges::find_if(names, [&](const std::string& name) { return same_name(name, column); });
        return static_cast<std::size_t>(found - names.begin());
    }

    void load_csv()
    {
        csv_reader reader{text_};
        std::vector<csv_field> fields;
        if (!reader.next(fields))
            reader.problem() ? fail(reader.problem()->line, reader.problem()->expected)
                             : fail(1, "a header: names of columns");
        std::vector<std::string> header;
        for (csv_field& field : fields)
            header.push_back(field.text);
        settle_columns(header);

        std::vector<bool> is_text;
        for (const std::string& name : header)
            is_text.push_back(std::ranges::any_of(
                columns_, [&](const table_column& column) { return column.is_text && same_name(column.name, name); }));
        raw_statement insert{connection_, insert_into(header)};
        std::vector<value> row(header.size());
        std::vector<std::vector<std::byte>> blobs(header.size());
        while (reader.next(fields)) {
            if (fields.size() != header.size())
                fail(reader.line(), std::to_string(header.size()) + " fields, got " + std::to_string(fields.size()));
            for (std::size_t i = 0; i != row.size(); ++i)
                row[i] = value_of(fields[i], is_text[i], blobs[i]);
            insert_row(insert, row, reader.line());
        }
        if (reader.problem())
            fail(reader.problem()->line, reader.problem()->expected);
    }

    [[nodiscard]] std::vector<std::string> names_of_members() const
    {
        json_lines_reader reader{text_};
        std::vector<json_member> members;
        std::vector<std::string> names;
        while (reader.next(members))
            for (const json_member& member : members)
                if (position_of(member.name, names) == names.size())
                    names.push_back(member.name);
        if (reader.problem())
            fail(reader.problem()->line, reader.problem()->expected);
        if (names.empty())
            fail(1, "an object, or the table in " + std::string{schema_file});
        return names;
    }

    void load_json_lines()
    {
        if (columns_.empty())
            settle_columns(names_of_members());
        std::vector<std::string> names;
        for (const table_column& column : columns_)
            names.push_back(column.name);
        raw_statement insert{connection_, insert_into(names)};
        json_lines_reader reader{text_};
        std::vector<json_member> members;
        std::vector<value> row;
        std::vector<bool> seen;
        while (reader.next(members)) {
            row.assign(names.size(), value{});
            seen.assign(names.size(), false);
            for (const json_member& member : members) {
                const std::size_t at = position_of(member.name, names);
                if (at == names.size() || seen[at])
                    fail(reader.line(), "members with the names of the table's columns, each at most once");
                seen[at] = true;
                row[at] = member.get();
            }
            insert_row(insert, row, reader.line());
        }
        if (reader.problem())
            fail(reader.problem()->line, reader.problem()->expected);
    }

    [[nodiscard]] std::string insert_into(const std::vector<std::string>& names) const
    {
        std::string sql = "insert into main." + quoted_name(table_) + " (", places;
        for (const std::string& name : names) {
            sql.append(places.empty() ? "" : ", ").append(quoted_name(name));
            places.append(places.empty() ? "?" : ", ?");
        }
        return sql + ") values (" + places + ")";
    }

    void insert_row(raw_statement& insert, const std::vector<value>& row, std::size_t line) const
    {
        try {
            insert.bind(row);
            insert.step();
        } catch (const database_error& error) {
            throw from_.error(error.code(), file_.name + ":" + std::to_string(line) + ": " + error.what());
        }
    }

    sqlite3* connection_;
    const folder& from_;
    const table_file& file_;
    std::string table_;
    std::string_view text_;
    std::vector<table_column> columns_;
};

/// The tables' files of a folder, by the tables' names.
std::map<std::string, table_file> files_of_tables(const folder& from)
{
    std::map<std::string, table_file> result;
    for (const std::string& name : from.names()) {
        const file_role role = role_of(name);
        if (role != file_role::csv && role != file_role::json_lines)
            continue;
        const std::string_view table = table_of(name);
        if (not_utf8(name))
            throw from.error(database_errc::cannot_connect, "expected file names in UTF-8");
        if (const std::string_view reason = refused_as_file(table); !reason.empty())
            throw from.error(database_errc::cannot_connect,
                             "a file's name cannot be a table's: " + std::string{reason});
        const std::string key = folded(table);
        if (key.starts_with("sqlite_"))
            throw from.error(database_errc::cannot_connect,
                             name + ": expected another name, as SQLite has 'sqlite_' for itself");
        const auto [other, added] = result.try_emplace(
            key,
            table_file{
                name, role == file_role::csv ? flat_file_format::csv : flat_file_format::json_lines, {}, {}, false});
        if (!added)
            throw from.error(database_errc::cannot_connect,
                             other->second.name + " and " + name + " are one table; rename or remove one of them");
    }
    return result;
}

void require_all_files(sqlite3* connection, const folder& from, const folder_state& state)
{
    raw_statement tables{connection,
                         "select name, type = 'view' from main.sqlite_master where type in ('table', 'view')"
                         " and name not like 'sqlite\\_%' escape '\\'"};
    while (tables.step()) {
        const std::string table{tables.text(0)};
        const bool is_view = tables.column(1).integer() != 0, has_file = state.tables.contains(folded(table));
        if (is_view && has_file)
            throw from.error(database_errc::corrupt,
                             std::string{schema_file} + " has a view '" + table
                                 + "', but there is a file of that name; rename or remove one of them");
        if (!is_view && !has_file)
            throw from.error(database_errc::corrupt, std::string{schema_file} + " has the table '" + table
                                                         + "', expected a file " + table + ".csv or " + table
                                                         + ".jsonl");
    }
}

void check_foreign_keys(sqlite3* connection, const folder& from, const folder_state& state)
{
    raw_statement broken{connection, "select \"table\", parent from pragma_foreign_key_check limit 1"};
    if (broken.step())
        throw from.error(database_errc::foreign_key_violation,
                         state.tables.at(folded(broken.text(0))).name + " has a row that refers to a row of '"
                             + std::string{broken.text(1)}
                             + "' that is not there; correct it, or set foreign_keys to false");
}

} // namespace

folder_state load_tables(sqlite3* connection, const folder& from, bool foreign_keys)
{
    folder_state state{files_of_tables(from), {}, {}};
    std::vector<std::string> later;
    run(connection, "begin immediate");
    if (from.exists(std::string{schema_file})) {
        const file_content schema = from.read(std::string{schema_file});
        if (not_utf8(schema.text) || schema.text.find('\0') != std::string::npos)
            throw from.error(database_errc::corrupt, std::string{schema_file} + ": expected UTF-8");
        state.schema_identity = schema.identity;
        later = make_tables(connection, from, schema.text);
    }
    require_all_files(connection, from, state);
    for (auto& [table, file] : state.tables) {
        const file_content content = from.read(file.name);
        file.identity = content.identity;
        table_loader loader{connection, from, file, content.text};
        file.declared = loader.has_table();
        loader.load();
    }
    complete_schema(connection, from, later);
    if (foreign_keys)
        check_foreign_keys(connection, from, state);
    raw_statement tables{connection, "select name, sql from main.sqlite_master where type = 'table'"
                                     " and name not like 'sqlite\\_%' escape '\\'"};
    while (tables.step())
        state.tables.at(folded(tables.text(0))).sql = tables.text(1);
    state.schema = schema_text(connection, state);
    run(connection, "commit");
    return state;
}

} // namespace steward::inline v0::adapters::detail
