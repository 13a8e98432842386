// SPDX-License-Identifier: BSL-1.0
#include "insert_statement.hpp"

namespace steward::inline v0::adapters::detail {

std::string quoted_path(const driver& backend, std::string_view table)
{
    std::string result;
    for (std::size_t dot = 0; dot != std::string_view::npos;) {
        dot = table.find('.');
        result.append(backend.quoted(table.substr(0, dot)));
        if (dot != std::string_view::npos) {
            result += '.';
            table.remove_prefix(dot + 1);
        }
    }
    return result;
}

std::string insert_statement(const driver& backend, std::string_view table, std::span<const std::string_view> columns,
                             std::size_t width)
{
    std::string sql{"insert into "};
    sql.append(quoted_path(backend, table));
    for (std::size_t i = 0; i != columns.size(); ++i)
        sql.append(i == 0 ? " (" : ", ").append(backend.quoted(columns[i]));
    sql.append(columns.empty() ? " values (" : ") values (");
    for (std::size_t i = 0; i != width; ++i)
        sql.append(i == 0 ? "?" : ", ?");
    return sql += ')';
}

} // namespace steward::inline v0::adapters::detail
