// SPDX-License-Identifier: BSL-1.0
#include "mysql_fixture.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <tuple>
#include <vector>

namespace steward::test {
namespace {

using mysql_sessions = mysql_session;

TEST_F(mysql_sessions, execute_and_read_what_was_written)
{
    db->execute("create temporary table person (id int primary key, name varchar(40) not null)");
    EXPECT_EQ(db->execute("insert into person values (?, ?), (?, ?)", 1, "Ада", 2, "Grace"), 2U);

    std::vector<std::string> names;
    for (const auto& [id, name] : db->query<std::tuple<int, std::string>>("select id, name from person order by id"))
        names.push_back(std::to_string(id) + name);
    EXPECT_EQ(names, (std::vector<std::string>{"1Ада", "2Grace"}));
}

TEST_F(mysql_sessions, commit_and_roll_back)
{
    db->execute("create temporary table t (n int)");
    {
        auto outer = db->transaction();
        db->execute("insert into t values (1)");
        {
            auto inner = db->transaction();
            db->execute("insert into t values (2)");
        }
        outer.commit();
    }
    {
        auto dropped = db->transaction();
        db->execute("insert into t values (3)");
    }
    EXPECT_EQ(db->query_one<int>("select sum(n) from t"), 1);
    EXPECT_FALSE(db->in_transaction());
}

TEST_F(mysql_sessions, count_the_rows_that_an_update_found)
{
    db->execute("create temporary table t (n int)");
    db->execute("insert into t values (1), (2)");
    EXPECT_EQ(db->execute("update t set n = 2"), 2U);
    EXPECT_EQ(db->execute("update t set n = 2"), 2U);
    EXPECT_EQ(db->execute("select * from t"), 0U);
    EXPECT_EQ(db->execute("insert into t values (3), (4) returning n"), 2U);
}

TEST_F(mysql_sessions, insert_ranges)
{
    db->execute("create temporary table t (n int, text varchar(20))");
    std::vector<std::tuple<int, std::string>> rows;
    for (int i = 0; i != 2500; ++i)
        rows.emplace_back(i, "row " + std::to_string(i));
    EXPECT_EQ(db->insert("t", rows), 2500U);
    EXPECT_EQ(db->query_one<int>("select count(*) from t where text = concat('row ', n)"), 2500);
}

TEST_F(mysql_sessions, insert_rows_of_any_size_all_or_none)
{
    db->execute("create or replace table sized (n int primary key, text longtext)");
    std::vector<std::tuple<int, std::string>> rows;
    for (int i = 0; i != 40; ++i)
        rows.emplace_back(i, std::string(i % 10 == 0 ? 9'000'000 : 300'000, 'x'));
    EXPECT_EQ(db->insert("sized", rows), 40U);
    EXPECT_EQ(db->query_one<std::uint64_t>("select sum(length(text)) from sized"), 4 * 9'000'000U + 36 * 300'000U);
    rows.assign({{40, "new"}, {7, "twice"}});
    EXPECT_EQ(error_of([&] { db->insert("sized", rows); }).code(), database_errc::unique_violation);
    EXPECT_EQ(db->query_one<int>("select count(*) from sized"), 40);
    rows.assign({{41, std::string(70'000'000, 'x')}});
    EXPECT_EQ(error_of([&] { db->insert("sized", rows); }).code(), database_errc::too_large);
    EXPECT_EQ(error_of([&] { db->insert("no_such_table", rows); }).code(), database_errc::invalid_statement);
    EXPECT_FALSE(db->in_transaction());
    db->execute("drop table sized");
}

TEST_F(mysql_sessions, read_a_result_while_another_statement_runs)
{
    db->execute("create temporary table t (n int, text longtext)");
    for (int i = 0; i != 10; ++i)
        db->execute("insert into t values (?, ?)", i, std::string(static_cast<std::size_t>(i) * 1000, 'x'));
    int sum = 0;
    for (const auto& [n, text] : db->query<std::tuple<int, std::string>>("select n, text from t order by n")) {
        EXPECT_EQ(text.size(), static_cast<std::size_t>(n) * 1000);
        sum += db->query_one<int>("select ? + 1", n);
    }
    EXPECT_EQ(sum, 55);
}

TEST_F(mysql_sessions, name_what_is_wrong_with_a_statement)
{
    const database_error error = error_of([&] { db->execute("selec \"s3cret\""); });
    EXPECT_EQ(error.code(), database_errc::invalid_statement);
    EXPECT_EQ(error.native_code(), 1064);
    EXPECT_EQ(error.sql_state(), "42000");
    EXPECT_FALSE(contains(error.what(), "s3cret")) << error.what();
}

} // namespace
} // namespace steward::test
