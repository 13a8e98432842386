// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/session.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace steward::test {

/// Stores values in a column of that type, each by a bound argument and once more by a bulk insert, and reads them back as
/// they were stored: those of the first way, then those of the second.
template <class T>
std::vector<T> stored_and_read(adapters::session& db, std::string_view type, const std::vector<T>& values)
{
    db.execute("drop table if exists round_trip");
    db.execute("create table round_trip (id integer primary key, v " + std::string{type} + ")");
    std::vector<std::pair<int, T>> rows;
    int id = 0;
    for (const T& value : values) {
        db.execute("insert into round_trip values (?, ?)", id, value);
        rows.emplace_back(static_cast<int>(values.size()) + id++, value);
    }
    db.insert("round_trip", rows);
    std::vector<T> result;
    for (T& value : db.query<T>("select v from round_trip order by id"))
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
