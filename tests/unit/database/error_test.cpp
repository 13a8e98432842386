// SPDX-License-Identifier: BSL-1.0
#include "sqlite_fixture.hpp"

#include <steward/steward.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace steward::test;

namespace {

TEST_F(in_memory, an_unknown_table_is_named)
{
    const auto error = error_of([&] { db.execute("insert into nowhere values (1)"); });
    EXPECT_EQ(error.code(), database_errc::invalid_statement);
    EXPECT_FALSE(error.retriable());
    EXPECT_EQ(error.native_code(), 1);
    EXPECT_EQ(error.sql_state(), "");
    EXPECT_STREQ(error.what(),
                 "invalid statement: no such table: nowhere; the statement was: insert into nowhere values (1)");
}

TEST_F(in_memory, constraints_have_codes)
{
    db.execute("create table parent (id integer primary key)");
    db.execute("create table t (a integer primary key, b unique, c not null, d check (d > 0), e references parent)");
    db.execute("insert into t values (1, 1, 1, 1, null)");
    const auto code = [&](const char* sql) { return error_of([&] { db.execute(sql); }).code(); };
    EXPECT_EQ(code("insert into t values (1, 2, 1, 1, null)"), database_errc::unique_violation);
    EXPECT_EQ(code("insert into t values (2, 1, 1, 1, null)"), database_errc::unique_violation);
    EXPECT_EQ(code("insert into t values (2, 2, null, 1, null)"), database_errc::not_null_violation);
    EXPECT_EQ(code("insert into t values (2, 2, 1, 0, null)"), database_errc::check_violation);
    EXPECT_EQ(code("insert into t values (2, 2, 1, 1, 5)"), database_errc::foreign_key_violation);
    EXPECT_EQ(code("insert into t values ('text', 2, 1, 1, null)"), database_errc::constraint_violation);
}

TEST_F(in_memory, the_number_of_arguments_must_be_that_of_the_placeholders)
{
    for (const auto& error :
         {error_of([&] { db.execute("select ?, ?", 1); }), error_of([&] { db.execute("select 1", 1); }),
          error_of([&] { (void)db.query<int>("select ?"); })}) {
        EXPECT_EQ(error.code(), database_errc::wrong_arguments);
        EXPECT_TRUE(contains(error.what(), "placeholders, but")) << error.what();
    }
}

TEST_F(in_memory, one_statement_at_a_time)
{
    db.execute("create table t (a)");
    EXPECT_EQ(error_of([&] { db.execute("insert into t values (1); drop table t"); }).code(),
              database_errc::invalid_statement);
    EXPECT_EQ(db.query_one<int>("select count(*) from t"), 0) << "not even the first one has run";
    EXPECT_NO_THROW(db.execute("insert into t values (1) ; -- done\n /* really; */ ; "));
    EXPECT_NO_THROW(db.execute("-- first a comment\n insert into t values (2)"));
}

TEST_F(in_memory, no_statement_at_all_is_an_error)
{
    for (const char* sql : {"", "  \n", "-- nothing", "/* nothing */ ;"}) {
        const auto error = error_of([&] { db.execute(sql); });
        EXPECT_EQ(error.code(), database_errc::invalid_statement) << sql;
        EXPECT_TRUE(contains(error.what(), "expected a statement")) << error.what();
    }
}

TEST_F(in_memory, literals_and_arguments_stay_out_of_messages)
{
    for (const char* sql :
         {"insert into nowhere values ('hunter2')", "insert into nowhere values ('it''s hunter2', 1)",
          "insert into nowhere values ('back\\', 'hunter2')", "select 'hunter2",
          "select * from nowhere where password=hunter2 and x = ''", "select 1 /* hunter2 */ from nowhere"}) {
        const auto error = error_of([&] { db.execute(sql); });
        EXPECT_FALSE(contains(error.what(), "hunter2")) << error.what();
    }
    const auto error = error_of([&] { db.execute("insert into nowhere values (?)", "hunter2"); });
    EXPECT_FALSE(contains(error.what(), "hunter2")) << error.what();
}

TEST_F(in_memory, a_long_statement_is_shortened_on_one_line)
{
    std::string sql = "select *\n\tfrom nowhere";
    for (int i = 0; i != 100; ++i)
        sql += ",\n   таблица";
    const std::string text = error_of([&] { db.execute(sql); }).what();
    EXPECT_LT(text.size(), 300u);
    EXPECT_TRUE(contains(text, "select * from nowhere, таблица,")) << text;
    EXPECT_TRUE(text.ends_with("...")) << text;
    EXPECT_FALSE(contains(text, "\n"));
}

TEST_F(in_memory, an_error_leaves_the_session_usable)
{
    EXPECT_THROW(db.execute("nonsense"), database_error);
    EXPECT_THROW((void)db.query_one<int>("select abs(-9223372036854775808)"), database_error);
    EXPECT_EQ(db.query_one<int>("select 1"), 1);
    EXPECT_TRUE(adapter.validate(db));
}

TEST(database_resource, every_error_of_a_session_begins_with_the_resource_s_name)
{
    using database = steward::resource<"orders", sqlite_database, steward::pooling::bounded<0, 1>>;
    steward::manager<database> manager{database::with({.connection = ":memory:"})};
    auto db = manager.acquire<"orders">();
    db->execute("create table t (a unique)");
    auto rows = db->query<int>("select 1");
    auto transaction = db->transaction();
    transaction.commit();
    const std::vector<int> twice{1, 1};
    for (const auto& error :
         {error_of([&] { db->execute("insert into nowhere values (1)"); }),
          error_of([&] { (void)db->query<int>("select 1, 2"); }),
          error_of([&] { (void)db->query_one<int>("select 1 where 0"); }),
          error_of([&] { (void)db->query_one<int>("select null"); }), error_of([&] { (void)db->prepare("nonsense"); }),
          error_of([&] { db->insert("t", twice); }), error_of([&] { db->insert("nowhere", twice); }),
          error_of([&] { db->insert("t", {"a", "b"}, twice); }), error_of([&] { transaction.commit(); })}) {
        const std::string_view text{error.what()};
        EXPECT_TRUE(text.starts_with("orders: ")) << text;
        EXPECT_EQ(text.find("orders: ", 1), text.npos) << text;
    }
}

} // namespace
