// SPDX-License-Identifier: BSL-1.0
#include "flat_file_fixture.hpp"
#include "support/in_child.hpp"

#include <soci/soci.h>

#include <filesystem>
#include <string>
#include <vector>

#include <sys/stat.h>

using namespace steward::test;
using steward::configuration_check;
using steward::configuration_problem;

namespace {

class flat_file_folder : public in_folder {};

TEST_F(flat_file_folder, is_for_one_adapter_at_a_time)
{
    flat_database first{settings()};
    auto db = first.create();
    const database_error error = refusal();
    EXPECT_EQ(error.code(), database_errc::busy);
    EXPECT_TRUE(contains(error.what(), directory.path().string())) << error.what();
    EXPECT_TRUE(contains(error.what(), "close that first")) << error.what();
    EXPECT_TRUE(in_child([&] { EXPECT_EQ(refusal().code(), database_errc::busy); }));
    flat_database reader{for_reading()};
    EXPECT_EQ(error_of([&] { static_cast<void>(reader.create()); }).code(), database_errc::busy);
}

TEST_F(flat_file_folder, is_free_again_when_its_adapter_has_ended)
{
    {
        static_cast<void>(flat_database{settings()}.create());
    }
    EXPECT_NO_THROW(static_cast<void>(flat_database{settings()}.create()));
}

TEST_F(flat_file_folder, is_for_any_number_of_readers)
{
    write("t.csv", "a\n1\n");
    flat_database one{for_reading()}, other{for_reading()};
    auto first = one.create(), second = other.create();
    EXPECT_EQ(first.query_one<int>("select a from t"), second.query_one<int>("select a from t"));
    EXPECT_EQ(refusal().code(), database_errc::busy);
}

TEST_F(flat_file_folder, is_never_written_by_a_reader)
{
    write("t.csv", "a\n1\n");
    flat_database adapter{for_reading()};
    auto db = adapter.create();
    for (const char* const statement :
         {"insert into t values (1)", "delete from t", "update t set a = 2", "drop table t", "create table other (a)",
          "create index i on t (a)", "alter table t rename to u", "pragma user_version = 3"}) {
        const database_error error = error_of([&] { db.execute(statement); });
        EXPECT_EQ(error.code(), database_errc::read_only) << error.what();
    }
    db.execute("create temp table mine as select * from t");
    db.execute("insert into mine values (2)");
    auto transaction = db.transaction();
    EXPECT_EQ(db.query_one<int>("select sum(a) from mine"), 3);
    transaction.commit();
    EXPECT_EQ(names(), std::vector<std::string>{"t.csv"});
    EXPECT_EQ(read("t.csv"), "a\n1\n");
}

TEST_F(flat_file_folder, is_refused_with_two_files_of_one_table)
{
    write("t.csv", "a\n1\n");
    write("T.jsonl", "{\"a\": 1}\n");
    EXPECT_TRUE(contains(refusal().what(), "T.jsonl and t.csv are one table; rename or remove one of them"));
}

TEST_F(flat_file_folder, is_refused_without_a_file_that_the_schema_has)
{
    write("schema.sql", "create table t (a);");
    EXPECT_EQ(refusal().code(), database_errc::corrupt);
    EXPECT_TRUE(contains(refusal().what(), "schema.sql has the table 't', expected a file t.csv or t.jsonl"));
}

TEST_F(flat_file_folder, is_refused_with_a_file_that_has_the_name_of_a_view)
{
    write("t.csv", "a\n1\n");
    write("V.csv", "a\n");
    write("schema.sql", "create table t (a); create view v as select a from t;");
    EXPECT_TRUE(contains(refusal().what(), "schema.sql has a view 'v', but there is a file of that name"));
    EXPECT_EQ(read("V.csv"), "a\n");
}

TEST_F(flat_file_folder, is_refused_with_a_schema_that_does_more_than_describe)
{
    write("t.csv", "a\n1\n");
    for (const char* const bad :
         {"attach 'x.db' as x", "create table", "pragma journal_mode = off", "begin",
          "create virtual table v using fts5(a)", "create temp table t (a)", "vacuum into 'x.db'"}) {
        write("schema.sql", bad);
        const database_error error = refusal();
        EXPECT_EQ(error.code(), database_errc::corrupt) << bad;
        EXPECT_TRUE(contains(error.what(), "schema.sql: ")) << error.what();
    }
    write("schema.sql", "create table t (a); delete from t;");
    EXPECT_EQ(refusal().code(), database_errc::corrupt);
}

TEST_F(flat_file_folder, is_refused_with_links_and_what_is_no_file)
{
    write("real.txt", "a\n1\n");
    std::filesystem::create_symlink("real.txt", directory.path() / "t.csv");
    EXPECT_TRUE(contains(refusal().what(), "t.csv is a symbolic link, expected a regular file"));
    std::filesystem::remove(directory.path() / "t.csv");
    std::filesystem::create_hard_link(directory.path() / "real.txt", directory.path() / "t.csv");
    EXPECT_TRUE(contains(refusal().what(), "t.csv has several names (hard links)"));
    EXPECT_NO_THROW(static_cast<void>(flat_database{for_reading()}.create()));
    std::filesystem::remove(directory.path() / "t.csv");
    std::filesystem::create_directory(directory.path() / "t.csv");
    EXPECT_TRUE(contains(refusal().what(), "t.csv is no regular file"));
    std::filesystem::remove(directory.path() / "t.csv");
    ASSERT_EQ(::mkfifo(directory.file("t.csv").c_str(), 0600), 0);
    EXPECT_TRUE(contains(refusal().what(), "t.csv is no regular file"));
}

TEST_F(flat_file_folder, may_have_other_files_in_it)
{
    write("README.md", "hello");
    write("t.csv.bak", "x");
    write(".hidden.csv", "\xff");
    std::filesystem::create_directory(directory.path() / "sub");
    flat_database adapter{settings()};
    adapter.create().execute("create table t (a)");
    EXPECT_EQ(names(),
              (std::vector<std::string>{".hidden.csv", "README.md", "schema.sql", "sub", "t.csv", "t.csv.bak"}));
}

TEST_F(flat_file_folder, that_is_moved_is_still_the_one_that_is_written)
{
    std::filesystem::create_directory(directory.file("old"));
    auto wanted = settings();
    wanted.directory = directory.file("old");
    flat_database adapter{wanted};
    auto db = adapter.create();
    std::filesystem::rename(directory.file("old"), directory.file("new"));
    std::filesystem::create_directory(directory.file("old"));
    db.execute("create table t (a)");
    EXPECT_EQ(read("new/t.csv"), "a\n");
    EXPECT_EQ(read("old/t.csv"), "(no file)");
}

TEST_F(flat_file_folder, keeps_a_schema_that_was_written_by_hand_until_it_changes)
{
    const std::string by_hand = "-- people\ncreate table t (a text);\n\n";
    write("schema.sql", by_hand);
    write("t.csv", "a\n1\n");
    flat_database adapter{settings()};
    auto db = adapter.create();
    db.execute("insert into t values ('x')");
    EXPECT_EQ(read("schema.sql"), by_hand);
    db.execute("create index i on t (a)");
    EXPECT_EQ(read("schema.sql"), "CREATE TABLE t (a text);\nCREATE INDEX i on t (a);\n");
}

TEST_F(flat_file_folder, of_plain_files_stays_one)
{
    write("t.csv", "a,b\n1,2\n");
    write("j.jsonl", "{\"a\": 1}\n");
    {
        flat_database adapter{settings()};
        auto db = adapter.create();
        db.execute("insert into t values (3, 4)");
        EXPECT_EQ(names(), (std::vector<std::string>{"j.jsonl", "t.csv"}));
        db.execute("delete from j"); // without a row it would have no column
    }
    EXPECT_EQ(read("schema.sql"), "CREATE TABLE \"j\"(\"a\");\n");
    EXPECT_EQ(flat_database{settings()}.create().query_one<int>("select count(*) from j"), 0);
}

class flat_file_session : public in_folder {
protected:
    flat_database adapter{settings()};
    steward::adapters::session db{adapter.create()};

