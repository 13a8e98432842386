// SPDX-License-Identifier: BSL-1.0
#include "cursor.hpp"

#include "../sql_text.hpp"
#include "driver.hpp"

#include <steward/adapters/database/detail/time_text.hpp>

#include <sqlite3.h>

#include <cmath>
#include <utility>

namespace steward::inline v0::adapters::detail {

namespace {

// Both counters have 64 bits since SQLite 3.37.
#if SQLITE_VERSION_NUMBER >= 3037000
long long total_changes(sqlite3* connection) noexcept { return sqlite3_total_changes64(connection); }
long long changes(sqlite3* connection) noexcept { return sqlite3_changes64(connection); }
#else
long long total_changes(sqlite3* connection) noexcept { return sqlite3_total_changes(connection); }
long long changes(sqlite3* connection) noexcept { return sqlite3_changes(connection); }
#endif

int position(std::size_t index) noexcept { return static_cast<int>(index); }

} // namespace

sqlite_cursor::sqlite_cursor(sqlite_driver& owner, std::string_view sql, bool reusable)
    : owner_{owner}, statement_{owner.open_soci(), std::string{sql}}, reusable_{reusable}
{
    if (!statement_.handle()) {
        if (says_nothing(sql))
            throw database_error{database_errc::invalid_statement, "expected a statement, got an empty text"};
        owner.fail_to_prepare(sql);
    }
    if (!says_nothing(sql.substr(this->sql().size())))
        throw database_error{database_errc::invalid_statement,
                             "expected one statement, got several; execute them one by one", sql};
}

sqlite3* sqlite_cursor::connection() const noexcept { return sqlite3_db_handle(statement_.handle()); }

std::string_view sqlite_cursor::sql() const noexcept { return sqlite3_sql(statement_.handle()); }

bool sqlite_cursor::writes() const noexcept { return sqlite3_stmt_readonly(statement_.handle()) == 0 && !explains(); }

bool sqlite_cursor::explains() const noexcept { return sqlite3_stmt_isexplain(statement_.handle()) != 0; }

void sqlite_cursor::bind(std::span<const value> values, lifetime bytes, std::span<const value_kind>)
{
    sqlite3_stmt* const statement = statement_.handle();
    sqlite3_reset(statement);
    if (const auto expected = static_cast<std::size_t>(sqlite3_bind_parameter_count(statement));
        expected != values.size())
        throw database_error{database_errc::wrong_arguments,
                             "the statement has " + std::to_string(expected) + " placeholders, but "
                                 + std::to_string(values.size()) + " arguments were given",
                             sql()};
    for (std::size_t i = 0; i != values.size(); ++i)
        if (bind_one(position(i + 1), values[i], bytes) != SQLITE_OK)
            owner_.fail(sql());
    changes_before_ = total_changes(connection());
}

int sqlite_cursor::bind_one(int position, const value& argument, lifetime bytes)
{
    sqlite3_stmt* const statement = statement_.handle();
    const auto destructor = bytes == lifetime::until_rebound ? SQLITE_STATIC : SQLITE_TRANSIENT;
    const auto refuse = [&](const char* reason) {
        throw database_error{database_errc::wrong_arguments, "argument " + std::to_string(position) + " " + reason,
                             sql()};
    };
    switch (argument.kind()) {
    case value_kind::null: return sqlite3_bind_null(statement, position);
    case value_kind::integer: return sqlite3_bind_int64(statement, position, argument.integer());
    case value_kind::natural:
        refuse("does not fit: expected an integer of at most 2^63 - 1, the largest that SQLite stores");
        break;
    case value_kind::real:
        if (std::isnan(argument.real()))
            refuse("is not a number: expected a number, as SQLite would store NULL; bind std::nullopt for that");
        return sqlite3_bind_double(statement, position, argument.real());
    case value_kind::text: {
        // A null pointer would be stored as NULL: an empty text is none.
        const char* const text = argument.text().data() ? argument.text().data() : "";
        return sqlite3_bind_text64(statement, position, text, argument.text().size(), destructor, SQLITE_UTF8);
    }
    case value_kind::time: {
        const time_text text{argument.time()};
        if (text.view().empty())
            refuse("does not fit: expected a point in time in the years 1 to 9999");
        return sqlite3_bind_text64(statement, position, text.view().data(), text.view().size(), SQLITE_TRANSIENT,
                                   SQLITE_UTF8);
    }
    case value_kind::blob:
        if (argument.blob().empty())
            return sqlite3_bind_zeroblob(statement, position, 0);
        return sqlite3_bind_blob64(statement, position, argument.blob().data(), argument.blob().size(), destructor);
    }
    std::unreachable();
}

bool sqlite_cursor::step()
{
    const int result = sqlite3_step(statement_.handle());
    if (result == SQLITE_ROW)
        return true;
    if (result != SQLITE_DONE) {
        reusable_ = false;
        owner_.fail(sql());
    }
    return false;
}

bool sqlite_cursor::finish() noexcept
{
    sqlite3_reset(statement_.handle());
    sqlite3_clear_bindings(statement_.handle());
    return reusable_;
}

std::size_t sqlite_cursor::affected_rows() const
{
    // SQLite's count is that of the last statement that changed rows, which need not have been this one.
    sqlite3* const database = connection();
    return total_changes(database) == changes_before_ ? 0 : static_cast<std::size_t>(changes(database));
}

std::size_t sqlite_cursor::column_count() const
{
    return static_cast<std::size_t>(sqlite3_column_count(statement_.handle()));
}

std::string sqlite_cursor::column_name(std::size_t index) const
{
    const char* const name = sqlite3_column_name(statement_.handle(), position(index));
    return name ? name : "";
}

value sqlite_cursor::column(std::size_t index) const
{
    sqlite3_stmt* const statement = statement_.handle();
    const int at = position(index);
    const auto size = [&] { return static_cast<std::size_t>(sqlite3_column_bytes(statement, at)); };
    switch (sqlite3_column_type(statement, at)) {
    case SQLITE_INTEGER: return value{static_cast<std::int64_t>(sqlite3_column_int64(statement, at))};
    case SQLITE_FLOAT: return value{sqlite3_column_double(statement, at)};
    case SQLITE_TEXT: {
        const auto* const text = reinterpret_cast<const char*>(sqlite3_column_text(statement, at));
        return value{std::string_view{text, size()}};
    }
    case SQLITE_BLOB: {
        const auto* const bytes = static_cast<const std::byte*>(sqlite3_column_blob(statement, at));
        return value{std::span{bytes, size()}};
    }
    default: return value{};
    }
}

} // namespace steward::inline v0::adapters::detail
