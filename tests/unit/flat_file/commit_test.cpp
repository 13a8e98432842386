// SPDX-License-Identifier: BSL-1.0
#include "flat_file_fixture.hpp"
#include "support/in_child.hpp"

#include <steward/steward.hpp>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <latch>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include <sys/resource.h>
#include <sys/stat.h>

using namespace steward::test;
using namespace std::chrono_literals;

namespace {

class commit : public in_folder {
protected:
    flat_database adapter{settings()};
    steward::adapters::session db{adapter.create()};
};

TEST_F(commit, of_a_single_statement_is_in_the_file_at_once)
{
    db.execute("create table t (a, b)");
    EXPECT_EQ(db.execute("insert into t values (1, 'x'), (2, null)"), 2U);
    EXPECT_EQ(read("t.csv"), "a,b\n1,x\n2,\n");
    EXPECT_EQ(db.execute("delete from t"), 2U);
    EXPECT_EQ(read("t.csv"), "a,b\n");
}

TEST_F(commit, of_a_transaction_is_in_the_files_when_it_ends)
{
    db.execute("create table t (a)");
    auto transaction = db.transaction();
    db.execute("insert into t values (1)");
    {
        auto inner = db.transaction();
        db.execute("insert into t values (2)");
        inner.commit();
    }
    EXPECT_EQ(read("t.csv"), "a\n");
    transaction.commit();
    EXPECT_EQ(read("t.csv"), "a\n1\n2\n");
}

TEST_F(commit, of_what_was_rolled_back_is_never_in_a_file)
{
    db.execute("create table t (a)");
    {
        auto transaction = db.transaction();
        db.execute("insert into t values (1)");
        db.execute("create table other (a)");
    }
    db.execute("begin");
    db.execute("insert into t values (2)");
    db.execute("savepoint s");
    db.execute("insert into t values (3)");
    db.execute("rollback to s");
    db.execute("end");
    EXPECT_EQ(read("t.csv"), "a\n2\n");
    EXPECT_EQ(names(), (std::vector<std::string>{"schema.sql", "t.csv"}));
}

TEST_F(commit, comes_with_the_release_of_the_outermost_savepoint)
{
    db.execute("create table t (a)");
    db.execute("savepoint S");
    db.execute("insert into t values (1)");
    db.execute("savepoint s"); // of the same name
    db.execute("insert into t values (2)");
    db.execute("release s");
    EXPECT_EQ(read("t.csv"), "a\n");
    EXPECT_TRUE(db.in_transaction());
    db.execute("release \"s\"");
    EXPECT_FALSE(db.in_transaction());
    EXPECT_EQ(read("t.csv"), "a\n1\n2\n");
}

TEST_F(commit, does_not_come_with_the_release_of_a_savepoint_inside_a_transaction)
{
    db.execute("create table t (a)");
    db.execute("begin");
    db.execute("savepoint s");
    db.execute("insert into t values (1)");
    db.execute("release s");
    EXPECT_EQ(read("t.csv"), "a\n");
    db.execute("rollback");
    EXPECT_EQ(db.query_one<int>("select count(*) from t"), 0);
}

TEST_F(commit, of_many_rows_writes_the_file_once)
{
    db.execute("create table t (a)");
    struct stat before{}, after{};
    ASSERT_EQ(::stat(directory.file("t.csv").c_str(), &before), 0);
    db.insert("t", std::vector<int>(1'000, 7));
    ASSERT_EQ(::stat(directory.file("t.csv").c_str(), &after), 0);
    EXPECT_NE(before.st_ino, after.st_ino);
    EXPECT_EQ(after.st_size, 2 + 2'000);
}

TEST_F(commit, leaves_the_files_of_other_tables_alone)
{
    db.execute("create table t (a)");
    db.execute("create table other (a)");
    struct stat before{}, after{};
    ASSERT_EQ(::stat(directory.file("other.csv").c_str(), &before), 0);
    db.execute("insert into t values (1)");
    db.execute("update other set a = 1");
    ASSERT_EQ(::stat(directory.file("other.csv").c_str(), &after), 0);
    EXPECT_EQ(before.st_ino, after.st_ino);
}

TEST_F(commit, keeps_the_permissions_of_a_file)
{
    db.execute("create table t (a)");
    ASSERT_EQ(::chmod(directory.file("t.csv").c_str(), 0640), 0);
    db.execute("insert into t values (1)");
    struct stat status{};
    ASSERT_EQ(::stat(directory.file("t.csv").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0640U);
}

TEST_F(commit, leaves_open_results_of_its_session_alone)
{
    db.execute("create table t (a unique)");
    db.execute("insert into t values (1), (2), (3)");
    int seen = 0;
    for (const int a : db.query<int>("select a from t order by a")) {
        ++seen;
        EXPECT_EQ(error_of([&] { db.execute("insert into t values (?)", a); }).code(), database_errc::unique_violation);
        if (a == 1)
            db.execute("insert into t values (10)");
    }
    EXPECT_GE(seen, 3);
    EXPECT_EQ(read("t.csv"), "a\n1\n2\n3\n10\n");
}

TEST_F(commit, returns_the_rows_of_a_statement_that_writes_and_returns)
{
    using row = std::tuple<int, std::string>;
    db.execute("create table t (id integer primary key, a)");
    std::vector<row> rows;
    for (auto&& r : db.query<row>("insert into t (a) values ('x'), ('y') returning id, a")) {
        EXPECT_EQ(read("t.csv"), "id,a\n1,x\n2,y\n");
        rows.push_back(r);
    }
    EXPECT_EQ(rows, (std::vector<row>{{1, "x"}, {2, "y"}}));
    for (int i = 0; i != 2; ++i) // from the cache, too
        EXPECT_EQ(db.query_one<int>("update t set a = 'z' where id = 1 returning id"), 1);
    {
        static_cast<void>(db.query<int>("delete from t returning id").begin());
    } // dropped half-way
    EXPECT_EQ(read("t.csv"), "id,a\n");
}

TEST_F(commit, that_violates_a_deferred_constraint_is_refused_and_may_be_repaired)
{
    db.execute("create table p (id integer primary key)");
    db.execute("create table t (p references p deferrable initially deferred)");
    EXPECT_EQ(error_of([&] { db.execute("insert into t values (1)"); }).code(), database_errc::foreign_key_violation);
    EXPECT_FALSE(db.in_transaction());
    auto transaction = db.transaction();
    db.execute("insert into t values (1)");
    EXPECT_EQ(error_of([&] { transaction.commit(); }).code(), database_errc::foreign_key_violation);
    EXPECT_EQ(names(), (std::vector<std::string>{"p.csv", "schema.sql", "t.csv"})) << "nothing is left beside them";
    db.execute("insert into p values (1)");
    transaction.commit();
    EXPECT_EQ(read("t.csv"), "p\n1\n");
}

TEST_F(commit, that_waits_too_long_for_a_reader_may_be_tried_again)
{
    flat_database impatient{[&] {
        auto wanted = settings();
        static_cast<void>(std::filesystem::create_directory(directory.file("sub")));
        wanted.directory = directory.file("sub");
        wanted.busy_timeout = 0ms;
        return wanted;
    }()};
    auto writer = impatient.create(), reader = impatient.create();
    writer.execute("create table t (a)");
    writer.execute("insert into t values (1), (2)");
    auto rows = reader.query<int>("select a from t");
    auto at = rows.begin();
    EXPECT_EQ(error_of([&] { writer.execute("insert into t values (3)"); }).code(), database_errc::busy);
    auto transaction = writer.transaction();
    writer.execute("insert into t values (4)");
    EXPECT_EQ(error_of([&] { transaction.commit(); }).code(), database_errc::busy);
    EXPECT_EQ(read("sub/t.csv"), "a\n1\n2\n");
    while (at != rows.end())
        ++at;
    transaction.commit();
    EXPECT_EQ(read("sub/t.csv"), "a\n1\n2\n4\n");
}

TEST_F(commit, that_would_replace_a_file_that_somebody_else_has_changed_is_rolled_back)
{
    db.execute("create table t (a)");
    db.execute("create table other (a)");
    write("t.csv", "a\n5\n");
    const database_error alone = error_of([&] { db.execute("insert into t values (1)"); });
    EXPECT_EQ(alone.code(), database_errc::transaction_state);
    EXPECT_TRUE(contains(alone.what(), "t.csv was changed by somebody else since it was loaded")) << alone.what();
    EXPECT_FALSE(alone.retriable());
    auto transaction = db.transaction();
    db.execute("insert into other values (1)");
    db.execute("insert into t values (1)");
    EXPECT_EQ(error_of([&] { transaction.commit(); }).code(), database_errc::transaction_state);
    EXPECT_FALSE(db.in_transaction());
    EXPECT_EQ(read("t.csv"), "a\n5\n");
    EXPECT_EQ(read("other.csv"), "a\n");
    EXPECT_EQ(db.query_one<int>("select count(*) from other"), 0);
    EXPECT_EQ(names(), (std::vector<std::string>{"other.csv", "schema.sql", "t.csv"}));
}

TEST_F(commit, of_a_new_table_takes_no_file_that_somebody_else_has_put_there)
{
    write("t.csv", "a\n5\n");
    EXPECT_EQ(error_of([&] { db.execute("create table t (a)"); }).code(), database_errc::transaction_state);
    EXPECT_EQ(read("t.csv"), "a\n5\n");
}

TEST_F(commit, of_a_text_that_is_not_utf8_is_rolled_back)
{
    db.execute("create table t (a)");
    const database_error error = error_of([&] { db.execute("insert into t values (?)", std::string{"\xff"}); });
    EXPECT_EQ(error.code(), database_errc::wrong_arguments) << error.what();
    EXPECT_TRUE(contains(error.what(), "a text in the column 'a' of 't' is not UTF-8")) << error.what();
    EXPECT_EQ(db.query_one<int>("select count(*) from t"), 0);
    EXPECT_EQ(names(), (std::vector<std::string>{"schema.sql", "t.csv"}));
}

TEST_F(commit, that_finds_no_space_is_rolled_back_and_leaves_the_files_as_they_were)
{
    db.execute("create table t (a)");
    db.execute("create table other (a)");
    db.execute("insert into t values ('before')");
    const auto everything = [&] { return read("t.csv") + read("other.csv") + read("schema.sql"); };
    const std::string before = everything();
    EXPECT_TRUE(in_child([&] {
        // The adapter of this test belongs to the parent process, and its lock to both.
        std::filesystem::create_directory(directory.file("full"));
        for (const char* const file : {"t.csv", "other.csv", "schema.sql"})
            std::filesystem::copy_file(directory.file(file), directory.file(std::string{"full/"} + file));
        auto wanted = settings();
        wanted.directory = directory.file("full");
        flat_database limited{wanted};
        auto session = limited.create();
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{4'096, RLIM_INFINITY};
        ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);

        const database_error alone =
            error_of([&] { session.execute("insert into t values (?)", std::string(10'000, 'x')); });
        EXPECT_EQ(alone.code(), database_errc::out_of_space) << alone.what();
        auto transaction = session.transaction();
        session.execute("insert into other values ('small')");
        session.execute("insert into t values (?)", std::string(10'000, 'x'));
        EXPECT_EQ(error_of([&] { transaction.commit(); }).code(), database_errc::out_of_space);
        EXPECT_FALSE(session.in_transaction());
        EXPECT_EQ(session.query_one<int>("select count(*) from t, (select count(*) from other)"), 1);
        EXPECT_EQ(read("full/t.csv") + read("full/other.csv") + read("full/schema.sql"), before);
        session.execute("insert into other values ('small')");
        EXPECT_EQ(read("full/other.csv"), "a\nsmall\n");
    }));
    EXPECT_EQ(everything(), before);
}

TEST_F(commit, in_a_child_process_is_refused)
{
    db.execute("create table t (a)");
    EXPECT_TRUE(in_child([&] {
        const database_error error = error_of([&] { db.execute("insert into t values (1)"); });
        EXPECT_FALSE(contains(error.what(), "no error")) << error.what();
    }));
    EXPECT_EQ(read("t.csv"), "a\n");
    db.execute("insert into t values (2)");
    EXPECT_EQ(read("t.csv"), "a\n2\n");
}

TEST_F(commit, of_many_threads_loses_nothing)
{
    constexpr int threads = 8, rounds = 20;
    using pooled = steward::resource<"database", flat_database, steward::pooling::bounded<0, 4>>;
    std::filesystem::create_directory(directory.file("sub"));
    {
        auto wanted = settings();
        wanted.directory = directory.file("sub");
        wanted.busy_timeout = 10min;
        steward::manager<pooled> resources{pooled::with(wanted)};
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
                            auto session = resources.acquire<"database">();
                            if (n % 2 == 0) {
                                session->execute("insert into t values (?, ?)", worker, n);
                                continue;
                            }
                            auto transaction = session->transaction();
                            const int next = session->query_one<int>("select count(*) from t where worker = ?", worker);
                            session->execute("insert into t values (?, ?)", worker, next);
                            transaction.commit();
                        }
                    } catch (const std::exception& error) {
                        errors[static_cast<std::size_t>(worker)] = error.what();
                    }
                });
        }
        EXPECT_EQ(errors, std::vector<std::string>(threads));
    }
    auto wanted = for_reading();
    wanted.directory = directory.file("sub");
    flat_database again{wanted};
    auto session = again.create();
    EXPECT_EQ(session.query_one<int>("select count(distinct worker * 1000 + n) from t"), threads * rounds);
    EXPECT_EQ(session.query_one<int>("select count(*) from t"), threads * rounds);
}

} // namespace
