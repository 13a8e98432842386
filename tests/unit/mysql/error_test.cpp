// SPDX-License-Identifier: BSL-1.0
#include "mysql_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <tuple>
#include <vector>

namespace steward::test {
namespace {

class mysql_errors : public mysql_session {
protected:
    template <class... Arguments>
    database_errc code_of(std::string_view sql, const Arguments&... arguments)
    {
        return error_of([&] { db->execute(sql, arguments...); }).code();
    }
};

TEST_F(mysql_errors, constraints_are_told_apart)
{
    db->execute("create or replace table parent (id int primary key)");
    db->execute("create or replace table child (id int primary key, p int not null references parent (id), "
                "n int check (n > 0), text varchar(3), foreign key (p) references parent (id))");
    db->execute("insert into parent values (1)");
    db->execute("insert into child values (1, 1, 1, 'abc')");
    EXPECT_EQ(code_of("insert into child values (1, 1, 1, 'abc')"), database_errc::unique_violation);
    EXPECT_EQ(code_of("insert into child values (2, ?, 1, 'abc')", nullptr), database_errc::not_null_violation);
    EXPECT_EQ(code_of("insert into child (id) values (2)"), database_errc::not_null_violation);
    EXPECT_EQ(code_of("insert into child values (2, 7, 1, 'abc')"), database_errc::foreign_key_violation);
    EXPECT_EQ(code_of("delete from parent"), database_errc::foreign_key_violation);
    EXPECT_EQ(code_of("insert into child values (2, 1, 0, 'abc')"), database_errc::check_violation);
    EXPECT_EQ(code_of("insert into child values (2, 1, 1, 'abcd')"), database_errc::wrong_arguments);
    EXPECT_EQ(code_of("insert into child values (2, 1, 3000000000, 'abc')"), database_errc::wrong_arguments);
    EXPECT_EQ(code_of("insert into child values (2, 1, ?, 'abc')", "no number"), database_errc::wrong_arguments);
    db->execute("drop table child");
    db->execute("drop table parent");
}

TEST_F(mysql_errors, wrong_statements_are_told_apart)
{
    EXPECT_EQ(code_of("select"), database_errc::invalid_statement);
    EXPECT_EQ(code_of(" -- nothing"), database_errc::invalid_statement);
    EXPECT_EQ(code_of("select * from nothing"), database_errc::invalid_statement);
    EXPECT_EQ(code_of("select 1; select 2"), database_errc::invalid_statement);
    EXPECT_EQ(code_of("select ?"), database_errc::wrong_arguments);
    EXPECT_EQ(code_of("begin", 1), database_errc::wrong_arguments);
    EXPECT_EQ(db->query_one<int>("select 1;"), 1);
}

TEST_F(mysql_errors, no_text_has_what_was_bound_or_quoted)
{
    db->execute("create temporary table t (text varchar(50) primary key, n int)");
    db->execute("insert into t values (?, 1)", "s3cret' for key 'x");
    const auto text_of = [&](std::string_view sql, const auto&... arguments) {
        return std::string{error_of([&] { db->execute(sql, arguments...); }).what()};
    };
    for (const std::string& text :
         {text_of("insert into t values (?, 2)", "s3cret' for key 'x"),
          text_of("insert into t values ('x', ?)", "s3cret"), text_of("insert into t values (\"s3cret\", 'x')"),
          text_of("selec \"it's s3cret\""), text_of("selec 's3\\'cret' # s3cret"),
          text_of("insert into t values (?, 2)", std::string(60, 's') + "3cret")})
        EXPECT_FALSE(contains(text, "s3") || contains(text, "3cret")) << text;
    const auto read = [&] {
        static_cast<void>(db->query_one<int>("select \"s3cret\", 1 from t where text <> 's3cret'"));
    };
    EXPECT_FALSE(contains(error_of(read).what(), "s3cret"));
    EXPECT_TRUE(contains(text_of("insert into t values (?, 2)", "s3cret' for key 'x"), "PRIMARY"));
    EXPECT_TRUE(contains(text_of("select * from nothing"), "nothing"));
}

TEST_F(mysql_errors, a_wrong_password_is_named_but_not_shown)
{
    mysql_settings wrong = settings();
    wrong.password = "s3cret";
    const database_error error = error_of([&] { static_cast<void>(adapters::mysql::open(wrong)); });
    EXPECT_EQ(error.code(), database_errc::permission_denied);
    EXPECT_FALSE(contains(error.what(), "s3cret")) << error.what();
    EXPECT_FALSE(error.retriable());
}

TEST_F(mysql_errors, a_server_that_is_not_there_cannot_be_connected)
{
    mysql_settings nowhere = settings();
    nowhere.port = 1;
    const database_error error = error_of([&] { static_cast<void>(adapters::mysql::open(nowhere)); });
    EXPECT_EQ(error.code(), database_errc::cannot_connect);
    EXPECT_TRUE(contains(error.what(), "127.0.0.1:1")) << error.what();
}

TEST_F(mysql_errors, a_deadlock_rolls_back_and_may_be_tried_again)
{
    db->execute("create or replace table dead (id int primary key, n int)");
    db->execute("insert into dead values (1, 0), (2, 0)");
    session other{adapter->create()};
    auto mine = db->transaction();
    auto theirs = other.transaction();
    db->execute("update dead set n = 1 where id = 1");
    other.execute("update dead set n = 1 where id = 2");
    database_errc met = database_errc::other;
    const auto cross = [&met](session& on, int id) {
        try {
            on.execute("update dead set n = n + 1 where id = ?", id);
        } catch (const database_error& error) {
            met = error.code();
            EXPECT_TRUE(error.retriable());
            EXPECT_FALSE(on.in_transaction());
        }
    };
    {
        const std::jthread thread{[&] { cross(other, 1); }};
        cross(*db, 2);
    }
    EXPECT_EQ(met, database_errc::deadlock);
    // One of them is gone.
    EXPECT_NE(db->in_transaction(), other.in_transaction());
    const database_errc code = error_of([&] { (db->in_transaction() ? theirs : mine).commit(); }).code();
    EXPECT_EQ(code, database_errc::transaction_state);
    (db->in_transaction() ? mine : theirs).rollback();
    db->execute("drop table dead");
}

TEST_F(mysql_errors, a_lock_that_does_not_become_free_is_busy_and_leaves_the_transaction)
{
    db->execute("create or replace table held (id int primary key)");
    db->execute("insert into held values (1)");
    session other{adapter->create()};
    auto theirs = other.transaction();
    other.execute("update held set id = 2");
    db->execute("set innodb_lock_wait_timeout = 1");
    auto mine = db->transaction();
    EXPECT_EQ(code_of("update held set id = 3"), database_errc::busy);
    EXPECT_TRUE(db->in_transaction());
    mine.rollback();
    theirs.rollback();
    db->execute("drop table held");
}

TEST_F(mysql_errors, a_write_in_a_read_only_transaction_is_refused)
{
    db->execute("create or replace table written (id int)");
    {
        const auto reading = db->transaction(adapters::access::read_only);
        EXPECT_EQ(code_of("insert into written values (1)"), database_errc::read_only);
    }
    db->execute("drop table written");
}

TEST_F(mysql_errors, a_definition_of_data_commits_and_the_transaction_says_so)
{
    auto transaction = db->transaction();
    db->execute("create or replace table defined (id int)");
    EXPECT_EQ(error_of([&] { transaction.commit(); }).code(), database_errc::transaction_state);
    db->execute("drop table defined");
}

TEST_F(mysql_errors, what_the_server_cannot_take_is_refused_and_costs_no_connection)
{
    const std::string text(70UL * 1024 * 1024, 'x');
    EXPECT_EQ(code_of("select length(?)", text), database_errc::too_large);
    EXPECT_EQ(db->query_one<int>("select 1"), 1);
}

class mysql_time_limits : public mysql_errors {
protected:
    [[nodiscard]] mysql_settings settings() const override
    {
        mysql_settings result = mysql_errors::settings();
        result.statement_timeout = std::chrono::milliseconds{50};
        return result;
    }
};

TEST_F(mysql_time_limits, end_a_statement_and_leave_the_session)
{
    EXPECT_EQ(code_of("select max(md5(seq)) from seq_1_to_100000000"), database_errc::timed_out);
    EXPECT_EQ(db->query_one<int>("select 1"), 1);
}

TEST_F(mysql_time_limits, end_a_result_half_way)
{
    int rows = 0;
    const auto read = [&] {
        for (const auto& [n, s] : db->query<std::tuple<int, int>>("select seq, sleep(0.005) from seq_1_to_100000"))
            rows += n > 0 && s == 0 ? 1 : 0;
    };
    EXPECT_EQ(error_of(read).code(), database_errc::timed_out);
    EXPECT_EQ(db->query_one<int>("select 1"), 1);
}

TEST_F(mysql_time_limits, end_a_result_that_makes_way_when_its_rows_are_read)
{
    auto rows = db->query<std::tuple<int, int>>("select seq, sleep(0.005) from seq_1_to_100000");
    auto at = rows.begin();
    EXPECT_EQ(db->query_one<int>("select 1"), 1);
    EXPECT_EQ(std::get<0>(*at), 1);
    EXPECT_EQ(error_of([&] {
                  for (; at != rows.end(); ++at) {}
              }).code(),
              database_errc::timed_out);
}

} // namespace
} // namespace steward::test
