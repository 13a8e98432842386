// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/database/detail/open_result.hpp>

#include <utility>

namespace steward::inline v0::adapters::detail {

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
    case value_kind::time: return "a point in time";
    }
    return "a value";
}

} // namespace

open_result::open_result(connection& host, std::string_view sql, std::span<const value> arguments,
                         lifetime argument_bytes, std::span<const value_kind> row)
    : guest{host}, statement_{host.prepare(sql)}, sql_{sql}, width_{row.size()}
{
    host.naming_resource([&] {
        if (statement_->columns_are_known()
            && statement_->column_count() != width_) { // its table may have been altered since
            statement_.close();
            statement_ = host.prepare_anew(sql_);
            check_width();
        }
        statement_->bind(arguments, argument_bytes, row);
    });
}

open_result::~open_result() = default;

void open_result::check_width() const
{
    if (const std::size_t count = statement_->column_count(); count != width_)
        throw database_error{database_errc::wrong_row,
                             "the row type has " + std::to_string(width_) + " fields, but the statement returns "
                                 + std::to_string(count) + " columns",
                             host()->backend().for_message(sql_)};
}

bool open_result::step()
{
    const connection& current = host_or_throw("the result of a query");
    if (ended_)
        return false;
    ended_ = true; // after an error there is nothing more to come
    current.naming_resource([&] {
        ended_ = !statement_->step();
        // `select *` of a table that was altered since it was prepared has other columns than before.
        if (!std::exchange(started_, true))
            check_width();
    });
    if (ended_)
        statement_.reset(); // its locks end with it, even if the range lives on
    return !ended_;
}

void open_result::fail_count(database_errc code) const
{
    host()->naming_resource([&] {
        throw database_error{code,
                             code == database_errc::no_row
                                 ? "the query was to return one row and returned none; query_optional allows that"
                                 : "the query was to return one row and returned more",
                             host()->backend().for_message(sql_)};
    });
    std::unreachable();
}

void open_result::fail_load(load_result problem, std::size_t index, std::string_view expected)
{
    ended_ = true;
    std::string reason{"column " + std::to_string(index + 1) + " (" + statement_->column_name(index) + ") "};
    if (problem == load_result::is_null)
        reason.append("is NULL, expected ").append(expected).append("; read it into a std::optional");
    else
        reason.append("holds ")
            .append(name_of(column(index).kind()))
            .append(problem == load_result::out_of_range ? " that does not fit" : "")
            .append(", expected ")
            .append(expected);
    host()->naming_resource(
        [&] { throw database_error{database_errc::wrong_row, reason, host()->backend().for_message(sql_)}; });
    std::unreachable();
}

} // namespace steward::inline v0::adapters::detail
