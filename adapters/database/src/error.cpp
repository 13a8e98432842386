// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/database/error.hpp>

#include "sql_text.hpp"

#include <string>
#include <utility>

namespace steward::inline v0::adapters {

namespace {

std::string text(database_errc code, std::string_view reason, std::string_view statement)
{
    std::string result{to_string(code)};
    result.append(": ").append(reason);
    if (const std::string shown = detail::shortened(statement); !shown.empty())
        result.append("; the statement was: ").append(shown);
    return result;
}

} // namespace

database_error::database_error(database_errc code, std::string_view reason, std::string_view statement, int native_code,
                               std::string_view sql_state)
    : std::runtime_error{text(code, reason, statement)}, code_{code}, native_code_{native_code}
{
    sql_state.copy(sql_state_.data(), sql_state_.size() - 1);
}

bool database_error::retriable() const noexcept
{
    return code_ == database_errc::busy || code_ == database_errc::deadlock
           || code_ == database_errc::serialization_failure || code_ == database_errc::connection_lost_undone;
}

void database_error::name_resource(std::string_view name)
{
    if (name.empty() || std::exchange(names_resource_, true))
        return;
    static_cast<std::runtime_error&>(*this) = std::runtime_error{std::string{name}.append(": ").append(what())};
}

std::string_view to_string(database_errc code) noexcept
{
    switch (code) {
    case database_errc::busy: return "busy";
    case database_errc::deadlock: return "deadlock";
    case database_errc::serialization_failure: return "serialization failure";
    case database_errc::cannot_connect: return "cannot connect";
    case database_errc::connection_lost_undone: return "connection lost, nothing done";
    case database_errc::connection_lost: return "connection lost";
    case database_errc::timed_out: return "timed out";
    case database_errc::unique_violation: return "unique violation";
    case database_errc::not_null_violation: return "not-null violation";
    case database_errc::foreign_key_violation: return "foreign key violation";
    case database_errc::check_violation: return "check violation";
    case database_errc::constraint_violation: return "constraint violation";
    case database_errc::invalid_statement: return "invalid statement";
    case database_errc::wrong_arguments: return "wrong arguments";
    case database_errc::wrong_row: return "wrong row";
    case database_errc::no_row: return "no row";
    case database_errc::too_many_rows: return "too many rows";
    case database_errc::transaction_state: return "wrong transaction state";
    case database_errc::expired: return "expired";
    case database_errc::read_only: return "read only";
    case database_errc::permission_denied: return "permission denied";
    case database_errc::out_of_space: return "out of space";
    case database_errc::out_of_memory: return "out of memory";
    case database_errc::too_large: return "too large";
    case database_errc::corrupt: return "corrupt";
    case database_errc::interrupted: return "interrupted";
    case database_errc::input_output: return "input/output error";
    case database_errc::other: return "database error";
    }
    return "database error";
}

} // namespace steward::inline v0::adapters
