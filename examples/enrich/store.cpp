// SPDX-License-Identifier: BSL-1.0
#include "store.hpp"

#include <optional>
#include <ranges>
#include <string>
#include <tuple>

namespace enrich::store {

namespace {

/// No text at all, rather than an empty one.
[[nodiscard]] std::optional<std::string> null_if_empty(const std::string& text)
{
    return text.empty() ? std::nullopt : std::optional{text};
}

} // namespace

void prepare(session& database)
{
    auto transaction = database.transaction();
    database.execute("create table if not exists country (code text primary key, name text not null, description text, "
                     "left_over text)");
    database.execute("create table if not exists zone (country text not null references country (code), "
                     "name text not null, coordinates text not null, primary key (country, name))");
    transaction.commit();
}

bool is_complete(session& database, const country& it)
{
    return database.query_one<bool>(
        "select exists (select 1 from country where code = ? and name = ? and left_over is null)", it.code, it.name);
}

void put(session& database, const country& it)
{
    auto transaction = database.transaction();
    database.execute("insert into country values (?, ?, ?, ?) on conflict (code) do update set name = excluded.name, "
                     "description = excluded.description, left_over = excluded.left_over",
                     it.code, it.name, null_if_empty(it.description), null_if_empty(it.problem));
    database.execute("delete from zone where country = ?", it.code);
    database.insert("zone", it.zones | std::views::transform([&](const zone& each) {
                                return std::tuple<std::string_view, std::string_view, std::string_view>{
                                    it.code, each.name, each.coordinates};
                            }));
    transaction.commit();
}

} // namespace enrich::store
