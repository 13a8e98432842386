// SPDX-License-Identifier: BSL-1.0
#include "postgresql_fixture.hpp"

#include <chrono>
#include <numeric>
#include <ranges>
#include <vector>

using namespace steward::test;
using namespace std::chrono_literals;
using testing::ElementsAre;

namespace {

using results = on_postgresql;

TEST_F(results, a_statement_of_the_same_session_may_run_while_rows_are_read)
{
    auto db = open();
    db.execute("create table t (a int)");
    std::vector<int> seen;
    for (const int i : db.query<int>("select generate_series(1, 4)")) {
        db.execute("insert into t values (?)", i);
        seen.push_back(i);
    }
    EXPECT_THAT(seen, ElementsAre(1, 2, 3, 4));
    EXPECT_EQ(db.query_one<int>("select count(*) from t"), 4);
}

TEST_F(results, several_may_be_open_at_once)
{
    auto db = open();
    auto first = db.query<int>("select generate_series(1, 3)"),
         second = db.query<int>("select generate_series(11, 13)");
    std::vector<int> seen;
    for (auto a = first.begin(), b = second.begin(); a != first.end(); ++a, ++b)
        seen.insert(seen.end(), {*a, *b});
    EXPECT_THAT(seen, ElementsAre(1, 11, 2, 12, 3, 13));
}

TEST_F(results, the_same_query_may_be_nested)
{
    auto db = open();
    int sum = 0;
    for (const int i : db.query<int>("select generate_series(1, 3)"))
        for (const int j : db.query<int>("select generate_series(1, 3)"))
            sum += i * j;
    EXPECT_EQ(sum, 36);
}

TEST_F(results, an_error_behind_rows_comes_behind_them_also_when_they_went_to_memory)
{
    auto db = open();
    for (const bool interrupted : {false, true}) {
        auto rows = db.query<int>("select 10 / (3 - a) from generate_series(1, 5) a");
        auto at = rows.begin();
        EXPECT_EQ(*at, 5);
        if (interrupted)
            db.execute("select 7");
        EXPECT_EQ(*++at, 10);
        EXPECT_EQ(error_of([&] { ++at; }).code(), database_errc::wrong_arguments);
        EXPECT_EQ(at, rows.end());
        EXPECT_EQ(db.query_one<int>("select 8"), 8);
    }
}

TEST_F(results, texts_and_blobs_survive_on_their_way_through_memory)
{
    using row = std::pair<std::string, std::vector<std::byte>>;
    auto db = open();
    auto rows = db.query<row>("select repeat('ä', a), decode(repeat('00ff', a), 'hex') from generate_series(1, 3) a");
    auto at = rows.begin();
    db.execute("select 1");
    EXPECT_EQ(at->first, "ä");
    EXPECT_EQ((++at)->first, "ää");
    EXPECT_EQ(at->second, (std::vector<std::byte>{std::byte{0}, std::byte{0xff}, std::byte{0}, std::byte{0xff}}));
    EXPECT_EQ((++at)->first, "äää");
}

TEST_F(results, one_that_is_dropped_half_way_leaves_the_session_usable)
{
    auto db = open();
    for (int i = 0; i != 50; ++i) {
        EXPECT_EQ(*db.query<int>("select generate_series(1, 10000000)").begin(), 1);
        EXPECT_EQ(db.query_one<int>("select ?::int", i), i) << "no late cancellation hits the next statement";
    }
}

TEST_F(results, a_slow_one_that_is_dropped_is_not_waited_for)
{
    auto db = open();
    const auto begin = std::chrono::steady_clock::now();
    // The server sends what fills its buffer.
    EXPECT_EQ(db.query<std::string>("select repeat('-', 20000) from generate_series(1, 100) a "
                                    "where a < 4 or pg_sleep(60) is not null")
                  .begin()
                  ->size(),
              20'000U);
    db.execute("select 1");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 30s);
}

TEST_F(results, dropping_one_in_a_transaction_keeps_the_transaction)
{
    auto db = open();
    db.execute("create table t (a int)");
    auto transaction = db.transaction();
    db.execute("insert into t values (1)");
    EXPECT_EQ(*db.query<int>("select generate_series(1, 100000)").begin(), 1);
    transaction.commit();
    EXPECT_EQ(db.query_one<int>("select count(*) from t"), 1);
}

TEST_F(results, dropping_what_an_insert_returns_keeps_the_insert)
{
    auto db = open();
    db.execute("create table t (a int)");
    EXPECT_EQ(*db.query<int>("insert into t select generate_series(1, 100000) returning a").begin(), 1);
    EXPECT_EQ(db.query_one<int>("select count(*) from t"), 100'000);
}

TEST_F(results, one_that_is_open_when_its_session_is_reset_is_expired)
{
    postgresql_database adapter{settings()};
    auto db = adapter.create();
    auto rows = db.query<int>("select generate_series(1, 100000)");
    auto at = rows.begin();
    adapter.reset(db);
    EXPECT_EQ(error_of([&] { ++at; }).code(), database_errc::expired);
    EXPECT_EQ(db.query_one<int>("select 1"), 1);
}

TEST_F(results, an_open_one_does_not_hide_whether_a_transaction_is_open)
{
    auto db = open();
    auto rows = db.query<int>("select generate_series(1, 100000)");
    auto at = rows.begin();
    EXPECT_FALSE(db.in_transaction());
    auto transaction = db.transaction();
    auto more = db.query<int>("select generate_series(1, 100000)");
    auto other = more.begin();
    EXPECT_TRUE(db.in_transaction());
    EXPECT_EQ(*++at, 2);
    EXPECT_EQ(*++other, 2);
}

TEST_F(results, a_table_that_was_changed_is_read_anew)
{
    auto db = open(), other = open();
    db.execute("create table t (a int)");
    db.execute("insert into t values (1)");
    EXPECT_EQ(db.query_one<int>("select * from t"), 1);
    other.execute("alter table t alter a type text");
    EXPECT_EQ(db.query_one<std::string>("select * from t"), "1");
    other.execute("alter table t add b int");
    EXPECT_EQ(error_of([&] { static_cast<void>(db.query_one<std::string>("select * from t")); }).code(),
              database_errc::wrong_row);
    EXPECT_EQ((db.query_one<std::tuple<std::string, std::optional<int>>>("select * from t")),
              (std::tuple<std::string, std::optional<int>>{"1", std::nullopt}));
}

TEST_F(results, a_table_that_was_changed_in_a_transaction_asks_for_it_to_be_begun_anew)
{
    auto db = open(), other = open();
    db.execute("create table t (a int)");
    static_cast<void>(db.query_optional<int>("select * from t"));
    other.execute("alter table t alter a type text");
    {
        auto transaction = db.transaction();
        const auto error = error_of([&] { static_cast<void>(db.query_optional<std::string>("select * from t")); });
        EXPECT_EQ(error.code(), database_errc::serialization_failure);
        EXPECT_TRUE(error.retriable());
    }
    auto transaction = db.transaction();
    EXPECT_EQ(db.query_optional<std::string>("select * from t"), std::nullopt);
}

TEST_F(results, statements_that_somebody_has_deallocated_are_prepared_anew)
{
    auto db = open();
    EXPECT_EQ(db.query_one<int>("select 1"), 1);
    db.execute("deallocate all");
    auto transaction = db.transaction();
    EXPECT_EQ(db.query_one<int>("select 1"), 1);
    transaction.commit();
    db.execute("discard all");
    EXPECT_EQ(db.query_one<int>("select 1"), 1);
}

TEST_F(results, a_prepared_statement_of_the_users_own_that_is_not_there_is_an_error)
{
    auto db = open();
    EXPECT_EQ(error_of([&] { db.execute("execute nowhere"); }).code(), database_errc::invalid_statement);
}

TEST_F(results, statements_that_are_no_longer_kept_are_closed_at_the_server)
{
    auto wanted = settings();
    wanted.statement_cache = 2;
    auto db = open(wanted);
    for (int i = 0; i != 20; ++i)
        db.execute("select " + std::to_string(i));
    EXPECT_LE(db.query_one<int>("select count(*) from pg_prepared_statements"), 4);
}

} // namespace
