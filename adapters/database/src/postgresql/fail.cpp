// SPDX-License-Identifier: BSL-1.0
#include "fail.hpp"

#include "sql.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace steward::inline v0::adapters::detail::pg {

namespace {

using code_of = std::pair<std::string_view, database_errc>;

/// Whole codes first, then classes.
constexpr auto codes = std::to_array<code_of>({
    {"40001", database_errc::serialization_failure},
    {"40002", database_errc::constraint_violation},
    {"40003", database_errc::other}, // nobody knows what became of it
    {"40P01", database_errc::deadlock},
    {"55P03", database_errc::busy},
    {"55006", database_errc::busy}, // a database that somebody uses cannot be dropped
    {"57014", database_errc::interrupted},
    {"57P01", database_errc::connection_lost},
    {"57P02", database_errc::connection_lost},
    {"57P03", database_errc::connection_lost},
    {"57P04", database_errc::connection_lost},
    {"57P05", database_errc::connection_lost},
    {"25P03", database_errc::connection_lost}, // idle for too long in a transaction
    {"23505", database_errc::unique_violation},
    {"23502", database_errc::not_null_violation},
    {"23503", database_errc::foreign_key_violation},
    {"23514", database_errc::check_violation},
    {"25006", database_errc::read_only},
    {"42501", database_errc::permission_denied},
    {"44000", database_errc::check_violation}, // of a view
    {"53100", database_errc::out_of_space},
    {"53200", database_errc::out_of_memory},
    {"53300", database_errc::cannot_connect},
    {"58030", database_errc::input_output},
    {"XX001", database_errc::corrupt},
    {"XX002", database_errc::corrupt},
    {"0A", database_errc::invalid_statement},
    {"21", database_errc::invalid_statement}, // a subquery with several rows
    {"22", database_errc::wrong_arguments},
    {"23", database_errc::constraint_violation},
    {"25", database_errc::transaction_state},
    {"26", database_errc::invalid_statement}, // no such prepared statement of the user's own
    {"28", database_errc::permission_denied},
    {"2D", database_errc::transaction_state},
    {"3B", database_errc::transaction_state}, // savepoints
    {"3D", database_errc::cannot_connect},
    {"3F", database_errc::invalid_statement},
    {"40", database_errc::serialization_failure},
    {"42", database_errc::invalid_statement},
    {"54", database_errc::too_large},
    {"55", database_errc::transaction_state},
    {"58", database_errc::input_output},
});

/// Everything between the first and the last quotation mark.
std::string without_quoted(std::string_view text)
{
    const std::size_t first = text.find('"'), last = text.rfind('"');
    if (first == std::string_view::npos)
        return std::string{text};
    return std::string{text.substr(0, first)}.append("\"***\"").append(last == first ? "" : text.substr(last + 1));
}

/// The server's own words. It quotes values (`invalid input syntax for type integer: "secret"`) as it does names, and where
/// a statement cannot be parsed the place, which may be a literal; details, hints and contexts are not told at all.
std::string reason_of(const PGresult* result, std::string_view state)
{
    const std::string_view message = error_field(result, PG_DIAG_MESSAGE_PRIMARY);
    if (message.empty())
        return one_line(PQresultErrorMessage(result));
    if (state.starts_with("22"))
        return one_line(without_quoted(without_literals(message)));
    // A word's quotes hide a literal's from the look for literals.
    if (state == "42601" && message.find_first_of("'$") != std::string_view::npos)
        return one_line(without_quoted(message));
    return one_line(without_literals(message));
}

} // namespace

database_errc portable_code(std::string_view sql_state) noexcept
{
    const auto found =
        std::ranges::find_if(codes, [&](const code_of& each) { return sql_state.starts_with(each.first); });
    return found == codes.end() ? database_errc::other : found->second;
}

std::string_view error_field(const PGresult* result, int field) noexcept
{
    const char* const text = PQresultErrorField(result, field);
    return text ? text : std::string_view{};
}

database_error server_error(const PGresult* result, std::string_view statement)
{
    const std::string_view state = error_field(result, PG_DIAG_SQLSTATE);
    database_errc code = portable_code(state);
    // One code for two reasons, which only the text tells apart; "statement timeout" in any language but English may
    // be taken for the other.
    if (state == "57014" && error_field(result, PG_DIAG_MESSAGE_PRIMARY).find("timeout") != std::string_view::npos)
        code = database_errc::timed_out;
    return database_error{code, reason_of(result, state), statement, 0, state};
}

std::string one_line(std::string_view text, std::string_view secret)
{
    std::string result{text};
    for (std::size_t at = 0; !secret.empty() && (at = result.find(secret, at)) != std::string::npos; at += 3)
        result.replace(at, secret.size(), "***");
    std::ranges::replace(result, '\n', ' ');
    std::ranges::replace(result, '\t', ' ');
    while (!result.empty() && result.back() == ' ')
        result.pop_back();
    return result;
}

} // namespace steward::inline v0::adapters::detail::pg
