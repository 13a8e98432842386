// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/open_result.hpp>
#include <steward/adapters/database/rows.hpp>

#include <optional>
#include <span>
#include <string_view>

namespace steward::inline v0::adapters::detail {

template <class Row>
[[nodiscard]] rows<Row> query(connection& host, std::string_view sql, std::span<const value> arguments)
{
    check_row_to_read<Row>();
    return rows<Row>{host, sql, arguments};
}

/// The row at which a result stands, if no other follows.
template <class Row>
[[nodiscard]] Row only_row(open_result& result)
{
    Row row{};
    result.read(row);
    if (result.step())
        result.fail_count(database_errc::too_many_rows);
    return row;
}

template <class Row>
[[nodiscard]] Row query_one(connection& host, std::string_view sql, std::span<const value> arguments)
{
    check_row_to_read<Row>();
    open_result result{host, sql, arguments, lifetime::until_rebound, row_kinds<Row>};
    if (!result.step())
        result.fail_count(database_errc::no_row);
    return only_row<Row>(result);
}

template <class Row>
[[nodiscard]] std::optional<Row> query_optional(connection& host, std::string_view sql,
                                                std::span<const value> arguments)
{
    check_row_to_read<Row>();
    open_result result{host, sql, arguments, lifetime::until_rebound, row_kinds<Row>};
    if (!result.step())
        return std::nullopt;
    return std::optional<Row>{only_row<Row>(result)};
}

} // namespace steward::inline v0::adapters::detail
