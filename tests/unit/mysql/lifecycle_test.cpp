// SPDX-License-Identifier: BSL-1.0
#include "mysql_fixture.hpp"

#include "support/in_child.hpp"
#include "support/stopped_process.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <optional>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

namespace steward::test {
namespace {

class mysql_lifecycle : public mysql_session {
protected:
    /// The server's number of the session's connection.
    static std::uint64_t number(session& of) { return of.query_one<std::uint64_t>("select connection_id()"); }
    /// Ends another session's connection, and waits until it is gone.
    void kill(std::uint64_t connection)
    {
        session killer{adapter->create()};
        killer.execute("kill " + std::to_string(connection));
        while (killer.query_one<int>("select count(*) from information_schema.processlist where id = ?", connection)
               != 0)
            std::this_thread::yield();
    }
    static int connections(session& on)
    {
        return on.query_one<int>("select count(*) from information_schema.processlist where user = 'steward'");
    }
};

TEST_F(mysql_lifecycle, a_transaction_that_was_left_open_is_rolled_back)
{
    db->execute("create or replace table left_open (n int)");
    db->execute("begin");
    db->execute("insert into left_open values (1)");
    adapter->reset(*db);
    EXPECT_FALSE(db->in_transaction());
    EXPECT_EQ(db->query_one<int>("select count(*) from left_open"), 0);
    db->execute("set autocommit = 0");
    db->execute("insert into left_open values (1)");
    adapter->reset(*db);
    db->execute("insert into left_open values (2)");
    EXPECT_FALSE(db->in_transaction());
    EXPECT_EQ(db->query_one<int>("select sum(n) from left_open"), 2);
    db->execute("drop table left_open");
}

TEST_F(mysql_lifecycle, a_result_that_was_left_open_is_gone_and_expired)
{
    auto rows = db->query<int>("select seq from seq_1_to_1000");
    auto at = rows.begin();
    adapter->reset(*db);
    EXPECT_EQ(error_of([&] { ++at; }).code(), database_errc::expired);
    EXPECT_EQ(db->query_one<int>("select 1"), 1);
}

TEST_F(mysql_lifecycle, a_result_may_be_dropped_half_way_in_a_transaction)
{
    const auto transaction = db->transaction();
    {
        auto rows = db->query<std::tuple<int, std::string>>("select seq, repeat('x', 5000) from seq_1_to_1000");
        EXPECT_EQ(std::get<0>(*rows.begin()), 1);
    }
    EXPECT_EQ(db->query_one<int>("select 1"), 1);
    EXPECT_TRUE(db->in_transaction());
}

TEST_F(mysql_lifecycle, several_results_are_read_alternately)
{
    auto first = db->query<int>("select seq from seq_1_to_1000");
    auto second = db->query<int>("select seq from seq_1001_to_2000");
    auto a = first.begin(), b = second.begin();
    int sum = 0;
    for (; a != first.end() && b != second.end(); ++a, ++b)
        sum += *b - *a;
    EXPECT_EQ(sum, 1'000'000);
    EXPECT_TRUE(a == first.end() && b == second.end());
}

TEST_F(mysql_lifecycle, a_prepared_statement_that_is_closed_leaves_an_open_result_alone)
{
    std::optional<adapters::rows<int>> other = db->query<int>("select seq + 1 from seq_1_to_10");
    auto again = db->query<int>("select seq + 1 from seq_1_to_10"); // a second statement of that text: it is not kept
    auto rows = db->query<int>("select seq from seq_1_to_1000");
    int sum = 0;
    for (const int n : rows) {
        other.reset();
        again = {};
        sum += n;
    }
    EXPECT_EQ(sum, 500'500);
}

TEST_F(mysql_lifecycle, procedures_return_their_first_result)
{
    db->execute("create or replace procedure three() begin select 1 union select 2; select 'x'; select 3; end");
    std::vector<int> got;
    for (const int n : db->query<int>("call three()"))
        got.push_back(n);
    EXPECT_EQ(got, (std::vector<int>{1, 2}));
    EXPECT_EQ(db->query_one<int>("select 4"), 4);
    db->execute("call three()");
    {
        auto rows = db->query<int>("call three()");
        EXPECT_EQ(*rows.begin(), 1);
        EXPECT_EQ(db->query_one<int>("select 5"), 5);
    }
    db->execute("create or replace procedure failing() begin select 1; select * from nothing; end");
    EXPECT_EQ(error_of([&] { db->execute("call failing()"); }).code(), database_errc::invalid_statement);
    EXPECT_EQ(db->query_one<int>("select 6"), 6);
    db->execute("drop procedure three");
    db->execute("drop procedure failing");
}

TEST_F(mysql_lifecycle, a_connection_that_was_closed_meanwhile_has_done_nothing_and_is_not_used_again)
{
    kill(number(*db));
    const database_error error = error_of([&] { db->execute("select 1"); });
    EXPECT_EQ(error.code(), database_errc::connection_lost_undone);
    EXPECT_TRUE(error.retriable());
    EXPECT_EQ(error_of([&] { db->execute("select 1"); }).code(), database_errc::connection_lost_undone);
    EXPECT_FALSE(adapter->validate(*db));
    EXPECT_THROW(adapter->reset(*db), database_error);
}

TEST_F(mysql_lifecycle, a_transaction_whose_connection_is_lost_is_undone)
{
    auto transaction = db->transaction();
    kill(number(*db));
    EXPECT_EQ(error_of([&] { transaction.commit(); }).code(), database_errc::connection_lost_undone);
}

TEST_F(mysql_lifecycle, a_statement_whose_connection_is_lost_while_it_runs_may_have_taken_effect)
{
    const auto lost = [&] {
        const std::uint64_t id = number(*db);
        std::jthread killer{[this, id] {
            session other{adapter->create()};
            while (other.query_one<int>(
                       "select count(*) from information_schema.processlist where id = ? and command <> 'Sleep'", id)
                   == 0)
                std::this_thread::yield();
            other.execute("kill " + std::to_string(id));
        }};
        return error_of([&] { db->execute("select sleep(20)"); }).code();
    };
    EXPECT_EQ(lost(), database_errc::connection_lost);
    db.reset(new session(adapter->create()));
    db->execute("begin");
    EXPECT_EQ(lost(), database_errc::connection_lost_undone);
}

TEST_F(mysql_lifecycle, a_server_that_was_started_again_is_connected_anew)
{
    mariadb_server server;
    mysql_database its_adapter{settings_for(server)};
    session its{its_adapter.create()};
    server.stop_hard();
    EXPECT_EQ(error_of([&] { its.execute("select 1"); }).code(), database_errc::connection_lost_undone);
    server.start_again();
    session anew{its_adapter.create()};
    EXPECT_EQ(anew.query_one<int>("select 1"), 1);
}

TEST_F(mysql_lifecycle, a_server_that_falls_silent_hangs_nobody)
{
    mariadb_server server;
    mysql_settings impatient = settings_for(server);
    impatient.connect_timeout = std::chrono::seconds{1};
    impatient.statement_timeout = std::chrono::milliseconds{100};
    mysql_database its_adapter{impatient};
    session validated{its_adapter.create()}, returned{its_adapter.create()}, busy{its_adapter.create()};
    returned.execute("begin");
    pid_t process = 0;
    std::ifstream{busy.query_one<std::string>("select @@pid_file")} >> process;
    ASSERT_GT(process, 0);
    const stopped_process silent{process};
    EXPECT_FALSE(its_adapter.validate(validated));
    EXPECT_EQ(error_of([&] { its_adapter.reset(returned); }).code(), database_errc::connection_lost_undone);
    EXPECT_EQ(error_of([&] { busy.execute("select 1"); }).code(),
              database_errc::connection_lost_undone); // not prepared
    EXPECT_EQ(error_of([&] { static_cast<void>(its_adapter.create()); }).code(), database_errc::cannot_connect);
}

TEST_F(mysql_lifecycle, a_closed_session_is_gone_at_the_server_before_the_next_one_comes)
{
    const int before = connections(*db);
    for (int i = 0; i != 20; ++i) {
        {
            session other{adapter->create()};
            EXPECT_EQ(connections(other), before + 1);
        }
    }
}

TEST_F(mysql_lifecycle, the_soci_session_takes_part)
{
    auto rows = db->query<int>("select seq from seq_1_to_100");
    auto at = rows.begin();
    EXPECT_TRUE(db->soci().is_connected()); // which asks the server, and so needs the wire
    db->soci().begin();
    EXPECT_TRUE(db->in_transaction());
    int sum = 0;
    for (; at != rows.end(); ++at)
        sum += *at;
    EXPECT_EQ(sum, 5050);
    db->soci().close();
    EXPECT_EQ(error_of([&] { db->execute("select 1"); }).code(), database_errc::connection_lost);
    EXPECT_FALSE(adapter->validate(*db));
}

TEST_F(mysql_lifecycle, a_soci_session_that_was_opened_anew_is_not_the_same)
{
    db->soci().reconnect();
    EXPECT_FALSE(adapter->validate(*db));
    EXPECT_THROW(adapter->reset(*db), database_error);
}

TEST_F(mysql_lifecycle, a_child_process_says_nothing_on_its_parents_connection)
{
    auto rows = db->query<int>("select seq from seq_1_to_1000");
    auto at = rows.begin();
    EXPECT_TRUE(in_child([&] {
        EXPECT_EQ(error_of([&] { ++at; }).code(), database_errc::connection_lost);
        EXPECT_EQ(error_of([&] { db->execute("select 1"); }).code(), database_errc::connection_lost);
        rows = {};
        db.reset();
    }));
    int sum = 0;
    for (; at != rows.end(); ++at)
        sum += *at;
    EXPECT_EQ(sum, 500'500);
    EXPECT_EQ(db->query_one<int>("select 1"), 1);
}

TEST_F(mysql_lifecycle, a_range_that_gives_its_session_back_ends_the_insert)
{
    db->execute("create or replace table given_back (n int)");
    struct range {
        std::unique_ptr<session>& given_back;
        struct iterator {
            using value_type = int;
            using difference_type = std::ptrdiff_t;
            std::unique_ptr<session>* given_back;
            int at = 0;
            int operator*() const { return at; }
            iterator& operator++()
            {
                if (++at == 2)
                    given_back->reset();
                return *this;
            }
            void operator++(int) { ++*this; }
            bool operator==(std::default_sentinel_t) const { return at == 10; }
        };
        [[nodiscard]] iterator begin() const { return {&given_back}; }
        [[nodiscard]] std::default_sentinel_t end() const { return {}; }
    };
    EXPECT_EQ(error_of([&] { db->insert("given_back", range{db}); }).code(), database_errc::expired);
    session after{adapter->create()};
    EXPECT_EQ(after.query_one<int>("select count(*) from given_back"), 0);
    after.execute("drop table given_back");
}

class mysql_that_discards : public mysql_lifecycle {
protected:
    [[nodiscard]] mysql_settings settings() const override
    {
        mysql_settings result = mysql_lifecycle::settings();
        result.on_return = adapters::mysql_return::discard;
        return result;
    }
};

TEST_F(mysql_that_discards, forgets_all_but_its_own_settings)
{
    db->execute("create temporary table gone (n int)");
    db->execute("set @variable = 1, time_zone = '+02:00', names latin1");
    auto open = db->query<int>("select seq from seq_1_to_1000");
    EXPECT_EQ(*open.begin(), 1);
    db->execute("begin");
    adapter->reset(*db);
    EXPECT_FALSE(db->in_transaction());
    EXPECT_EQ(error_of([&] { db->execute("select * from gone"); }).code(), database_errc::invalid_statement);
    using row = std::tuple<std::optional<int>, std::string, std::string>;
    EXPECT_EQ(db->query_one<row>("select @variable, @@time_zone, 'Ж'"), (row{std::nullopt, "+00:00", "Ж"}));
}

} // namespace
} // namespace steward::test
