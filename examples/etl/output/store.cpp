// SPDX-License-Identifier: BSL-1.0
#include "output/store.hpp"

#include <fmt/format.h>
#include <range/v3/range/conversion.hpp>
#include <range/v3/view/chunk.hpp>
#include <range/v3/view/join.hpp>
#include <range/v3/view/transform.hpp>
#include <range/v3/view/zip.hpp>
#include <soci/soci.h>

#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace etl::store {

namespace {

/// An SQL name, whatever characters it has.
[[nodiscard]] std::string quoted(std::string_view name)
{
    std::string result = "\"";
    for (const char c : name)
        result.append(c == '"' ? 2 : 1, c);
    return result + '"';
}

void drop(session& database)
{
    for (const std::string_view table : {"record", "rejected", "loaded_chunk", "source"})
        database.execute(fmt::format("drop table if exists {}", table));
}

void create(session& database, const shape& rows)
{
    const auto columns =
        rows.columns
        | ranges::views::transform([](const std::string& name) { return ", " + quoted(name) + " text not null"; })
        | ranges::views::join | ranges::to<std::string>();
    database.execute("create table source (fingerprint text primary key, file text not null, bytes integer not null, "
                     "chunk_rows integer not null)");
    database.execute("create table loaded_chunk (source_fingerprint text not null references source, "
                     "chunk integer not null, first_line integer not null, loaded integer not null, "
                     "rejected integer not null, primary key (source_fingerprint, chunk)) without rowid");
    database.execute("create table rejected (line integer primary key, reason text not null, text text not null)");
    database.execute("create table record (line integer primary key" + columns + ")");
}

[[nodiscard]] bool has_table(session& database, std::string_view name)
{
    return database.query_optional<int>("select 1 from sqlite_master where type = 'table' and name = ?", name)
        .has_value();
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

/// Inserts rows that have a number of columns which only the file knows, through the SOCI session underneath.
class record_inserter {
public:
    record_inserter(session& database, std::size_t columns) : values_(columns), statement_{database.soci()}
    {
        std::string sql = "insert into record values (:line";
        statement_.exchange(soci::use(line_));
        for (std::size_t i = 0; i < columns; ++i) {
            fmt::format_to(std::back_inserter(sql), ", :c{}", i + 1);
            statement_.exchange(soci::use(values_[i]));
        }
        statement_.alloc();
        statement_.prepare(sql + ')');
        statement_.define_and_bind();
    }
    record_inserter(const record_inserter&) = delete;
    record_inserter& operator=(const record_inserter&) = delete;

    void insert(long long line, auto&& row)
    {
        line_ = line;
        for (const auto& [value, field] : ranges::views::zip(values_, row))
            value = field; // keeps the capacity that earlier rows have needed
        statement_.execute(true);
    }

private:
    long long line_ = 0;
    std::vector<std::string> values_;
    soci::statement statement_;
};

void insert_records(session& database, std::size_t columns, const parsed_rows& rows)
{
    record_inserter inserter{database, columns};
    for (const auto& [line, row] : ranges::views::zip(rows.lines, rows.fields | ranges::views::chunk(columns)))
        inserter.insert(line, row);
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
    transaction.commit();
    return found;
}

bool load(session& database, const source& input, const chunk& part, const parsed_rows& rows)
{
    auto transaction = database.transaction();
    const std::size_t is_new =
        database.execute("insert or ignore into loaded_chunk values (?, ?, ?, ?, ?)", input.fingerprint, part.number,
                         part.first_line, rows.lines.size(), rows.rejected.size());
    if (is_new == 0)
        return false;
    if (!rows.lines.empty())
        insert_records(database, input.rows.columns.size(), rows);
    database.insert("rejected", rows.rejected);
    transaction.commit();
    return true;
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
