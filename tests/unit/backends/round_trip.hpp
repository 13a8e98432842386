// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/session.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace steward::test {

/// Each round trip has a table of its own: what a kept statement makes of a table made anew is not its subject.
inline std::string new_table_name()
{
    static int tables = 0;
    return "round_trip_" + std::to_string(++tables);
}

/// Stores values in a column of that type, each by a bound argument and once more by a bulk insert, and reads them back as
/// they were stored: those of the first way, then those of the second.
template <class T>
std::vector<T> stored_and_read(adapters::session& db, std::string_view type, const std::vector<T>& values)
{
    const std::string table = new_table_name();
    db.execute("create table " + table + " (id integer primary key, v " + std::string{type} + ")");
    std::vector<std::pair<int, T>> rows;
    int id = 0;
    for (const T& value : values) {
        db.execute("insert into " + table + " values (?, ?)", id, value);
        rows.emplace_back(static_cast<int>(values.size()) + id++, value);
    }
    db.insert(table, rows);
    std::vector<T> result;
    for (T& value : db.query<T>("select v from " + table + " order by id"))
        result.push_back(std::move(value));
    return result;
}

/// What `stored_and_read` returns if nothing was lost.
template <class T>
std::vector<T> twice(std::vector<T> values)
{
    const std::vector<T> once = values;
    values.insert(values.end(), once.begin(), once.end());
    return values;
}

} // namespace steward::test
