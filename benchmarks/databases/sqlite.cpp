// SPDX-License-Identifier: BSL-1.0
#include "databases.hpp"
#include "measure.hpp"

#include "support/scratch_directory.hpp"

#include <steward/adapters/database.hpp>

#include <sqlite3.h>

#include <cstdint>
#include <ranges>
#include <stdexcept>
#include <string>
#include <string_view>

namespace benchmarks {

namespace {

using namespace steward;
using sqlite_database = adapters::database<adapters::sqlite>;

struct row {
    std::int64_t id;
    std::string_view name;
    double height;
};
constexpr std::int64_t many = 1'000'000;

row row_of(std::int64_t id) { return {id, "a name of usual length", static_cast<double>(id) / 3}; }

constexpr const char* create = "create table t (id integer primary key, name text not null, height real)";

void fill_through_steward(const std::string& file)
{
    sqlite_database adapter{{.connection = file}};
    adapters::session db = adapter.create();
    db.execute(create);
    db.insert("t", std::views::iota(std::int64_t{0}, many) | std::views::transform(row_of));
}

/// A file as the adapter opens it, so that both write the same.
class plain_connection {
public:
    explicit plain_connection(const std::string& file)
    {
        check(sqlite3_open(file.c_str(), &handle_));
        run("pragma journal_mode = wal");
        run("pragma synchronous = full");
        run("pragma foreign_keys = on");
    }
    plain_connection(const plain_connection&) = delete;
    plain_connection& operator=(const plain_connection&) = delete;
    ~plain_connection() { sqlite3_close(handle_); }

    void run(const char* sql) { check(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr)); }
    [[nodiscard]] sqlite3_stmt* prepare(const char* sql)
    {
        sqlite3_stmt* statement = nullptr;
        check(sqlite3_prepare_v2(handle_, sql, -1, &statement, nullptr));
        return statement;
    }

private:
    static void check(int code)
    {
        if (code != SQLITE_OK)
            throw std::runtime_error{sqlite3_errstr(code)};
    }

    sqlite3* handle_ = nullptr;
};

void fill_by_hand(const std::string& file)
{
    plain_connection db{file};
    db.run(create);
    db.run("begin immediate");
    sqlite3_stmt* const insert = db.prepare("insert into t values (?, ?, ?)");
    for (std::int64_t id = 0; id != many; ++id) {
        const row next = row_of(id);
        sqlite3_bind_int64(insert, 1, next.id);
        sqlite3_bind_text(insert, 2, next.name.data(), static_cast<int>(next.name.size()), SQLITE_STATIC);
        sqlite3_bind_double(insert, 3, next.height);
        if (sqlite3_step(insert) != SQLITE_DONE)
            throw std::runtime_error{"a row was not inserted"};
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    db.run("commit");
}

bool bulk_insert()
{
    int number = 0;
    const test::scratch_directory directory;
    const auto fresh_file = [&] { return directory.file(std::to_string(++number)); };
    const pairs measured =
        in_turns(7, [&] { fill_by_hand(fresh_file()); }, [&] { fill_through_steward(fresh_file()); });
    return at_least("SQLite, 1,000,000 rows at once: speed of sqlite3's C interface", measured.ratio(), 0.8);
}

bool kept_statements()
{
    const test::scratch_directory directory;
    const std::string file = directory.file("statements");
    sqlite_database keeping{{.connection = file}}, forgetting{{.connection = file, .statement_cache = 0}};
    adapters::session kept = keeping.create(), prepared_each_time = forgetting.create();
    kept.execute(create);
    kept.insert("t", std::views::iota(0, 1'000) | std::views::transform([](int i) { return row_of(i); }));
    const auto look_up = [](adapters::session& db) {
        for (int i = 0; i != 1'000; ++i)
            if (db.query_one<double>("select height from t where id = ? and name is not null", i) < 0)
                throw std::runtime_error{"a wrong row"};
    };
    const pairs measured = in_turns(41, [&] { look_up(prepared_each_time); }, [&] { look_up(kept); });
    return at_least("SQLite, a statement kept prepared: prepared each time", measured.ratio(), 2);
}

} // namespace

int sqlite_lines() { return !bulk_insert() + !kept_statements(); }

} // namespace benchmarks