    void expect_refused(const char* statement, database_errc code, std::string_view reason)
    {
        const database_error error = error_of([&] { db.execute(statement); });
        EXPECT_EQ(error.code(), code) << error.what();
        EXPECT_TRUE(contains(error.what(), reason)) << error.what();
    }
};

TEST_F(flat_file_session, refuses_what_cannot_be_kept_in_files)
{
    expect_refused("create table \"a/b\" (a)", database_errc::wrong_arguments, "it has a slash");
    expect_refused("create table \".a\" (a)", database_errc::wrong_arguments, "it begins with a dot");
    expect_refused("create table \"\" (a)", database_errc::wrong_arguments, "it is empty");
    expect_refused("create table \"a\nb\" (a)", database_errc::wrong_arguments, "it has a control character");
    expect_refused(("create table \"" + std::string(241, 'x') + "\" (a)").c_str(), database_errc::wrong_arguments,
                   "more than 240 bytes");
    expect_refused("attach 'other.sqlite' as other", database_errc::invalid_statement, "cannot be attached");
    expect_refused("create virtual table v using fts5(a)", database_errc::invalid_statement, "virtual tables");
    expect_refused("pragma journal_mode = off", database_errc::invalid_statement, "this pragma cannot be changed");
    expect_refused("PRAGMA main.Writable_Schema(1)", database_errc::invalid_statement, "this pragma cannot be changed");
    EXPECT_ANY_THROW(db.execute("vacuum"));
    EXPECT_ANY_THROW(db.execute("vacuum into 'x.db'"));
    db.execute("create table t (a)");
    expect_refused("alter table t rename to \"a/b\"", database_errc::wrong_arguments, "it has a slash");
    EXPECT_EQ(db.query_one<int>("select count(*) from t"), 0);
    EXPECT_EQ(names(), (std::vector<std::string>{"schema.sql", "t.csv"}));
    EXPECT_EQ(db.query_one<std::string>("pragma journal_mode"), "memory");
}

TEST_F(flat_file_session, writes_through_soci_only_inside_a_transaction_of_its_own)
{
    db.execute("create table t (a)");
    EXPECT_ANY_THROW(db.soci() << "insert into t values (1)");
    EXPECT_EQ(db.query_one<int>("select count(*) from t"), 0);
    auto transaction = db.transaction();
    db.soci() << "insert into t values (2)";
    transaction.commit();
    EXPECT_EQ(read("t.csv"), "a\n2\n");
    EXPECT_ANY_THROW(db.soci() << "attach ':memory:' as other");
    EXPECT_EQ(error_of([&] { db.execute("select * from nowhere"); }).code(), database_errc::invalid_statement)
        << "the reason is its own, not that of the refusal before";
    EXPECT_TRUE(contains(error_of([&] { db.execute("select * from nowhere"); }).what(), "no such table"));
}

TEST_F(flat_file_session, that_goes_back_is_rolled_back_and_has_no_temporary_tables)
{
    db.execute("create table t (a)");
    db.execute("create temp table mine (a)");
    db.execute("create temp trigger r after insert on t begin insert into mine values (1); end");
    db.execute("pragma foreign_keys = 0");
    db.execute("begin");
    db.execute("insert into t values (1)");
    adapter.reset(db);
    EXPECT_FALSE(db.in_transaction());
    EXPECT_EQ(db.query_one<int>("select count(*) from t"), 0);
    EXPECT_EQ(db.query_one<int>("select count(*) from temp.sqlite_master"), 0);
    EXPECT_EQ(db.query_one<int>("pragma foreign_keys"), 1);
    EXPECT_TRUE(adapter.validate(db));
    db.execute("insert into t values (3)");
    EXPECT_EQ(read("t.csv"), "a\n3\n");
}

TEST_F(flat_file_session, sees_what_another_one_has_done_to_the_schema)
{
    auto other = adapter.create();
    db.execute("create table t (a)");
    other.execute("insert into t values (1)");
    db.execute("alter table t add column b default 2");
    other.execute("insert into t (a) values (1)");
    other.execute("insert into t (a) values (1)");
    EXPECT_EQ(read("t.csv"), "a,b\n1,2\n1,2\n1,2\n");
}

TEST_F(flat_file_session, explains_without_doing)
{
    db.execute("create table t (a)");
    db.execute("explain insert into t values (1)");
    db.execute("explain query plan delete from t");
    db.execute("explain begin");
    db.execute("explain commit");
    EXPECT_FALSE(db.in_transaction());
    EXPECT_EQ(read("t.csv"), "a\n");
}

TEST_F(flat_file_session, may_analyze)
{
    db.execute("create table t (a)");
    db.execute("create index i on t (a)");
    db.execute("insert into t values (1), (2)");
    EXPECT_NO_THROW(db.execute("analyze"));
    EXPECT_EQ(names(), (std::vector<std::string>{"schema.sql", "t.csv"}));
}

class flat_file_configuration : public in_folder {
protected:
    static void expect_problem(const steward::adapters::flat_file_settings& settings, std::string_view field,
                               std::string_view message)
    {
        std::vector<configuration_problem> problems;
        configuration_check check{"database", problems};
        flat_database::check(settings, check);
        ASSERT_EQ(problems.size(), 1U);
        EXPECT_EQ(problems[0].field, field);
        EXPECT_EQ(problems[0].message, message);
    }
};

TEST_F(flat_file_configuration, names_what_is_wrong)
{
    expect_problem({}, "directory", "expected the name of a folder, got an empty text");
    expect_problem({.directory = directory.file("nowhere")}, "directory",
                   "expected an existing folder, got '" + directory.file("nowhere") + "'");
    write("file", "");
    expect_problem({.directory = directory.file("file")}, "directory",
                   "expected an existing folder, got '" + directory.file("file") + "'");
    auto wanted = settings();
    wanted.busy_timeout = std::chrono::milliseconds{-1};
    expect_problem(wanted, "busy_timeout", "expected 0 to 2147483647 ms, got -1 ms");
    std::vector<configuration_problem> problems;
    configuration_check check{"database", problems};
    flat_database::check(settings(), check);
    EXPECT_TRUE(problems.empty());
}

TEST_F(flat_file_configuration, that_cannot_be_opened_names_the_folder)
{
    flat_database adapter{{.directory = directory.file("nowhere")}};
    const database_error error = error_of([&] { static_cast<void>(adapter.create()); });
    EXPECT_EQ(error.code(), database_errc::cannot_connect);
    EXPECT_TRUE(contains(error.what(), directory.file("nowhere"))) << error.what();
}

} // namespace
