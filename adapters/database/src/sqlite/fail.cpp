// SPDX-License-Identifier: BSL-1.0
#include "fail.hpp"

#include <sqlite3.h>

#include <cstddef>
#include <string>

namespace steward::inline v0::adapters::detail {

namespace {

database_errc constraint(int sqlite_code) noexcept
{
    switch (sqlite_code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID: return database_errc::unique_violation;
    case SQLITE_CONSTRAINT_NOTNULL: return database_errc::not_null_violation;
    case SQLITE_CONSTRAINT_FOREIGNKEY: return database_errc::foreign_key_violation;
    case SQLITE_CONSTRAINT_CHECK: return database_errc::check_violation;
    default: return database_errc::constraint_violation;
    }
}

} // namespace

database_errc portable_code(int sqlite_code) noexcept
{
    if (sqlite_code == SQLITE_BUSY_SNAPSHOT)
        return database_errc::serialization_failure;
    switch (sqlite_code & 0xff) {
    case SQLITE_BUSY: return database_errc::busy;
    // Without a shared cache it is this session's own open result that stands in the way.
    case SQLITE_LOCKED:
        return sqlite_code == SQLITE_LOCKED_SHAREDCACHE ? database_errc::busy : database_errc::transaction_state;
    case SQLITE_CONSTRAINT: return constraint(sqlite_code);
    case SQLITE_MISMATCH: return database_errc::constraint_violation;
    case SQLITE_ERROR:
    case SQLITE_SCHEMA: return database_errc::invalid_statement;
    case SQLITE_RANGE: return database_errc::wrong_arguments;
    case SQLITE_TOOBIG: return database_errc::too_large;
    case SQLITE_READONLY: return database_errc::read_only;
    case SQLITE_PERM:
    case SQLITE_AUTH: return database_errc::permission_denied;
    case SQLITE_CANTOPEN: return database_errc::cannot_connect;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return database_errc::corrupt;
    case SQLITE_FULL: return database_errc::out_of_space;
    case SQLITE_NOMEM: return database_errc::out_of_memory;
    case SQLITE_INTERRUPT: return database_errc::interrupted;
    case SQLITE_IOERR:
    case SQLITE_PROTOCOL: return database_errc::input_output;
    case SQLITE_ABORT: return database_errc::transaction_state;
    default: return database_errc::other;
    }
}

database_error last_error(sqlite3* connection, std::string_view statement)
{
    const int code = sqlite3_extended_errcode(connection);
    std::string reason{sqlite3_errmsg(connection)};
    // SQLite may quote the place of a syntax error, and so a part of a literal.
    if (const std::size_t quote = reason.find('\''); quote != std::string::npos)
        reason.replace(quote, std::string::npos, "'***'");
    return database_error{portable_code(code), reason, statement, code};
}

bool casts_doubt_on_the_connection(database_errc code) noexcept
{
    return code == database_errc::corrupt || code == database_errc::input_output
           || code == database_errc::cannot_connect || code == database_errc::connection_lost;
}

} // namespace steward::inline v0::adapters::detail
