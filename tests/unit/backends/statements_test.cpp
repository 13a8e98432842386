// SPDX-License-Identifier: BSL-1.0
#include "backends.hpp"

#include <string>
#include <utility>

using namespace steward::test;

namespace {

template <class Backend>
class statements : public on_backend<Backend> {};
TYPED_TEST_SUITE(statements, all_backends, name_of_backend);

TYPED_TEST(statements, are_prepared_once_and_run_often)
{
    auto& db = this->db();
    db.execute("create table t (a integer primary key, b " + std::string{TypeParam::text} + ")");
    auto insert = db.prepare("insert into t values (?, ?)");
    for (int i = 0; i != 100; ++i)
        EXPECT_EQ(insert.execute(i, i % 2 == 0 ? std::optional{std::to_string(i)} : std::nullopt), 1U);
    auto find = db.prepare("select b from t where a = ?");
    EXPECT_EQ(find.template query_one<std::string>(42), "42");
    EXPECT_EQ(find.template query_one<std::optional<std::string>>(43), std::nullopt);
    EXPECT_EQ(find.template query_optional<std::string>(100), std::nullopt);
    EXPECT_EQ(error_of([&] { insert.execute(1, "again"); }).code(), database_errc::unique_violation);
    EXPECT_EQ(insert.execute(100, "after an error"), 1U);
    EXPECT_EQ(find.template query_one<std::string>(100), "after an error");
}

TYPED_TEST(statements, take_arguments_of_another_type_each_time)
{
    auto& db = this->db();
    db.execute("create table t (a " + std::string{TypeParam::real} + ")");
    auto insert = db.prepare("insert into t values (?)");
    insert.execute(1);
    insert.execute(2.5);
    insert.execute(nullptr);
    insert.execute(4.5F);
    insert.execute(std::optional<int>{8});
    EXPECT_EQ(db.template query_one<double>("select sum(a) from t"), 16.0);
    EXPECT_EQ(db.template query_one<int>("select count(*) from t where a is null"), 1);
}

TYPED_TEST(statements, that_are_running_may_be_run_again)
{
    auto& db = this->db();
    db.execute("create table t (a integer primary key)");
    for (int i = 0; i != 10; ++i)
        db.execute("insert into t values (?)", i);
    auto from = db.prepare("select a from t where a >= ? order by a");
    int pairs = 0;
    for (const int outer : from.template query<int>(5))
        for (const int inner : from.template query<int>(outer))
            pairs += inner >= outer ? 1 : 100;
    EXPECT_EQ(pairs, 15);
}

TYPED_TEST(statements, may_be_more_than_stay_prepared)
{
    auto& db = this->db();
    for (int round = 0; round != 2; ++round)
        for (int i = 0; i != 150; ++i)
            EXPECT_EQ(db.template query_one<int>("select " + std::to_string(i)), i);
}

TYPED_TEST(statements, work_in_the_next_lease_of_their_session)
{
    auto manager = this->pool_of(1);
    manager.template acquire<"database">()->execute("create table t (a integer)");
    for (int i = 0; i != 5; ++i) {
        auto db = manager.template acquire<"database">();
        db->execute("insert into t values (?)", i);
        EXPECT_EQ(db->template query_one<int>("select count(*) from t"), i + 1);
    }
    EXPECT_EQ(manager.template metrics<"database">().creations, 1U);
}

TYPED_TEST(statements, expire_when_their_session_goes_back)
{
    auto manager = this->pool_of(1);
    std::optional db{manager.template acquire<"database">()};
    auto prepared = (*db)->prepare("select 1");
    db.reset();
    EXPECT_EQ(error_of([&] { (void)prepared.template query_one<int>(); }).code(), database_errc::expired);
}

TYPED_TEST(statements, follow_a_table_that_gets_another_column)
{
    auto& db = this->db();
    db.execute("create table t (a integer)");
    db.execute("insert into t values (?)", 1);
    EXPECT_EQ(db.template query_one<int>("select * from t"), 1);
    db.execute("alter table t add column b integer");
    EXPECT_EQ((db.template query_one<std::pair<int, std::optional<int>>>("select * from t")),
              (std::pair<int, std::optional<int>>{1, std::nullopt}));
    EXPECT_EQ(error_of([&] { (void)db.template query_one<int>("select * from t"); }).code(), database_errc::wrong_row);
}

TYPED_TEST(statements, follow_a_table_that_was_made_anew)
{
    auto& db = this->db();
    db.execute("create table t (a integer)");
    db.execute("insert into t values (?)", 1);
    EXPECT_EQ(db.template query_one<int>("select a from t"), 1);
    db.execute("drop table t");
    EXPECT_EQ(error_of([&] { (void)db.template query_one<int>("select a from t"); }).code(),
              database_errc::invalid_statement);
    db.execute("create table t (a " + std::string{TypeParam::text} + ")");
    db.execute("insert into t values (?)", "one");
    EXPECT_EQ(db.template query_one<std::string>("select a from t"), "one");
}

TYPED_TEST(statements, follow_what_another_session_changes)
{
    auto& db = this->db();
    db.execute("create table t (a integer)");
    db.execute("insert into t values (?)", 1);
    EXPECT_EQ(db.template query_one<int>("select * from t"), 1);
    {
        auto other = this->adapter->create();
        other.execute("alter table t add column b integer");
    }
    EXPECT_EQ((db.template query_one<std::pair<int, std::optional<int>>>("select * from t").first), 1);
    db.execute("insert into t values (?, ?)", 2, 3);
    EXPECT_EQ(this->count("t"), 2);
}

} // namespace
