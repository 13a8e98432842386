// SPDX-License-Identifier: BSL-1.0
#include "statement.hpp"

namespace steward::inline v0::adapters::detail {

std::string quoted_name(std::string_view name)
{
    std::string result{'"'};
    for (const char c : name)
        result.append(c == '"' ? 2 : 1, c);
    return result += '"';
}

raw_statement::raw_statement(sqlite3* connection, std::string_view sql, std::string_view* rest)
    : connection_{connection}
{
    const std::string text{sql}; // SQLite stops at a NUL
    sqlite3_stmt* prepared = nullptr;
    const char* end = nullptr;
    const int result = sqlite3_prepare_v2(connection, text.c_str(), -1, &prepared, &end);
    statement_.reset(prepared);
    if (result != SQLITE_OK)
        throw last_error(connection, sql);
    if (rest)
        *rest = sql.substr(static_cast<std::size_t>(end - text.c_str()));
}

void raw_statement::bind(std::span<const value> values)
{
    sqlite3_stmt* const statement = statement_.get();
    sqlite3_reset(statement);
    int at = 0;
    for (const value& bound : values) {
        int result = SQLITE_MISUSE;
        switch (++at; bound.kind()) {
        case value_kind::integer: result = sqlite3_bind_int64(statement, at, bound.integer()); break;
        case value_kind::real: result = sqlite3_bind_double(statement, at, bound.real()); break;
        case value_kind::text:
            result = sqlite3_bind_text64(statement, at, bound.text().data() ? bound.text().data() : "",
                                         bound.text().size(), SQLITE_STATIC, SQLITE_UTF8);
            break;
        case value_kind::blob:
            result = bound.blob().empty()
                         ? sqlite3_bind_zeroblob(statement, at, 0)
                         : sqlite3_bind_blob64(statement, at, bound.blob().data(), bound.blob().size(), SQLITE_STATIC);
            break;
        default: result = sqlite3_bind_null(statement, at); break;
        }
        if (result != SQLITE_OK)
            throw last_error(connection_, {});
    }
}

bool raw_statement::step()
{
    const int result = sqlite3_step(statement_.get());
    if (result != SQLITE_ROW && result != SQLITE_DONE)
        throw last_error(connection_, {});
    return result == SQLITE_ROW;
}

value raw_statement::column(int index) const noexcept
{
    sqlite3_stmt* const statement = statement_.get();
    switch (sqlite3_column_type(statement, index)) {
    case SQLITE_INTEGER: return value{static_cast<std::int64_t>(sqlite3_column_int64(statement, index))};
    case SQLITE_FLOAT: return value{sqlite3_column_double(statement, index)};
    case SQLITE_TEXT: return value{text(index)};
    case SQLITE_BLOB: {
        const auto* const bytes = static_cast<const std::byte*>(sqlite3_column_blob(statement, index));
        return value{std::span{bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, index))}};
    }
    default: return value{};
    }
}

std::string_view raw_statement::text(int index) const noexcept
{
    const auto* const text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), index));
    return {text ? text : "", static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), index))};
}

void run(sqlite3* connection, std::string_view sql, std::span<const value> values)
{
    raw_statement statement{connection, sql};
    statement.bind(values);
    while (statement.step()) {}
}

} // namespace steward::inline v0::adapters::detail
