// SPDX-License-Identifier: BSL-1.0
#include "sqlite_fixture.hpp"

#include <steward/steward.hpp>

#include <chrono>
#include <exception>
#include <filesystem>
#include <latch>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace steward::test;
using namespace std::chrono_literals;
using steward::configuration_check;
using steward::configuration_problem;

namespace {

using memory_database = steward::adapters::database<steward::adapters::memory>;
using pooled = steward::resource<"database", memory_database, steward::pooling::bounded<0, 8>,
                                 steward::health::on_borrow<>, steward::metrics::counters>;
using memory_manager = steward::manager<pooled>;

constexpr auto tables = "select count(*) from sqlite_master";

TEST(a_database_in_memory, is_the_same_for_all_sessions_of_a_manager)
{
    memory_manager resources;
    auto one = resources.acquire<"database">();
    auto other = resources.acquire<"database">();
    one->execute("create table t (a)");
    one->execute("insert into t values (1)");
    EXPECT_NE(one.get(), other.get());
    EXPECT_EQ(other->query_one<int>("select a from t"), 1);
}

TEST(a_database_in_memory, is_another_one_in_another_manager)
{
    memory_manager mine, others;
    mine.acquire<"database">()->execute("create table t (a)");
    EXPECT_EQ(others.acquire<"database">()->query_one<int>(tables), 0);
}

TEST(a_database_in_memory, is_another_one_for_another_resource_of_the_same_manager)
{
    using second = steward::resource<"second", memory_database>;
    steward::manager<pooled, second> resources;
    resources.acquire<"database">()->execute("create table t (a)");
    EXPECT_EQ(resources.acquire<"second">()->query_one<int>(tables), 0);
}

TEST(a_database_in_memory, is_still_there_when_the_pool_has_closed_all_its_sessions)
{
    memory_manager resources{pooled::with({}, {.idle_timeout = 10s}), steward::manual_housekeeping};
    const auto start = steward::clock::now();
    resources.acquire<"database">()->execute("create table t (a)");
    resources.maintain(start + 1h);
    ASSERT_EQ(resources.status<"database">().size, 0U);
    EXPECT_EQ(resources.acquire<"database">()->query_one<int>(tables), 1);
}

TEST(a_database_in_memory, is_still_there_when_all_its_sessions_were_refreshed)
{
    memory_manager resources;
    resources.acquire<"database">()->execute("create table t (a)");
    resources.refresh<"database">();
    EXPECT_EQ(resources.acquire<"database">()->query_one<int>(tables), 1);
    EXPECT_EQ(resources.metrics<"database">().creations, 2U);
}

TEST(a_database_in_memory, is_gone_with_its_manager)
{
    std::make_unique<memory_manager>()->acquire<"database">()->execute("create table t (a)");
    EXPECT_EQ(std::make_unique<memory_manager>()->acquire<"database">()->query_one<int>(tables), 0);
}

TEST(a_database_in_memory, is_empty_when_the_resource_is_opened_again)
{
    memory_manager resources;
    resources.acquire<"database">()->execute("create table t (a)");
    resources.close<"database">();
    resources.reopen<"database">({});
    EXPECT_EQ(resources.acquire<"database">()->query_one<int>(tables), 0);
}

TEST(a_database_in_memory, leaves_no_file_behind)
{
    scratch_directory directory;
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(directory.path());
    {
        memory_manager resources;
        auto db = resources.acquire<"database">();
        auto transaction = db->transaction();
        db->execute("create table t (a)");
        transaction.commit();
        db->execute("attach 'other.sqlite' as other");
        db->execute("create table other.t (a)");
    }
    std::filesystem::current_path(before);
    EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
}

TEST(a_database_in_memory, loses_nothing_that_eight_threads_write)
{
    constexpr int threads = 8, rounds = 25;
    memory_manager resources{pooled::with({.busy_timeout = 10min})};
    resources.acquire<"database">()->execute("create table t (worker, n)");
    std::latch ready{threads};
    std::vector<std::string> errors(threads);
    {
        std::vector<std::jthread> all;
        for (int worker = 0; worker != threads; ++worker)
            all.emplace_back([&, worker] {
                ready.arrive_and_wait();
                try {
                    for (int n = 0; n != rounds; ++n) {
                        auto db = resources.acquire<"database">();
                        if (n % 2 == 0) { // by itself, or after a look
                            db->execute("insert into t values (?, ?)", worker, n);
                            continue;
                        }
                        auto transaction = db->transaction();
                        const int next = db->query_one<int>("select count(*) from t where worker = ?", worker);
                        db->execute("insert into t values (?, ?)", worker, next);
                        transaction.commit();
                    }
                } catch (const std::exception& error) {
                    errors[static_cast<std::size_t>(worker)] = error.what();
                }
            });
    }
    EXPECT_EQ(errors, std::vector<std::string>(threads));
    auto db = resources.acquire<"database">();
    EXPECT_EQ(db->query_one<int>("select count(distinct worker * 1000 + n) from t"), threads * rounds);
    EXPECT_EQ(db->query_one<int>("select count(*) from t"), threads * rounds);
}

TEST(a_database_in_memory, lets_a_writer_wait_for_another_one)
{
    memory_database adapter{{.busy_timeout = 10min}};
    auto first = adapter.create(), second = adapter.create();
    first.execute("create table t (a)");
    auto writing = first.transaction();
    first.execute("insert into t values (1)");
    std::latch begun{1};
    std::jthread other{[&] {
        begun.count_down();
        auto waiting = second.transaction();
        second.execute("insert into t select max(a) + 1 from t"); // sees what the first one wrote
        waiting.commit();
    }};
    begun.wait();
    writing.commit();
    other.join();
    EXPECT_EQ(first.query_one<int>("select max(a) from t"), 2);
}

TEST(a_database_in_memory, says_busy_when_the_time_for_waiting_is_over)
{
    memory_database adapter{{.busy_timeout = 0ms}};
    auto first = adapter.create();
    first.execute("create table t (a)");
    auto second = adapter.create();
    auto writing = first.transaction();
    first.execute("insert into t values (1)");
    const auto error = error_of([&] { second.execute("insert into t values (2)"); });
    EXPECT_EQ(error.code(), database_errc::busy) << error.what();
    EXPECT_TRUE(error.retriable());
    writing.commit();
    EXPECT_NO_THROW(second.execute("insert into t values (2)"));
}

TEST(a_database_in_memory, rolls_back_a_session_that_comes_back_in_a_transaction)
{
    memory_manager resources{pooled::with({}, {.max_size = 1})};
    resources.acquire<"database">()->execute("create table t (a)");
    {
        auto db = resources.acquire<"database">();
        db->execute("begin");
        db->execute("insert into t values (1)");
    }
    auto db = resources.acquire<"database">();
    EXPECT_FALSE(db->in_transaction());
    EXPECT_EQ(db->query_one<int>("select count(*) from t"), 0);
    EXPECT_EQ(resources.metrics<"database">().creations, 1U) << "it is the same session";
}

TEST(a_database_in_memory, takes_back_a_savepoint_and_a_transaction)
{
    memory_database adapter{{}};
    auto db = adapter.create();
    db.execute("create table t (a)");
    {
        auto outer = db.transaction();
        db.execute("insert into t values (1)");
        {
            auto inner = db.transaction();
            db.execute("insert into t values (2)");
        }
        EXPECT_EQ(db.query_one<int>("select count(*) from t"), 1);
    }
    EXPECT_EQ(db.query_one<int>("select count(*) from t"), 0);
}

TEST(a_database_in_memory, has_valid_sessions_that_are_lent_again)
{
    memory_manager resources;
    resources.acquire<"database">()->execute("create table t (a)");
    EXPECT_TRUE(resources.validate<"database">());
    static_cast<void>(resources.acquire<"database">()->query_one<int>(tables));
    EXPECT_EQ(resources.metrics<"database">().creations, 1U);
    EXPECT_EQ(resources.metrics<"database">().validation_failures, 0U);
    EXPECT_EQ(resources.health<"database">(), steward::resource_health::healthy);
}

TEST(a_database_in_memory, replaces_a_session_that_its_holder_closed_underneath)
{
    memory_manager resources;
    resources.acquire<"database">()->execute("create table t (a)");
    resources.acquire<"database">()->soci().close();
    EXPECT_EQ(resources.acquire<"database">()->query_one<int>(tables), 1);
    EXPECT_EQ(resources.metrics<"database">().creations, 2U);
}

TEST(a_database_in_memory, has_sessions_as_they_were_configured)
{
    memory_database as_it_comes{{}}, other{{.busy_timeout = 123ms, .foreign_keys = false}};
    auto first = as_it_comes.create(), second = other.create();
    EXPECT_EQ(first.query_one<int>("pragma busy_timeout"), 5'000);
    EXPECT_EQ(first.query_one<int>("pragma foreign_keys"), 1);
    EXPECT_EQ(second.query_one<int>("pragma busy_timeout"), 123);
    EXPECT_EQ(second.query_one<int>("pragma foreign_keys"), 0);
    second.execute("pragma foreign_keys = 1");
    other.reset(second);
    EXPECT_EQ(second.query_one<int>("pragma foreign_keys"), 0);
}

TEST(a_database_in_memory, names_a_time_out_that_cannot_be)
{
    std::vector<configuration_problem> problems;
    configuration_check check{"database", problems};
    memory_database::check({.busy_timeout = -1ms}, check);
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].field, "busy_timeout");
    EXPECT_EQ(problems[0].message, "expected 0 to 2147483647 ms, got -1 ms");
}

TEST(a_database_in_memory,
     is_busy_and_not_without_tables_while_another_session_has_locked_a_schema_that_one_has_not_seen)
{
    memory_database adapter{{.busy_timeout = std::chrono::milliseconds{0}}};
    auto one = adapter.create(), other = adapter.create();
    EXPECT_EQ(other.query_one<int>("select count(*) from sqlite_master"), 0);
    one.execute("create table t (a)");
    one.execute("begin immediate");
    one.execute("insert into t values (1)");
    try {
        (void)other.query_one<int>("select count(*) from t");
        ADD_FAILURE() << "expected an error";
    } catch (const steward::adapters::database_error& error) {
        EXPECT_EQ(error.code(), steward::adapters::database_errc::busy) << error.what();
    }
    one.execute("rollback");
    EXPECT_EQ(other.query_one<int>("select count(*) from t"), 0);
}

} // namespace
