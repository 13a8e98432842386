// SPDX-License-Identifier: BSL-1.0
#include "databases.hpp"
#include "measure.hpp"
#include "on_one_core.hpp"

#include "support/postgresql_server.hpp"

#include <steward/adapters/database.hpp>
#include <steward/steward.hpp>

#include <soci/soci.h>

#include <fmt/format.h>

#include <stdexcept>

namespace benchmarks {

namespace {

using namespace steward;
using server = test::postgresql_server;
using sessions = resource<"database", adapters::database<adapters::postgresql>, pooling::bounded<0, 4>>;

adapters::postgresql_settings settings(const server& running, std::size_t statement_cache = 64)
{
    auto result = test::settings_of<adapters::postgresql_settings>(running);
    result.statement_cache = statement_cache;
    return result;
}

void expect_one(int answer)
{
    if (answer != 1)
        throw std::runtime_error{"a wrong answer"};
}

/// A round trip takes tens of microseconds and varies: many short turns, and the interval of their differences.
bool one_round_trip()
{
    const on_one_core here;
    const server running;
    constexpr int turns = 1'000, each = 50;
    manager<sessions> pool{sessions::with(settings(running))};
    adapters::session without_pool = adapters::database<adapters::postgresql>{settings(running)}.create();
    soci::session& plain = without_pool.soci();
    int answer = 0;
    soci::statement prepared = (plain.prepare << "select 1", soci::into(answer));
    pairs measured = in_turns(
        turns,
        [&] {
            for (int i = 0; i != each; ++i)
                expect_one(pool.acquire<"database">()->query_one<int>("select 1"));
        },
        [&] {
            for (int i = 0; i != each; ++i) {
                prepared.execute(true);
                expect_one(answer);
            }
        });
    for (auto* times : {&measured.first, &measured.second})
        for (double& time : *times)
            time *= 1e6 / each;
    fmt::print(
        "PostgreSQL, select 1: {:.2f} us through a lease, {:.2f} us with a prepared statement of a SOCI session\n",
        median(measured.first), median(measured.second));
    return at_most("PostgreSQL, select 1 through a lease, more than the SOCI session", difference(measured), 2, "us");
}

bool kept_statements(const server& running)
{
    adapters::database<adapters::postgresql> keeping{settings(running)}, forgetting{settings(running, 0)};
    adapters::session kept = keeping.create(), prepared_each_time = forgetting.create();
    const auto look_up = [](adapters::session& db) {
        for (int i = 0; i != 100; ++i)
            if (db.query_one<int>("select count(*) from pg_class where oid = ? and relname <> 'x'", 1259) != 1)
                throw std::runtime_error{"a wrong row"};
    };
    const pairs measured = in_turns(41, [&] { look_up(prepared_each_time); }, [&] { look_up(kept); });
    return at_least("PostgreSQL, a statement kept prepared: prepared each time", measured.ratio(), 2);
}

bool bulk_insert(const server& running)
{
    adapters::database<adapters::postgresql> adapter{settings(running)};
    adapters::session db = adapter.create();
    db.execute("create table bulk (id bigint, name text)");
    return bulk_insert_line("PostgreSQL", db);
}

} // namespace

int postgresql_lines()
{
    if (server::program().empty()) {
        fmt::print("PostgreSQL is not installed: its lines are left out\n");
        return 0;
    }
    const server running;
    return !one_round_trip() + !kept_statements(running) + !bulk_insert(running);
}

} // namespace benchmarks
