// SPDX-License-Identifier: BSL-1.0
#include "postgresql_fixture.hpp"

#include <chrono>
#include <string>
#include <thread>

using namespace steward::test;
using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

namespace {

class errors : public on_postgresql {
protected:
    void SetUp() override
    {
        on_postgresql::SetUp();
        if (!IsSkipped())
            db = open_apart();
    }
    void TearDown() override
    {
        db.reset();
        on_postgresql::TearDown();
    }

    database_error refused(std::string_view sql)
    {
        return error_of([&] { db->execute(sql); });
    }

    std::unique_ptr<steward::adapters::session> db;
};

TEST_F(errors, have_a_portable_code_and_the_sql_state)
{
    db->execute("create table t (a int primary key check (a < 100), b text not null, c int references t deferrable)");
    db->execute("insert into t values (1, 'b', null)");
    struct {
        const char* sql;
        database_errc code;
        const char* state;
    } const expected[] = {
        {"insert into t values (1, 'b', null)", database_errc::unique_violation, "23505"},
        {"insert into t values (2, null, null)", database_errc::not_null_violation, "23502"},
        {"insert into t values (100, 'b', null)", database_errc::check_violation, "23514"},
        {"insert into t values (2, 'b', 3)", database_errc::foreign_key_violation, "23503"},
        {"select from nowhere", database_errc::invalid_statement, "42P01"},
        {"select nothing from t", database_errc::invalid_statement, "42703"},
        {"selec", database_errc::invalid_statement, "42601"},
        {"select 1; select 2", database_errc::invalid_statement, "42601"},
        {"select 1 / 0", database_errc::wrong_arguments, "22012"},
        {"select (select a from (values (1), (2)) v (a))", database_errc::invalid_statement, "21000"},
        {"release nowhere", database_errc::transaction_state, "25P01"},
        {"savepoint a", database_errc::transaction_state, "25P01"},
        {"lock table t nowait; ", database_errc::transaction_state, "25P01"},
    };
    for (const auto& each : expected) {
        const database_error error = refused(each.sql);
        EXPECT_EQ(error.code(), each.code) << error.what();
        EXPECT_EQ(error.sql_state(), each.state) << error.what();
        EXPECT_FALSE(error.retriable());
    }
}

TEST_F(errors, show_no_value)
{
    db->execute("create table t (a text unique, b int)");
    db->execute("insert into t values ('secret')");
    for (const char* const sql :
         {"insert into t values ('secret')", "select 'secret'::int", "select $$secret$$::int", "select secret 'secret'",
          "select E'secret", "select 'secret'::timestamp", "select array['secret']::int[]", "select '{\"secret'::json",
          "select 'secret'::uuid", "select 'secret' + 1", "selec 'secret'", "select 'x'::char(1) 'secret'"})
        EXPECT_THAT(refused(sql).what(), Not(HasSubstr("secret'"))) << sql;
    for (const char* const sql : {"insert into t values (?)", "insert into t (b) values (?)"})
        EXPECT_THAT(error_of([&] { db->execute(sql, "secret"); }).what(), Not(HasSubstr("secret"))) << sql;
    const std::vector<std::pair<std::string, std::string>> rows{{"a", "secret"}};
    EXPECT_THAT(error_of([&] { db->insert("t", rows); }).what(), Not(HasSubstr("secret")));
}

TEST_F(errors, at_the_commit_of_a_statement_of_its_own_are_its_errors)
{
    db->execute("create table t (a int primary key, b int references t deferrable initially deferred)");
    EXPECT_EQ(refused("insert into t values (1, 2)").code(), database_errc::foreign_key_violation);
    EXPECT_EQ(db->query_one<int>("select count(*) from t"), 0);
}

TEST_F(errors, make_a_commit_an_error)
{
    auto transaction = db->transaction();
    refused("select 1 / 0");
    EXPECT_EQ(refused("select 1").code(), database_errc::transaction_state);
    EXPECT_EQ(error_of([&] { transaction.commit(); }).code(), database_errc::transaction_state);
    EXPECT_FALSE(db->in_transaction());
    EXPECT_EQ(db->query_one<int>("select 1"), 1);
}

TEST_F(errors, in_an_inner_transaction_leave_the_outer_one_alone)
{
    db->execute("create table t (a int primary key)");
    auto outer = db->transaction();
    db->execute("insert into t values (1)");
    for (int i = 0; i != 3; ++i) {
        auto inner = db->transaction();
        refused("insert into t values (1)");
    }
    {
        auto inner = db->transaction();
        db->execute("insert into t values (2)");
        inner.commit();
    }
    outer.commit();
    EXPECT_EQ(db->query_one<int>("select count(*) from t"), 2);
}

TEST_F(errors, of_locks_and_serialization_are_retriable)
{
    auto other = open();
    db->execute("create table t (a int)");
    db->execute("insert into t values (1)");
    db->execute("begin isolation level repeatable read");
    static_cast<void>(db->query_one<int>("select a from t"));
    other.execute("update t set a = 2");
    const auto changed = refused("update t set a = 3");
    EXPECT_EQ(changed.code(), database_errc::serialization_failure);
    EXPECT_TRUE(changed.retriable());
    db->execute("rollback");

    auto lock = other.transaction();
    other.execute("lock table t");
    auto transaction = db->transaction();
    const auto busy = refused("lock table t nowait");
    EXPECT_EQ(busy.code(), database_errc::busy);
    EXPECT_TRUE(busy.retriable());
}

TEST_F(errors, in_a_read_only_transaction_say_so)
{
    db->execute("create table t (a int)");
    auto transaction = db->transaction(steward::adapters::access::read_only);
    EXPECT_EQ(refused("insert into t values (1)").code(), database_errc::read_only);
}

TEST_F(errors, of_time_are_told_apart_from_a_cancellation)
{
    auto wanted = settings();
    wanted.statement_timeout = 50ms;
    auto hurried = open(wanted);
    EXPECT_EQ(error_of([&] { hurried.execute("select pg_sleep(60)"); }).code(), database_errc::timed_out);
    EXPECT_EQ(hurried.query_one<int>("select 1"), 1) << "the session goes on";

    const int process = process_of(*db);
    std::thread canceller{[&] {
        auto other = open();
        wait_for_sleep(other, process);
        other.execute("select pg_cancel_backend(?)", process);
    }};
    EXPECT_EQ(refused("select pg_sleep(60)").code(), database_errc::interrupted);
    canceller.join();
}

TEST_F(errors, of_copy_by_hand_leave_the_session_usable)
{
    db->execute("create table t (a int)");
    EXPECT_EQ(refused("copy t from stdin").code(), database_errc::invalid_statement);
    EXPECT_EQ(refused("copy t to stdout").code(), database_errc::invalid_statement);
    EXPECT_EQ(db->query_one<int>("select 1"), 1);
}

TEST_F(errors, of_wrong_arguments_are_found_before_anything_is_sent)
{
    db->execute("create table t (a text, b bytea)");
    auto transaction = db->transaction();
    const std::vector<std::byte> blob(3);
    EXPECT_EQ(error_of([&] { db->execute("insert into t values (?)"); }).code(), database_errc::wrong_arguments);
    EXPECT_EQ(error_of([&] { db->execute("insert into t values (?)", std::string{"a\0b", 3}); }).code(),
              database_errc::wrong_arguments);
    EXPECT_EQ(error_of([&] { db->execute("insert into t values (?)", blob); }).code(), database_errc::wrong_arguments);
    db->execute("insert into t values (?, ?)", "a", blob);
    transaction.commit();
}

} // namespace
