// SPDX-License-Identifier: BSL-1.0
#include "postgresql_fixture.hpp"

#include "support/stopped_process.hpp"

#include <steward/steward.hpp>

#include <soci/session.h>

#include <chrono>
#include <string>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

using namespace steward::test;
using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

namespace {

class lifecycle : public on_postgresql {
protected:
    /// Ends the connection of a session while that is in the middle of a statement.
    database_errc lose_within(steward::adapters::session& db)
    {
        const int process = process_of(db);
        std::thread killer{[&] {
            auto other = open();
            wait_for_sleep(other, process);
            other.execute("select pg_terminate_backend(?)", process);
        }};
        const auto error = error_of([&] { db.execute("select pg_sleep(60)"); });
        killer.join();
        EXPECT_EQ(error.sql_state(), "57P01");
        return error.code();
    }
};

TEST_F(lifecycle, what_was_left_open_is_rolled_back_for_the_next_holder)
{
    postgresql_database adapter{settings()};
    auto db = adapter.create();
    db.execute("create table t (a int)");
    for (const char* const last : {"select 1", "select 1 / 0"}) {
        db.execute("begin");
        db.execute("insert into t values (1)");
        try {
            db.execute(last);
        } catch (const database_error&) {
        }
        adapter.reset(db);
        EXPECT_FALSE(db.in_transaction());
        EXPECT_EQ(db.query_one<int>("select count(*) from t"), 0);
    }
}

TEST_F(lifecycle, everything_is_discarded_where_that_was_asked_for)
{
    auto wanted = settings();
    wanted.on_return = steward::adapters::postgresql_return::discard;
    postgresql_database adapter{wanted};
    auto db = adapter.create();
    db.execute("set work_mem = '1MB'");
    db.execute("create temporary table t (a int)");
    db.execute("begin");
    adapter.reset(db);
    EXPECT_NE(db.query_one<std::string>("show work_mem"), "1MB");
    EXPECT_EQ(db.query_one<std::string>("show timezone"), "UTC") << "what the settings say stays";
    EXPECT_EQ(error_of([&] { db.execute("select from t"); }).code(), database_errc::invalid_statement);
}

TEST_F(lifecycle, a_session_is_valid_until_the_server_ends_it)
{
    postgresql_database adapter{settings()};
    auto db = adapter.create();
    EXPECT_TRUE(adapter.validate(db));
    end_at_server(process_of(db));
    EXPECT_FALSE(adapter.validate(db));
    EXPECT_THROW(adapter.reset(db), database_error);
}

TEST_F(lifecycle, a_statement_for_a_connection_that_has_ended_is_not_sent)
{
    auto db = open();
    end_at_server(process_of(db));
    for (int i = 0; i != 2; ++i) {
        const auto error = error_of([&] { db.execute("select 1"); });
        EXPECT_EQ(error.code(), database_errc::connection_lost_undone);
        EXPECT_TRUE(error.retriable());
    }
    EXPECT_EQ(error_of([&] { static_cast<void>(db.transaction()); }).code(), database_errc::connection_lost_undone);
}

TEST_F(lifecycle, a_transaction_whose_connection_has_ended_is_undone)
{
    auto db = open();
    db.execute("create table t (a int)");
    auto transaction = db.transaction();
    db.execute("insert into t values (1)");
    end_at_server(process_of(db));
    EXPECT_EQ(error_of([&] { transaction.commit(); }).code(), database_errc::connection_lost_undone);
}

TEST_F(lifecycle, what_was_lost_with_its_connection_is_known_in_a_transaction_only)
{
    auto db = open(), second = open();
    EXPECT_EQ(lose_within(db), database_errc::connection_lost);
    auto transaction = second.transaction();
    EXPECT_EQ(lose_within(second), database_errc::connection_lost_undone);
}

TEST_F(lifecycle, a_server_that_falls_silent_holds_nobody)
{
    auto wanted = settings();
    wanted.statement_timeout = 100ms;
    auto db = open(wanted);
    const int process = process_of(db);
    db.execute("select 1"); // so that it is prepared
    stopped_process silent{process};
    EXPECT_EQ(error_of([&] { db.execute("select 1"); }).code(), database_errc::connection_lost);
    silent.go_on();
    EXPECT_EQ(error_of([&] { db.execute("select 1"); }).code(), database_errc::connection_lost_undone);
}

TEST_F(lifecycle, the_server_counts_a_session_no_more_when_it_is_destroyed)
{
    auto db = open();
    for (int i = 0; i != 20; ++i) {
        auto other = open_apart();
        const int process = process_of(*other);
        other.reset();
        EXPECT_EQ(db.query_one<int>("select count(*) from pg_stat_activity where pid = ?", process), 0);
    }
}

TEST_F(lifecycle, a_child_process_does_not_disturb_its_parents_connection)
{
    auto db = open_apart();
    auto rows = db->query<int>("select generate_series(1, 100000)");
    auto at = rows.begin();
    const pid_t child = ::fork();
    if (child == 0) {
        bool refused = false;
        try {
            for (; at != rows.end(); ++at) {}
        } catch (const database_error&) {
            refused = true;
        }
        try {
            db->execute("select 1");
            refused = false;
        } catch (const database_error&) {
        }
        rows = {};
        db.reset();
        ::_exit(refused ? 0 : 1);
    }
    int status = -1;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    int count = 1;
    while (++at != rows.end())
        ++count;
    EXPECT_EQ(count, 100'000);
    EXPECT_EQ(db->query_one<int>("select 1"), 1);
}

TEST_F(lifecycle, the_soci_session_is_one_call_away)
{
    auto db = open();
    auto rows = db.query<int>("select generate_series(1, 3)");
    auto at = rows.begin();
    EXPECT_TRUE(db.soci().is_connected()); // asks the server
    EXPECT_EQ(*++at, 2);
}

TEST_F(lifecycle, what_was_begun_through_soci_does_not_reach_the_next_holder)
{
    postgresql_database adapter{settings()};
    auto db = adapter.create();
    db.execute("create table t (a int)");
    db.soci().begin();
    db.execute("insert into t values (1)");
    adapter.reset(db);
    EXPECT_EQ(db.query_one<int>("select count(*) from t"), 0);
}

TEST_F(lifecycle, a_session_that_was_closed_through_soci_says_so)
{
    postgresql_database adapter{settings()};
    auto db = adapter.create();
    auto rows = db.query<int>("select generate_series(1, 100000)");
    db.soci().close();
    EXPECT_EQ(error_of([&] { db.execute("select 1"); }).code(), database_errc::connection_lost);
    EXPECT_EQ(error_of([&] { static_cast<void>(rows.begin()); }).code(), database_errc::connection_lost);
    EXPECT_FALSE(adapter.validate(db));
}

} // namespace
