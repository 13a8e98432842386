// SPDX-License-Identifier: BSL-1.0
#include "statement.hpp"
#include "tables.hpp"
#include "value_text.hpp"

#include <utility>

namespace steward::inline v0::adapters::detail {

namespace {

/// What a statement of schema.sql may do, and what the one being prepared does.
class schema_guard {
public:
    explicit schema_guard(sqlite3* connection) : connection_{connection}
    {
        sqlite3_set_authorizer(connection, &authorize, this);
    }
    schema_guard(const schema_guard&) = delete;
    schema_guard& operator=(const schema_guard&) = delete;
    ~schema_guard() { sqlite3_set_authorizer(connection_, nullptr, nullptr); }

    void begin_statement() noexcept { precedes_rows_ = false; }
    /// Whether what was prepared since is there before rows are: not a trigger, which would react to them.
    [[nodiscard]] bool precedes_rows() const noexcept { return precedes_rows_; }

private:
    static bool is_internal(const char* table) noexcept
    {
        return std::string_view{table ? table : ""}.starts_with("sqlite_");
    }
    static int authorize(void* self, int action, const char* first, const char*, const char*, const char*) noexcept
    {
        switch (action) {
        case SQLITE_CREATE_TABLE:
        case SQLITE_CREATE_INDEX:
        case SQLITE_CREATE_VIEW: static_cast<schema_guard*>(self)->precedes_rows_ = true; return SQLITE_OK;
        case SQLITE_CREATE_TRIGGER:
        case SQLITE_FUNCTION:
        case SQLITE_READ:
        case SQLITE_RECURSIVE:
        case SQLITE_REINDEX:
        case SQLITE_SELECT: return SQLITE_OK;
        case SQLITE_INSERT:
        case SQLITE_UPDATE:
        case SQLITE_DELETE: return is_internal(first) ? SQLITE_OK : SQLITE_DENY;
        case SQLITE_PRAGMA:
            return sqlite3_stricmp(first, "user_version") == 0 || sqlite3_stricmp(first, "application_id") == 0
                       ? SQLITE_OK
                       : SQLITE_DENY;
        default: return SQLITE_DENY;
        }
    }

    sqlite3* connection_;
    bool precedes_rows_ = false;
};

database_error wrong_schema(const folder& from, const database_error& cause)
{
    return from.error(database_errc::corrupt, std::string{schema_file} + ": " + cause.what());
}

void append_statement(std::string& to, std::string_view sql)
{
    // A comment at its end would swallow the separator.
    to.append(sql).append(sql.find("--") == std::string_view::npos ? ";\n" : "\n;\n");
}

void append_all(std::string& to, sqlite3* connection, std::string_view query)
{
    raw_statement rows{connection, query};
    while (rows.step())
        append_statement(to, rows.text(0));
}

} // namespace

std::string schema_text(sqlite3* connection, const folder_state& state)
{
    std::string result;
    {
        raw_statement tables{connection, "select name, sql from main.sqlite_master where type = 'table'"
                                         " and name not like 'sqlite\\_%' escape '\\' order by rowid"};
        while (tables.step())
            if (state.tables.at(folded(tables.text(0))).declared)
                append_statement(result, tables.text(1));
    }
    append_all(result, connection,
               "select sql from main.sqlite_master where type <> 'table' and sql is not null"
               " order by case type when 'index' then 0 when 'view' then 1 else 2 end, rowid");
    for (const std::string_view pragma : {"user_version", "application_id"}) {
        raw_statement number{connection, std::string{"pragma main."}.append(pragma)};
        if (number.step() && number.column(0).integer() != 0)
            append_statement(result, std::string{"PRAGMA "}.append(pragma) + " = " + std::string{number.text(0)});
    }
    if (raw_statement{connection, "select 1 from main.sqlite_master where name = 'sqlite_sequence'"}.step())
        append_all(result, connection,
                   "select 'INSERT INTO sqlite_sequence VALUES(' || quote(name) || ',' || quote(seq) || ')'"
                   " from main.sqlite_sequence order by name");
    return result;
}

std::vector<std::string> make_tables(sqlite3* connection, const folder& from, std::string_view schema)
{
    std::vector<std::string> later;
    schema_guard guard{connection};
    try {
        while (!schema.empty()) {
            guard.begin_statement();
            std::string_view rest;
            raw_statement next{connection, schema, &rest};
            if (guard.precedes_rows())
                next.step();
            else if (next)
                later.emplace_back(schema.substr(0, schema.size() - rest.size()));
            schema = rest;
        }
    } catch (const database_error& error) {
        throw wrong_schema(from, error);
    }
    return later;
}

void complete_schema(sqlite3* connection, const folder& from, const std::vector<std::string>& statements)
{
    const schema_guard guard{connection};
    try {
        // Filling tables has counted, too.
        if (raw_statement{connection, "select 1 from main.sqlite_master where name = 'sqlite_sequence'"}.step())
            run(connection, "delete from main.sqlite_sequence");
        for (const std::string& statement : statements)
            run(connection, statement);
    } catch (const database_error& error) {
        throw wrong_schema(from, error);
    }
}

} // namespace steward::inline v0::adapters::detail
