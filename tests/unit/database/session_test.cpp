// SPDX-License-Identifier: BSL-1.0
#include "sqlite_fixture.hpp"

#include <steward/adapter.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

using namespace steward::test;
using steward::adapters::session;

static_assert(steward::adapter<sqlite_database>);
static_assert(!std::is_copy_constructible_v<session> && !std::is_move_constructible_v<session>);

namespace {

struct order {
    std::int64_t id;
    std::string customer;
    std::optional<double> discount;
};

class orders : public in_memory {
protected:
    orders()
    {
        db.execute("create table orders (id integer primary key, customer text, discount double precision)");
        db.execute("insert into orders values (?, ?, ?)", 1, "O'Hara; drop table orders", 0.25);
        db.execute("insert into orders values (?, ?, ?)", 2, "Ада", std::nullopt);
        db.execute("insert into orders values (?, ?, ?)", 3, "", 0.0);
    }
};

TEST_F(in_memory, execute_returns_the_number_of_affected_rows)
{
    EXPECT_EQ(db.execute("create table t (a)"), 0u);
    EXPECT_EQ(db.execute("insert into t values (1), (2), (3)"), 3u);
    EXPECT_EQ(db.execute("update t set a = a + 1 where a > 1"), 2u);
    EXPECT_EQ(db.execute("update t set a = 0 where a > 100"), 0u);
    EXPECT_EQ(db.execute("create table u (a)"), 0u) << "not the count of an earlier statement";
    EXPECT_EQ(db.execute("select * from t"), 0u);
    EXPECT_EQ(db.execute("delete from t"), 3u);
}

TEST_F(in_memory, each_session_in_memory_is_a_database_of_its_own)
{
    session other{adapter.create()};
    db.execute("create table event (name text)");
    other.execute("create table event (name text)");
    EXPECT_EQ(other.execute("insert into event values ('x')"), 1u);
    EXPECT_EQ(db.query_one<int>("select count(*) from event"), 0);
}

TEST_F(orders, text_that_looks_like_sql_is_stored_as_it_is)
{
    EXPECT_EQ(db.query_one<std::string>("select customer from orders where id = ?", 1), "O'Hara; drop table orders");
    const std::string evil = "x'); delete from orders; --";
    EXPECT_EQ(db.execute("update orders set customer = ? where customer = ?", evil, "Ада"), 1u);
    EXPECT_EQ(db.query_one<std::string>("select customer from orders where customer = ?", evil), evil);
    EXPECT_EQ(db.query_one<int>("select count(*) from orders"), 3);
}

TEST_F(orders, rows_are_read_into_aggregates)
{
    std::vector<order> read;
    for (auto&& o : db.query<order>("select id, customer, discount from orders where id >= ? order by id", 1))
        read.push_back(std::move(o));
    ASSERT_EQ(read.size(), 3u);
    EXPECT_EQ(read[0].discount, 0.25);
    EXPECT_EQ(read[1].customer, "Ада");
    EXPECT_EQ(read[1].discount, std::nullopt);
    EXPECT_EQ(read[2].customer, "");
    EXPECT_EQ(read[2].discount, 0.0);
}

TEST_F(orders, rows_are_read_into_tuples_and_pairs)
{
    EXPECT_EQ((db.query_one<std::tuple<std::int64_t, std::string>>("select count(*), max(customer) from orders")),
              (std::tuple<std::int64_t, std::string>{3, "Ада"}));
    EXPECT_EQ((db.query_one<std::pair<int, bool>>("select 7, 1")), (std::pair{7, true}));
}

TEST_F(orders, query_optional_is_empty_where_there_is_no_row)
{
    EXPECT_EQ(db.query_optional<std::int64_t>("select id from orders where id = 99"), std::nullopt);
    EXPECT_EQ(db.query_optional<std::int64_t>("select id from orders where id = 2"), 2);
    const auto null = db.query_optional<std::optional<double>>("select discount from orders where id = 2");
    ASSERT_TRUE(null.has_value());
    EXPECT_EQ(*null, std::nullopt);
}

TEST_F(orders, query_one_wants_exactly_one_row)
{
    EXPECT_EQ(error_of([&] { (void)db.query_one<int>("select id from orders where id > 5"); }).code(),
              database_errc::no_row);
    EXPECT_EQ(error_of([&] { (void)db.query_one<int>("select id from orders"); }).code(), database_errc::too_many_rows);
    EXPECT_EQ(error_of([&] { (void)db.query_optional<int>("select id from orders"); }).code(),
              database_errc::too_many_rows);
    EXPECT_EQ(db.execute("drop table orders"), 0u) << "nothing is left open";
}

TEST_F(orders, returning_gives_rows)
{
    EXPECT_EQ(db.query_one<int>("insert into orders (customer) values (?) returning id", "new"), 4);
    EXPECT_EQ(db.query_one<int>("select count(*) from orders"), 4);
}

TEST_F(orders, question_marks_in_quotes_and_comments_are_no_placeholders)
{
    EXPECT_EQ(db.query_one<std::string>("select 'what?' || ? -- really?\n /* ? */", "!"), "what?!");
    EXPECT_EQ(db.query_one<int>("select count(*) as \"how many?\" from orders where id < ?", 3), 2);
}

TEST_F(orders, the_soci_session_is_one_call_away)
{
    soci::session& underlying = db.soci();
    EXPECT_TRUE(underlying.is_connected());
    EXPECT_EQ(underlying.get_backend_name(), "sqlite3");
    db.execute("delete from orders");
    EXPECT_EQ(underlying.get_last_query(), "delete from orders") << "SOCI's loggers see every statement";
}

TEST_F(orders, a_closed_soci_session_is_an_error_and_no_crash)
{
    db.soci().close();
    EXPECT_EQ(error_of([&] { db.execute("select 1"); }).code(), database_errc::connection_lost);
    EXPECT_FALSE(adapter.validate(db));
    EXPECT_THROW(adapter.reset(db), database_error);
}

} // namespace
