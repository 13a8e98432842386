// SPDX-License-Identifier: BSL-1.0
#include "sqlite_fixture.hpp"

#include <steward/steward.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

using namespace steward::test;
using namespace std::chrono_literals;

namespace {

TEST_F(in_memory, a_fresh_session_is_valid) { EXPECT_TRUE(adapter.validate(db)); }

TEST_F(in_memory, reset_rolls_back_what_its_holder_has_begun)
{
    db.execute("create table t (a)");
    db.execute("begin");
    db.execute("insert into t values (1)");
    adapter.reset(db);
    EXPECT_FALSE(db.in_transaction());
    EXPECT_EQ(db.query_one<int>("select count(*) from t"), 0);
}

using pooled_database = steward::resource<"database", sqlite_database, steward::pooling::bounded<0, 1>>;

TEST_F(on_file, a_session_that_comes_back_in_a_transaction_is_clean_for_its_next_holder)
{
    steward::manager<pooled_database> manager{pooled_database::with({.connection = file})};
    const void* session = nullptr;
    {
        auto lease = manager.acquire<"database">();
        session = lease.get();
        lease->execute("create table t (a)");
        lease->execute("begin");
        lease->execute("insert into t values (1)");
    }
    auto next = manager.acquire<"database">();
    EXPECT_EQ(next.get(), session) << "it is the same session";
    EXPECT_FALSE(next->in_transaction());
    EXPECT_EQ(next->query_one<int>("select count(*) from t"), 0);
}

TEST_F(on_file, a_session_that_comes_back_by_an_exception_is_clean_for_its_next_holder)
{
    steward::manager<pooled_database> manager{pooled_database::with({.connection = file})};
    manager.acquire<"database">()->execute("create table t (a)");
    try {
        auto owner = manager.owner("load", 1);
        auto& db = owner.acquire<"database">();
        auto transaction = db.transaction();
        db.execute("insert into t values (1)");
        db.execute("insert into nowhere values (1)");
        transaction.commit();
        FAIL();
    } catch (const database_error&) {
        EXPECT_EQ(manager.status<"database">().active, 0U);
    }
    EXPECT_EQ(manager.acquire<"database">()->query_one<int>("select count(*) from t"), 0);
    EXPECT_EQ(manager.status<"database">().size, 1U);
}

TEST_F(in_memory, reset_keeps_what_was_committed)
{
    db.execute("create table t (a)");
    db.execute("insert into t values (1)");
    adapter.reset(db);
    EXPECT_EQ(db.query_one<int>("select count(*) from t"), 1);
}

TEST_F(in_memory, reset_drops_temporary_objects)
{
    db.execute("create table kept (a)");
    db.execute("create temp table parent (id integer primary key autoincrement)");
    db.execute("create temp table \"odd \"\"name\" (id references parent)");
    db.execute("insert into parent values (1)");
    db.execute("insert into \"odd \"\"name\" values (1)");
    db.execute("create temp view v as select * from kept");
    db.execute("create temp trigger g after insert on kept begin delete from kept; end");
    adapter.reset(db);
    EXPECT_EQ(db.query_one<int>("select count(*) from temp.sqlite_master where name not like 'sqlite%'"), 0);
    db.execute("insert into kept values (1)");
    EXPECT_EQ(db.query_one<int>("select count(*) from kept"), 1) << "the trigger is gone, the table is not";
}

TEST_F(on_file, reset_detaches_databases)
{
    auto db = adapter.create();
    db.execute("attach ? as other", directory.file("other.sqlite"));
    db.execute("attach ':memory:' as \"third one\"");
    adapter.reset(db);
    EXPECT_EQ(db.query_one<int>("select count(*) from pragma_database_list where seq > 1"), 0);
}

TEST_F(in_memory, reset_puts_the_settings_back)
{
    db.execute("pragma foreign_keys = 0");
    db.execute("pragma busy_timeout = 1");
    db.execute("/* careful */ PRAGMA query_only = 1");
    adapter.reset(db);
    EXPECT_EQ(db.query_one<int>("pragma foreign_keys"), 1);
    EXPECT_EQ(db.query_one<int>("pragma busy_timeout"), 5'000);
    EXPECT_EQ(db.query_one<int>("pragma query_only"), 0);
}

TEST_F(in_memory, reset_removes_a_log_stream)
{
    {
        std::ostringstream log;
        db.soci().set_log_stream(&log);
        db.execute("create table t (a)");
        EXPECT_EQ(log.str(), "create table t (a)\n");
        adapter.reset(db);
    }
    EXPECT_NO_THROW(db.execute("drop table t")) << "which would write to a stream that is gone";
    EXPECT_EQ(db.soci().get_log_stream(), nullptr);
}

TEST_F(on_file, settings_reach_the_connection)
{
    auto first = adapter.create();
    EXPECT_EQ(first.query_one<std::string>("pragma journal_mode"), "wal");
    EXPECT_EQ(first.query_one<int>("pragma synchronous"), 0);
    sqlite_database other{{.connection = file,
                           .busy_timeout = 123ms,
                           .foreign_keys = false,
                           .journal = steward::adapters::sqlite_journal::unchanged,
                           .synchronous = steward::adapters::sqlite_synchronous::normal}};
    auto second = other.create();
    EXPECT_EQ(second.query_one<std::string>("pragma journal_mode"), "wal");
    EXPECT_EQ(second.query_one<int>("pragma synchronous"), 1);
    EXPECT_EQ(second.query_one<int>("pragma foreign_keys"), 0);
    EXPECT_EQ(second.query_one<int>("pragma busy_timeout"), 123);
}

TEST_F(on_file, the_rollback_journal_can_be_had_back)
{
    static_cast<void>(adapter.create());
    sqlite_database classic{{.connection = file, .journal = steward::adapters::sqlite_journal::rollback}};
    EXPECT_EQ(classic.create().query_one<std::string>("pragma journal_mode"), "delete");
}

TEST_F(on_file, a_read_only_session_reads_and_does_not_write)
{
    adapter.create().execute("create table t (a)");
    sqlite_database reading{{.connection = file, .read_only = true}};
    auto db = reading.create();
    EXPECT_EQ(db.query_one<int>("select count(*) from t"), 0);
    EXPECT_EQ(error_of([&] { db.execute("insert into t values (1)"); }).code(), database_errc::read_only);
    auto transaction = db.transaction();
    EXPECT_EQ(db.query_one<int>("select count(*) from t"), 0);
    transaction.commit();
    EXPECT_TRUE(reading.validate(db));
}

TEST_F(on_file, a_file_that_was_replaced_makes_its_sessions_invalid)
{
    auto db = adapter.create();
    db.execute("create table t (a)");
    std::filesystem::remove(file);
    EXPECT_FALSE(adapter.validate(db));
}

TEST_F(on_file, an_error_about_another_file_condemns_nothing)
{
    auto db = adapter.create();
    std::ofstream{directory.file("text")} << std::string(5'000, 'x');
    EXPECT_THROW(db.execute("attach ? as other", directory.file("no/such/directory")), database_error);
    EXPECT_THROW(db.execute("attach ? as other", directory.file("text")), database_error);
    EXPECT_NO_THROW(adapter.reset(db));
    EXPECT_TRUE(adapter.validate(db));
}

TEST_F(on_file, a_damaged_file_is_never_lent_again)
{
    sqlite_database classic{{.connection = file, .journal = steward::adapters::sqlite_journal::rollback}};
    auto db = classic.create();
    db.execute("create table t (a)");
    std::ofstream{file, std::ios::binary | std::ios::in} << std::string(4'096, 'x');
    EXPECT_EQ(error_of([&] { db.execute("select * from t"); }).code(), database_errc::corrupt);
    EXPECT_FALSE(classic.validate(db));
    EXPECT_THROW(classic.reset(db), database_error);
    EXPECT_EQ(error_of([&] { auto other = classic.create(); }).code(), database_errc::corrupt);
}

TEST_F(on_file, names_may_hold_blanks_quotes_and_equals_signs)
{
    for (const char* name :
         {"with blanks in it", "a=b", "a = \u00e9 b", "it's \"quoted\"", " leading", "trailing =  "}) {
        const std::string odd = directory.file(name);
        sqlite_database{{.connection = odd}}.create().execute("create table t (a)");
        EXPECT_TRUE(std::filesystem::exists(odd)) << name;
        if (std::string{name}.find('"') == std::string::npos) {
            auto reading = sqlite_database{{.connection = odd, .read_only = true}}.create();
            EXPECT_EQ(reading.query_one<int>("select count(*) from t"), 0) << name;
        }
    }
}

TEST(sqlite_open, says_why_a_file_cannot_be_opened)
{
    sqlite_database adapter{{.connection = "/nowhere/at/all.sqlite"}};
    const auto error = error_of([&] { auto db = adapter.create(); });
    EXPECT_EQ(error.code(), database_errc::cannot_connect);
    EXPECT_TRUE(contains(error.what(), "cannot open '/nowhere/at/all.sqlite': unable to open database file"))
        << error.what();
}

TEST_F(on_file, a_child_process_leaves_its_parents_connection_alone)
{
    auto db = adapter.create();
    db.execute("create table t (a)");
    auto transaction = db.transaction();
    db.execute("insert into t values (1)");
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(adapter.validate(db) ? 1 : 0);
    int status = -1;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    transaction.commit();
    EXPECT_EQ(db.query_one<int>("select count(*) from t"), 1);
}

} // namespace
