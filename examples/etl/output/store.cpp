// SPDX-License-Identifier: BSL-1.0
#include "output/store.hpp"

#include <fmt/format.h>
#include <range/v3/algorithm/copy.hpp>
#include <range/v3/range/conversion.hpp>
#include <range/v3/view/chunk.hpp>
#include <range/v3/view/join.hpp>
#include <range/v3/view/transform.hpp>
#include <range/v3/view/zip.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace etl::store {

namespace {

void drop(session& database)
{
    for (const std::string_view table : {"record", "rejected", "loaded_chunk", "source"})
        database.execute(fmt::format("drop table if exists {}", table));
}

void create(session& database, const shape& rows)
{
    const auto columns = rows.columns | ranges::views::transform([&](const std::string& name) {
                             return ", " + database.quoted(name) + " text not null";
                         })
                         | ranges::views::join | ranges::to<std::string>();
    database.execute("create table source (fingerprint varchar(64) primary key, file text not null, "
                     "bytes bigint not null, chunk_rows bigint not null)");
    database.execute(
        "create table loaded_chunk (source_fingerprint varchar(64) not null references source (fingerprint), "
        "chunk integer not null, first_line bigint not null, loaded bigint not null, "
        "rejected bigint not null, primary key (source_fingerprint, chunk))");
    database.execute("create table rejected (line integer primary key, reason text not null, text text not null)");
    database.execute("create table record (line integer primary key" + columns + ")");
}

/// Asks in a savepoint, since an error ends a transaction of PostgreSQL otherwise.
[[nodiscard]] bool has_table(session& database, std::string_view name)
{
    try {
        auto attempt = database.transaction(steward::adapters::access::read_only);
        database.execute(fmt::format("select 1 from {} where 1 = 0", name));
        return true;
    } catch (const steward::adapters::database_error& error) {
        if (error.code() != steward::adapters::database_errc::invalid_statement)
            throw;
        return false;
    }
}

struct stored_source {
    std::string fingerprint, file;
    std::int64_t bytes;
    std::int64_t chunk_rows;
};

/// The chunks that are complete.
[[nodiscard]] std::vector<bool> loaded_chunks(session& database, const source& input)
{
    std::vector<bool> loaded;
    for (const std::size_t number : database.query<std::size_t>(
             "select chunk from loaded_chunk where source_fingerprint = ? order by chunk", input.fingerprint)) {
        loaded.resize(number);
        loaded.push_back(true);
    }
    return loaded;
}

[[nodiscard]] earlier find_earlier(session& database, const source& input)
{
    const auto known =
        database.query_optional<stored_source>("select fingerprint, file, bytes, chunk_rows from source");
    if (!known || known->fingerprint != input.fingerprint)
        throw other_contents{fmt::format(
            "the database holds the rows of another input{}: give another --database, or --fresh to drop them",
            known ? fmt::format(", '{}' of {} bytes, or the same read in another way", known->file, known->bytes)
                  : "")};
    return {static_cast<std::size_t>(known->chunk_rows), loaded_chunks(database, input)};
}

/// Inserts rows that have a number of columns which only the file knows.
void insert_records(session& database, std::size_t columns, const parsed_rows& rows)
{
    using field = std::variant<std::int64_t, std::string_view>;
    std::vector<field> record(columns + 1);
    database.insert("record",
                    ranges::views::zip(rows.lines, rows.fields | ranges::views::chunk(columns))
                        | ranges::views::transform([&](const auto& line_and_row) -> const std::vector<field>& {
                              const auto& [line, row] = line_and_row;
                              record.front() = static_cast<std::int64_t>(line);
                              ranges::copy(row, record.begin() + 1);
                              return record;
                          }));
}

/// Enters a chunk as loaded; false if it is already.
[[nodiscard]] bool enter(session& database, const source& input, const chunk& part, const parsed_rows& rows)
{
    try {
        auto attempt = database.transaction();
        database.execute("insert into loaded_chunk values (?, ?, ?, ?, ?)", input.fingerprint, part.number,
                         part.first_line, rows.lines.size(), rows.rejected.size());
        attempt.commit();
        return true;
    } catch (const steward::adapters::database_error& error) {
        if (error.code() != steward::adapters::database_errc::unique_violation)
            throw;
        return false;
    }
}

} // namespace

earlier prepare(session& database, const source& input, std::size_t chunk_rows, bool fresh)
{
    auto transaction = database.transaction();
    if (fresh)
        drop(database);
    earlier found{.chunk_rows = chunk_rows};
    if (has_table(database, "source")) {
        found = find_earlier(database, input);
    } else {
        for (const std::string_view table : {"record", "rejected", "loaded_chunk"}) {
            if (has_table(database, table))
                throw other_contents{fmt::format("the database has a table '{}' that is not of this program: give "
                                                 "another --database, or --fresh to drop it",
                                                 table)};
        }
        create(database, input.rows);
        database.execute("insert into source values (?, ?, ?, ?)", input.fingerprint, input.file, input.bytes,
                         chunk_rows);
    }
    if (database.in_transaction()) // MySQL commits with each statement that makes a table
        transaction.commit();
    return found;
}

bool load(session& database, const source& input, const chunk& part, const parsed_rows& rows)
{
    // Servers may end one of two transactions that are in each other's way.
    return steward::adapters::retry(5, [&] {
        auto transaction = database.transaction();
        if (!enter(database, input, part, rows))
            return false;
        if (!rows.lines.empty())
            insert_records(database, input.rows.columns.size(), rows);
        database.insert("rejected", rows.rejected);
        transaction.commit();
        return true;
    });
}

std::vector<rejection> rejections(session& database, std::size_t examples_each)
{
    using count = std::pair<std::string, std::size_t>;
    std::vector<rejection> result;
    for (count& found :
         database.query<count>("select reason, count(*) from rejected group by reason order by count(*) desc, reason"))
        result.push_back({std::move(found.first), found.second, {}});
    for (rejection& reason : result) {
        for (auto& example : database.query<rejection::example>(
                 "select line, text from rejected where reason = ? order by line limit ?", reason.reason,
                 examples_each))
            reason.examples.push_back(std::move(example));
    }
    return result;
}

} // namespace etl::store
