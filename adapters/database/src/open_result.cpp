// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/database/detail/open_result.hpp>

namespace steward::adapters::detail {

namespace {

std::string_view name_of(value_kind kind) noexcept
{
    switch (kind) {
    case value_kind::null: return "NULL";
    case value_kind::integer:
    case value_kind::natural: return "an integer";
    case value_kind::real: return "a floating-point number";
    case value_kind::text: return "text";
    case value_kind::blob: return "a blob";
    }
    return "a value";
}

} // namespace

open_result::open_result(connection& host, std::string_view sql, std::span<const value> arguments,
                         lifetime argument_bytes, std::span<const value_kind> row)
    : guest{host}, cursor_{host.backend().prepare(sql, row)}, sql_{sql}
{
    if (const std::size_t count = cursor_->column_count(); count != row.size())
        throw database_error{database_errc::wrong_row,
                             "the row type has " + std::to_string(row.size()) + " fields, but the statement returns "
                                 + std::to_string(count) + " columns",
                             sql};
    cursor_->bind(arguments, argument_bytes);
}

open_result::~open_result() = default;

bool open_result::step()
{
    static_cast<void>(host_or_throw("the result of a query"));
    if (ended_)
        return false;
    ended_ = true; // after an error there is nothing more to come
    if (cursor_->step())
        ended_ = false;
    else
        cursor_.reset(); // its locks end with it, even if the range lives on
    return !ended_;
}

void open_result::fail_count(database_errc code) const
{
    throw database_error{code,
                         code == database_errc::no_row
                             ? "the query was to return one row and returned none; query_optional allows that"
                             : "the query was to return one row and returned more",
                         sql_};
}

void open_result::fail_load(load_result problem, std::size_t index, std::string_view expected)
{
    ended_ = true;
    std::string reason{"column " + std::to_string(index + 1) + " (" + cursor_->column_name(index) + ") "};
    if (problem == load_result::is_null)
        reason.append("is NULL, expected ").append(expected).append("; read it into a std::optional");
    else
        reason.append("holds ")
            .append(name_of(column(index).kind()))
            .append(problem == load_result::out_of_range ? " that does not fit" : "")
            .append(", expected ")
            .append(expected);
    throw database_error{database_errc::wrong_row, reason, sql_};
}

} // namespace steward::adapters::detail
